import { describe, expect, test } from 'vitest';
import { readJson } from './json-text.ts';

/** What RFC 8259 does not allow, by the rule that is broken. `@` stands for a line break, so that each fits on a line. */
const REFUSED: { readonly [rule: string]: readonly string[] } = {
  'one value and nothing beside it': [
    '',
    ' ',
    '[1]x',
    '[1]]',
    '{}}',
    '1 2',
    '{}{}',
    '[][]',
    ']',
    '}',
    ',',
    ':',
    '"a" "b"',
  ],
  'brackets are closed by their own kind': [
    '[',
    '{',
    '[1',
    '{"a":1',
    '[1}',
    '{"a":1]',
    '[{}',
    '[[]',
    '{"a":[}',
    '['.repeat(50),
  ],
  'elements are parted by one comma': ['[,]', '[1,]', '[,1]', '[1,,2]', '[1 2]', '[1:2]', '[1;2]', '["a""b"]'],
  'members are parted by one comma': [
    '{,}',
    '{"a":1,}',
    '{,"a":1}',
    '{"a":1,,"b":2}',
    '{"a":1 "b":2}',
    '{"a":1;"b":2}',
  ],
  'a member is a name, a colon and a value': [
    '{"a"}',
    '{"a":}',
    '{:1}',
    '{"a" 1}',
    '{"a"::1}',
    '{"a",1}',
    '{"a"=1}',
    '{"a":1:2}',
  ],
  'a name is a text': [
    '{a:1}',
    "{'a':1}",
    '{1:1}',
    '{9007199254740993:1}',
    '{null:1}',
    '{[]:1}',
    '{{}:1}',
    '{"a":1,b:2}',
  ],
  'a text is in double quotes and ends': ["'a'", '"', '"a', '["a]', '`a`', '“a”', '["a', '"\\"'],
  'a text has no bare control character': ['"a@b"', '"a\tb"', '"a\0b"', '"\u001f"', '["@"]', '{"a@":1}'],
  'an escape is one of eight, or four digits': [
    '"\\x41"',
    '"\\a"',
    '"\\u12"',
    '"\\u12g4"',
    '"\\U0041"',
    '"\\\'"',
    '"\\0"',
    '"\\ "',
    '"\\@"',
  ],
  'a number has a digit before and behind its point': [
    '.5',
    '[.5]',
    '1.',
    '[1.]',
    '-.5',
    '1.e5',
    '[-]',
    '1..2',
    '1.2.3',
  ],
  'a number has digits in its exponent': ['1e', '1E+', '[1e-]', '1e1.5', '1eE2', '0x1p3'],
  'a number has no sign but minus, and one of it': ['+1', '[+1]', '--1', '-+1', '1-2', '- 1', '9007199254740993-1'],
  'a number has no leading zero and no other base': [
    '01',
    '-01',
    '[007]',
    '0x1F',
    '0b1',
    '0o7',
    '09007199254740993',
    '1_000',
    '1,5',
  ],
  'what is no number is none': ['NaN', '-NaN', 'Infinity', '-Infinity', '[inf]', '[nan]', '１', '1a', '12n'],
  'there are three words, in lower case': [
    'True',
    'FALSE',
    'nul',
    'nulll',
    'undefined',
    '[yes]',
    'tru',
    '[truefalse]',
    'none',
  ],
  'there are no comments': ['/* */1', '1//a', '[1/*,*/]', '#a@1', '{"a":1}--', '[1]<!-- -->'],
  'white space is space, tab and line breaks': ['\u00a01', '[1\u2028]', '\v1', '[\f]', '1\u0085', '\u200b{}', '\0{}'],
  'it is text, not something else': [
    '<html>',
    '<?xml version="1.0"?>',
    'ok',
    '{"a":1}\0',
    '--- 1',
    'a: 1',
    '\ufffd{}',
    'callback({})',
  ],
};

describe.each(Object.entries(REFUSED))('JSON: %s', (_, sources) => {
  test.each(sources.map((source) => source.replaceAll('@', '\n')))('%j is refused', (source) => {
    expect(() => JSON.parse(source)).toThrow(SyntaxError);
    expect(readJson(source)).toMatchObject({ ok: false, problem: expect.stringMatching(/./) });
  });
});

/** What the standard leaves open, and two readers understand differently. */
const AMBIGUOUS: readonly (readonly [source: string, problem: RegExp])[] = [
  ['{"a":1,"a":1}', /^the name "a" occurs twice/],
  ['{"a":1,"\\u0061":2}', /^the name "a" occurs twice/],
  ['{"":1,"":2}', /^the name "" occurs twice/],
  ['{"__proto__":1,"__proto__":2}', /^the name "__proto__" occurs twice/],
  ['[[{"b":{"a":1,"c":0,"a":1}}]]', /^the name "a" occurs twice/],
  ['[1e309]', /^the number 1e309 is out of range/],
  ['[-1e309]', /^the number -1e309 is out of range/],
  [`[${'9'.repeat(400)}]`, /^the number 9+ is out of range/],
  [`${'['.repeat(101)}${']'.repeat(101)}`, /^it is nested deeper than 100/],
  [`${'{"a":'.repeat(101)}1${'}'.repeat(101)}`, /^it is nested deeper than 100/],
];

test.each(AMBIGUOUS)('JSON that is ambiguous is refused: %j', (source, problem) => {
  expect(readJson(source)).toMatchObject({ ok: false, problem: expect.stringMatching(problem) });
});
