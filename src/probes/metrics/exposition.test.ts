import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Exposition, type ExpositionReading, readExposition } from './exposition.ts';
import type { Format } from './format.ts';

const read = (text: string, format: Format = 'prometheus'): Promise<ExpositionReading> =>
  readExposition(
    text,
    format,
    () => true,
    async () => {},
  );

const good = async (text: string, format: Format = 'prometheus'): Promise<Exposition> => {
  const reading = await read(text, format);
  if (!reading.ok) throw new Error(`line ${reading.line}: ${reading.problem}`);
  return reading.exposition;
};

const bad = async (text: string, format: Format): Promise<string> => {
  const reading = await read(text, format);
  return reading.ok ? 'valid' : `${reading.line}: ${reading.problem}`;
};

describe('Prometheus text', () => {
  test.each([
    ['a name and a value', 'up 1\n', [], 1],
    ['blanks wherever they are allowed', ' \tup { a = "b" , } \t 1 \t 1763730000000 \n', [['a', 'b']], 1],
    ['no blank behind the braces', 'up{a="b"}1\n', [['a', 'b']], 1],
    ['every escape of a label', 'up{a="\\\\ \\" \\n"} 1\n', [['a', '\\ " \n']], 1],
    ['names in quotes', '{"my.up", "l.x"="v"} 1\n', [['l.x', 'v']], 1],
    ['a name in quotes alone', '{"my.up"} 1\n', [], 1],
    ['a quoted label behind a plain name', 'up{"a.b"="}"} 1\n', [['a.b', '}']], 1],
    ['an exponent', 'up 1.5e+3\n', [], 1500],
    ['a value that begins with its point', 'up .5\n', [], 0.5],
    ['infinity', 'up -Inf\n', [], Number.NEGATIVE_INFINITY],
    ['what is no number', 'up NaN\n', [], Number.NaN],
  ])('is read with %s', async (_what, text, labels, value) => {
    expect([...(await good(text)).wanted.values()]).toEqual([[{ labels, value }]]);
  });

  test('is read with comments, empty lines and metadata', async () => {
    const text = '# a comment\n#\n\n  \n# HELP up Is it \\\\ up?\\n\n#TYPE up gauge\nup 1\n# TYPE "my.up" gauge\n';
    expect(await good(text)).toMatchObject({ families: 2, series: 1 });
  });

  test('counts the parts of a histogram and a summary as one metric each', async () => {
    const text =
      '# TYPE h histogram\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n# TYPE s summary\ns_sum 1\ns_count 1\ng_count 1\n';
    const { families, series, names } = await good(text);
    expect([families, series, [...names].toSorted()]).toEqual([
      3,
      6,
      ['g_count', 'h', 'h_bucket', 'h_count', 'h_sum', 's', 's_count', 's_sum'],
    ]);
  });

  test.each([
    ['up', 'expected a blank and a value, found the end'],
    ['up one', 'expected a value, found "one"'],
    ['up 1,5', 'expected a value, found "1,5"'],
    ['up 0x10', 'expected a value, found "0x10"'],
    ['up 1e999', 'expected a value, found "1e999"'],
    ['up 1\r', 'expected a value, found "1\\r"'],
    ['up 1 12.5', 'expected a timestamp in whole milliseconds, found "12.5"'],
    ['up 1 2 3', 'expected the end, found "3"'],
    ['up 1 # {a="b"} 1', 'expected a timestamp in whole milliseconds, found "# {a=\\"b\\"} 1"'],
    ['9up 1', 'expected the name of a metric, found "9up 1"'],
    ['my.up 1', 'expected a blank and a value, found ".up 1"'],
    ['up{a} 1', 'expected "=" after the label a, found "} 1"'],
    ['up{a=b} 1', 'expected a value in double quotes, found "b} 1"'],
    ["up{a='b'} 1", 'expected a value in double quotes, found "\'b\'} 1"'],
    ['up{a="b} 1', 'a value in double quotes is not closed by a quote'],
    ['up{a="b" b="c"} 1', 'expected "," or "}", found "b=\\"c\\"} 1"'],
    ['up{a="b",,} 1', 'expected the name of a label, found ",} 1"'],
    ['up{a="b",a="c"} 1', 'the label a stands twice'],
    ['up{a="\\d"} 1', '\\d in a value in double quotes is no escape: there are \\\\, \\" and \\n'],
    ['up{a="b" 1', 'expected "," or "}", found "1"'],
    ['up{"a"} 1', 'it has two names, up and a'],
    ['{a="b"} 1', 'expected the name of a metric, found " 1"'],
    ['# TYPE up gague', '"gague" is no type of a metric'],
    ['# TYPE up stateset', '"stateset" is no type of a metric'],
    ['# TYPE up', 'TYPE tells no type'],
    ['up{__name__="x"} 1', 'the label __name__ is reserved'],
    ['# TYPE', 'TYPE names no metric'],
    ['# TYPE 9up gauge', 'TYPE names no metric'],
    ['# HELP up a \\d', '\\d in a help text is no escape: there are \\\\ and \\n'],
    ['up 1\nup 2', 'it repeats the series of line 1'],
    ['up{a="1",b="2",c=""} 1\nup{b="2",a="1"} 1', 'it repeats the series of line 1'],
    ['# TYPE up gauge\n# TYPE up gauge', 'the type of up is told twice'],
    ['# HELP up a\n# HELP up b', 'the help of up is told twice'],
    ['up 1\n# TYPE up gauge', 'the type of up is told after a sample of it'],
    ['up_count 1\n# TYPE up summary', 'the type of up is told after a sample of it'],
    ['<!doctype html>', 'expected the name of a metric, found "<!doctype html>"'],
    [`up{a="${'x'.repeat(70_000)}"} 1`, 'it is longer than 64 KiB'],
  ])('is refused with %s', async (text, problem) => {
    const line = text.split('\n').length;
    expect(await bad(`${text}\nbetter 1\n`, 'prometheus')).toBe(`${line}: ${problem}`);
  });

  test('is refused when its last line has no end: it was cut off', async () => {
    expect(await bad('up 1\ndown{a="b', 'prometheus')).toBe(
      '2: a value in double quotes is not closed by a quote; the text is cut off there',
    );
    expect(await bad('up 1\ndown 1', 'prometheus')).toBe('2: the last line has no end, so the text is cut off');
  });
});

