import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../model/json.ts';
import { escapeText, firstDifference, showTyped, showValue } from './show.ts';

const of = (count: number, text = 'a'): string => text.repeat(count);

describe('a value', () => {
  it.each<[Json, string]>([
    [null, 'null'],
    [true, 'boolean true'],
    [0, 'number 0'],
    ['', 'string ""'],
    [[], 'list []'],
    [[1, 'a', null], 'list [1,"a",null]'],
    [{}, 'object {}'],
    [{ a: 1, b: [true, { c: 'd' }] }, 'object {"a":1,"b":[true,{"c":"d"}]}'],
  ])('is shown with its type: %j', (value, shown) => {
    expect(showTyped(value)).toBe(shown);
  });

  it.each([
    [2300, 'ms', '2300 ms'],
    [1.23456, 'ms', '1.235 ms'],
    [5, 'B', '5 B'],
    [0.995, '%', '99.5 %'],
    [0.07, '%', '7 %'],
    [1.23456, null, '1.23456'],
  ] as const)('has its unit: %d in %s', (value, unit, shown) => {
    expect(showValue(value, unit)).toBe(shown);
  });

  it('is shown whole up to 120 characters, and of a longer one the part that matters', () => {
    expect(showValue(of(120))).toBe(`"${of(120)}"`);
    expect(showValue(of(121))).toBe(`"${of(120)}…"`);
    expect(showValue(of(40) + of(121, 'b'), null, 40)).toBe(`"${of(40)}${of(80, 'b')}…"`);
    expect(showValue(of(41) + of(120, 'b'), null, 41)).toBe(`"…${of(40)}${of(80, 'b')}…"`);
    expect(showValue(of(200) + of(30, 'b'), null, 220)).toBe(`"…${of(90)}${of(30, 'b')}"`);
  });

  it('is shown without the half of a character where it was cut', () => {
    expect(showValue(`${of(119)}😀b`)).toBe(`"${of(119)}…"`);
    expect(showValue(`😀${of(40)}${of(120, 'b')}`, null, 41)).toBe(`"…${of(40)}${of(79, 'b')}…"`);
    expect(showValue(`a😀${of(119)}`)).toBe(`"a😀${of(117)}…"`);
    expect(showValue([`${of(116)}😀${of(9)}`])).toBe(`["${of(116)}😀…`);
  });

  it('that is a list or an object is cut in the middle of what it holds', () => {
    expect(showValue(['a'.repeat(114)])).toBe(`["${of(114)}"]`);
    expect(showValue(['a'.repeat(116)])).toBe(`["${of(116)}"]`);
    expect(showValue(['a'.repeat(117)])).toBe(`["${of(117)}"…`);
    expect(showValue({ [of(200)]: 1 })).toBe(`{"${of(118)}…`);
    expect(showValue({ a: of(200) })).toBe(`{"a":"${of(114)}…`);
    expect(showValue(Array.from({ length: 100 }, () => 1))).toBe(`[${of(59, '1,')}1…`);
  });

  it('is never shown longer than what fits on two lines, nor as a broken text', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.nat(200), (value, around) => {
        const json: Json = JSON.parse(JSON.stringify([value]));
        const shown = showValue(json, null, around);
        expect(shown.isWellFormed()).toBe(true);
        expect(shown).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
        expect(shown.length).toBeLessThanOrEqual(121);
        expect(shown.endsWith('…') ? json : JSON.parse(shown)).toEqual(json);
      }),
    );
  });
});

it.each([
  ['', '', 0],
  ['abc', 'abc', 3],
  ['abc', 'abd', 2],
  ['abc', 'ab', 2],
  ['ab', 'abc', 2],
  ['x', 'abc', 0],
])('%j and %j part at %i', (a, b, index) => {
  expect(firstDifference(a, b)).toBe(index);
});

it.each([
  ['"\\', String.raw`\"\\`],
  ['a\r\n\tb', String.raw`a\r\n\tb`],
  ['\u001b[31m', String.raw`\u001b[31m`],
  ['\u202e\u2028\u2029', String.raw`\u202e\u2028\u2029`],
  ['\ud800', String.raw`\ud800`],
  ['\u{e0041}', String.raw`\udb40\udc41`],
  ['Grüße 😀', 'Grüße 😀'],
])('%j is escaped where a terminal or a reader could take it for something else', (text, escaped) => {
  expect(escapeText(text)).toBe(escaped);
});
