import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJson } from './json-text.ts';

const whole = (value: unknown, ...numbersAsText: readonly string[]) => ({ ok: true, value, numbersAsText });

describe('a number that a double cannot hold as it is written', () => {
  test.each([
    ['9007199254740993', '9007199254740993'],
    ['-9007199254740993', '-9007199254740993'],
    ['9007199254740992', '9007199254740992'],
    ['18446744073709551615', '18446744073709551615'],
    ['10000000000000000000', '10000000000000000000'],
    ['9007199254740993.0', '9007199254740993.0'],
    ['9.007199254740993e15', '9.007199254740993e15'],
  ])('%s stands as the text of its digits', (source, text) => {
    expect(readJson(source)).toEqual(whole(text, '$'));
  });

  test.each(['9007199254740991', '-9007199254740991', '1e300', '1.7976931348623157e308', '0.30000000000000004'])(
    '%s is none: it stays a number',
    (source) => expect(readJson(source)).toEqual(whole(Number(source))),
  );

  test.each(['3.14159265358979323846', '0.1000000000000000055511151231257827', '1e-400', '123456.7890123456789'])(
    '%s is none either: below 2^53 the nearest double is what everybody reads',
    (source) => expect(readJson(source)).toEqual(whole(Number(source))),
  );

  test('is told with its path, and nothing beside it changes', () => {
    expect(readJson('{"a b":[1,{"id":12345678901234567}],"n":1.5,"t":"12345678901234567"}')).toEqual(
      whole({ 'a b': [1, { id: '12345678901234567' }], n: 1.5, t: '12345678901234567' }, '$["a b"][1].id'),
    );
  });

  test('is told for the first twenty of them', () => {
    const read = readJson(`[${Array.from({ length: 30 }, (_, index) => 9007199254740993n + BigInt(index)).join(',')}]`);
    expect(read.ok && read.numbersAsText).toEqual(Array.from({ length: 20 }, (_, index) => `$[${index}]`));
    expect(read.ok && Array.isArray(read.value) && read.value.at(-1)).toBe('9007199254741022');
  });

  test('is read in an instant, however long it is', () => {
    const startedAt = performance.now();
    const digits = `1${'0'.repeat(300_000)}1`;
    expect(readJson(`[${digits}]`)).toMatchObject({ ok: false });
    expect(readJson(`[9007199254740993.${digits}]`)).toMatchObject({ ok: true, numbersAsText: ['$[0]'] });
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});

const parses = (source: string): boolean => {
  try {
    JSON.parse(source);
    return true;
  } catch {
    return false;
  }
};

test('whatever is written, nothing is read that JSON.parse refuses, and no two numbers become one', () => {
  const digits = fc.stringMatching(/^[0-9]{1,20}$/);
  const piece = fc.oneof(digits, fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '-', '.', 'e', '+', ' ', '0'));
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
  const value = fc.jsonValue().map((json) => JSON.stringify(json));
  fc.assert(
    fc.property(
      fc.oneof(
        text,
        value,
        fc.tuple(value, text).map((two) => two.join('')),
      ),
      (source) => {
        expect(readJson(source).ok && !parses(source)).toBe(false);
      },
    ),
    { numRuns: 3000 },
  );
  fc.assert(
    fc.property(fc.bigInt(), fc.bigInt(), (one, other) => {
      const [a, b] = [one, other].map((number) => readJson(String(number)));
      expect(JSON.stringify(a) === JSON.stringify(b)).toBe(one === other);
    }),
  );
});