describe('OpenMetrics', () => {
  test.each([
    ['a counter', '# TYPE a counter\na_total 1\na_created 1.5\n', 1, 2],
    ['a unit', '# TYPE a_bytes gauge\n# UNIT a_bytes bytes\n# HELP a_bytes Say "x".\na_bytes 1\n', 1, 1],
    ['an exemplar', '# TYPE a counter\na_total{b="c"} 1 # {trace_id="x"} 0.5 1763730000.25\n', 1, 1],
    ['an exemplar behind a timestamp', '# TYPE a counter\na_total 1 1763730000 # {} 0.5\n', 1, 1],
    ['an info and a stateset', '# TYPE a info\na_info{b="c"} 1\n# TYPE s stateset\ns{s="on"} 1\n', 2, 2],
    ['a gauge histogram', '# TYPE a gaugehistogram\na_bucket{le="+Inf"} 1\na_gcount 1\na_gsum -1\n', 1, 3],
    ['names in quotes', '# TYPE "a.b" gauge\n{"a.b",c="d"} 1\n', 1, 1],
    ['an escape that is none', 'a{b="\\d"} 1\n', 1, 1],
    ['later samples of one series', 'a 1 100\na 2 200\n', 1, 1],
  ])('is read with %s', async (_what, text, families, series) => {
    expect(await good(`${text}# EOF\n`, 'openmetrics')).toMatchObject({ families, series });
  });

  test('keeps the later sample of a series, and the newest time in milliseconds', async () => {
    const { wanted, newestMs } = await good('a 1 100\na 2 200.5\n# EOF', 'openmetrics');
    expect([wanted.get('a'), newestMs]).toEqual([[{ labels: [], value: 2 }], 200_500]);
  });

  test.each([
    ['a 1\n', '1: the text ends without # EOF, so it is cut off'],
    ['a 1\nb_tot', '2: expected a blank and a value, found the end; the text is cut off there'],
    ['', '0: the text ends without # EOF, so it is cut off'],
    ['a 1\n# EOF\na 2\n', '3: there is more after # EOF'],
    ['a 1\n\n# EOF\n', '2: expected the name of a metric, found the end'],
    ['# a comment\n# EOF\n', '1: OpenMetrics has no comments: expected # HELP, # TYPE, # UNIT or # EOF'],
    ['a  1\n# EOF\n', '1: expected a value, found " 1"'],
    ['a{ b="c"} 1\n# EOF\n', '1: expected the name of a label, found " b=\\"c\\"} 1"'],
    ['a{b="c",} 1\n# EOF\n', '1: expected a label after the comma, found "} 1"'],
    ['a{b="c"}1\n# EOF\n', '1: expected a blank and a value, found "1"'],
    ['a 1 \n# EOF\n', '1: expected a timestamp in seconds, found the end'],
    ['# TYPE a untyped\n# EOF\n', '1: "untyped" is no type of a metric'],
    ['# TYPE a counter\na 1\n# EOF\n', '2: a is no sample of a counter: expected a_total or a_created'],
    ['# UNIT a_bytes seconds\n# EOF\n', '1: a_bytes does not end with its unit, _seconds'],
    ['a 1\nb 1\na{c="d"} 1\n# EOF\n', '3: the lines of a do not stand together'],
    ['# TYPE a gauge\na 1\n# HELP a x\n# EOF\n', '3: the help of a is told after a sample'],
    ['a 1 200\na 2 100\n# EOF\n', '2: it repeats the series of line 1'],
    ['a 1 # 5\n# EOF\n', '1: expected the labels of an exemplar, found "5"'],
    ['a 1 # {b="c"}\n# EOF\n', '1: expected the value of the exemplar, found the end'],
    [`a 1 # {b="${'x'.repeat(128)}"} 1\n# EOF\n`, '1: the labels of the exemplar have 129 characters, more than 128'],
  ])('is refused: %j', async (text, problem) => {
    expect(await bad(text, 'openmetrics')).toBe(problem);
  });
});

test('whatever a target sends is read to an end, and never throws', async () => {
  const piece = fc.constantFrom(
    'up',
    '{',
    '}',
    '"',
    '\\',
    'a="b"',
    ',',
    ' ',
    '\n',
    '#',
    ' TYPE ',
    ' gauge',
    '1',
    'NaN',
    '=',
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
  );
  await fc.assert(
    fc.asyncProperty(text, fc.constantFrom<Format>('prometheus', 'openmetrics'), async (body, format) => {
      const reading = await read(body, format);
      expect(reading.ok || reading.problem !== '').toBe(true);
    }),
    { numRuns: 500 },
  );
});
