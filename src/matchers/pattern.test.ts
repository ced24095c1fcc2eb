import { describe, expect, it } from 'vitest';
import { compilePattern, type Pattern } from './pattern.ts';

const compiled = (written: string): Pattern => {
  const pattern = compilePattern(written);
  return typeof pattern === 'string' ? expect.fail(pattern) : pattern;
};

describe('a pattern', () => {
  it.each([
    ['b+', 'abbc', true, false, 'bb'],
    ['a(b+)', 'abbc', true, false, 'bb'],
    ['(?:a)b+', 'abbc', true, false, 'abb'],
    ['(a)(b)', 'abbc', true, false, 'a'],
    ['x(y)?', 'x', true, true, null],
    ['(x*)', 'abc', true, false, ''],
    ['abbc', 'abbc', true, true, 'abbc'],
    ['b$', 'abbc', false, false, null],
    [String.raw`\u00e9\/`, 'é/', true, true, 'é/'],
  ])('%s in %s: found %s, whole %s, and what it finds is %j', (written, text, found, whole, first) => {
    const pattern = compiled(written);
    expect([pattern.test(text), pattern.testExact(text), pattern.find(text)]).toEqual([found, whole, first]);
  });

  it.each([
    ['(', 'missing closing ): `(`'],
    ['a**', 'invalid nested repetition operator: `**`'],
    ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
  ])('that is wrong is explained: %s', (written, problem) => {
    expect(compilePattern(written)).toBe(problem);
  });
});
