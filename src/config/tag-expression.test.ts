import { expect, test } from 'vitest';
import { parseTagExpression } from './tag-expression.ts';

const matches = (text: string, tags: readonly string[]): boolean | string => {
  const expression = parseTagExpression(text);
  return expression.ok ? expression.matches(tags) : expression.message;
};

test.each([
  ['a', 'a', true],
  ['a', 'b', false],
  ['not a', 'b', true],
  ['not not a', 'a', true],
  ['a and b', 'a', false],
  ['a and b', 'a b', true],
  ['a or b and c', 'a', true],
  ['(a or b) and c', 'a', false],
  ['a or not (b or c)', 'd', true],
  ['not a and b', 'b', true],
  ['not(a)', 'a', false],
])('%s over the tags %s is %s', (text, tags, expected) => {
  expect(matches(text, tags.split(' '))).toBe(expected);
});

test.each(['', 'and', 'a and', 'a b', '(a', 'a)', 'not', '()', 'a or or b', `${'('.repeat(50)}a`, 'a or '.repeat(200)])(
  '%j is refused',
  (text) => {
    expect(parseTagExpression(text).ok).toBe(false);
  },
);

test('the tags that it names are known', () => {
  const expression = parseTagExpression('a and not (b or a)');
  expect(expression.ok && expression.tags).toEqual(['a', 'b']);
});
