import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { factProblem, readQuery, type Query } from './selector.ts';

const query = (text: string): Query => {
  const reading = readQuery(text);
  if (!reading.ok) throw new Error(reading.problem);
  return reading.query;
};

/** Which of these values of the label `a` fit the first condition. */
const fitting = (text: string): readonly string[] => {
  const [matcher] = query(text).of.labels;
  return ['', 'b', 'bc', 'xbx'].filter((value) => matcher?.holds(value));
};

describe('a selector', () => {
  test.each([
    ['up', 'value', 'up', 0],
    [' up { } ', 'value', 'up', 0],
    ['job:up:rate5m{a="b",c!="d",}', 'value', 'job:up:rate5m', 2],
    ['{"my.up",a="b"}', 'value', 'my.up', 1],
    ["{'my.up'}", 'value', 'my.up', 0],
    ['sum', 'value', 'sum', 0],
    ['sum{a="b"}', 'value', 'sum', 1],
    ['sum(up)', 'sum', 'up', 0],
    ['max ( up{a="b"} )', 'max', 'up', 1],
    ['min(up)', 'min', 'up', 0],
    ['count(up)', 'count', 'up', 0],
    ['quantile(0.95, up{a="b"})', 'quantile', 'up', 1],
    ['quantile(.5,sum(up))', 'quantile', 'up', 0],
    ['quantile', 'value', 'quantile', 0],
  ])('%s is read', (text, how, name, conditions) => {
    const read = query(text);
    expect([read.how, read.of.name, read.of.labels.length]).toEqual([how, name, conditions]);
  });

  test.each([
    ['up{a="b"}', ['b']],
    ['up{a!="b"}', ['', 'bc', 'xbx']],
    ['up{a=~"b.*"}', ['b', 'bc']],
    ['up{a!~"b.*"}', ['', 'xbx']],
    ['up{a=""}', ['']],
    ['up{a=~".+"}', ['b', 'bc', 'xbx']],
    ['up{"a"="b"}', ['b']],
    ["up{a='b'}", ['b']],
  ])('%s fits as in PromQL: whole values, and none is the empty one', (text, values) => {
    expect(fitting(text)).toEqual(values);
  });

  test('reads the escapes of a value', () => {
    expect(query('up{a="\\"\\\\\\n\\t\'"}').of.labels[0]?.holds('"\\\n\t\'')).toBe(true);
  });

  test.each([
    ['', 'expected the name of a metric, found the end'],
    ['9up', 'expected the name of a metric, found "9up"'],
    ['up{', 'expected a label or "}", found the end'],
    ['up{a', 'expected =, !=, =~ or !~ after the label a, found the end'],
    ['up{a=', 'expected a value in quotes, found the end'],
    ['up{a=b}', 'expected a value in quotes, found "b}"'],
    ['up{a="b"', 'expected "," or "}", found the end'],
    ['up{a="b" c="d"}', 'expected "," or "}", found "c=\\"d\\"}"'],
    ['up{a=~"("}', 'the pattern "(" is wrong: missing closing ): `(`'],
    ['up{a="\\d"}', '\\d is no escape: write \\\\ for a backslash'],
    ['up{"a"}', 'it has two names, up and a'],
    ['{a="b"}', 'expected the name of a metric, found the end'],
    ['{__name__="up"}', 'the name of the metric stands before the braces, not in __name__'],
    ['rate (up)', 'there is no rate(): there are sum, max, min, count, quantile'],
    ['up 5', 'expected the end, found "5"'],
    ['up[5m]', 'expected the end, found "[5m]"'],
    ['sum(up', 'expected ")", found the end'],
    ['sum(rate(up))', 'expected ")", found "(up))"'],
    ['avg(up)', 'there is no avg(): there are sum, max, min, count, quantile'],
    ['quantile(up)', 'expected a number, found "up)"'],
    ['quantile(95, up)', '95 is not from 0 to 1'],
    ['quantile(0.95 up)', 'expected ",", found "up)"'],
    ['quantile(0.95, max(up))', 'a quantile is taken of series or of sum(...), not of max'],
  ])('%j is refused', (text, problem) => {
    expect(readQuery(text)).toEqual({ ok: false, problem: `is no selector: ${problem}` });
  });

  test('is only looked for in facts of that family', () => {
    expect([factProblem('status'), factProblem('metrics.up'), factProblem('metrics.up{')]).toEqual([
      null,
      null,
      '"up{" is no selector: expected a label or "}", found the end',
    ]);
  });

  test('is refused or read, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'up{}(),="\\~! 0.95sumquantile') }), (text) => {
        const reading = readQuery(text);
        expect(reading.ok || reading.problem.length > 'is no selector: '.length).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
