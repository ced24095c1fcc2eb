import { expect, test } from 'vitest';
import { closest } from './suggest.ts';

test.each([
  ['componnent', ['component', 'owner', 'needs'], 'component'],
  ['heatlh', ['http', 'health', 'mcp'], 'health'],
  ['--retrys', ['--retries', '--report'], '--retries'],
  ['Title', ['title'], 'title'],
  ['xyz', ['component', 'owner'], null],
  ['', ['a'], 'a'],
])('the nearest known word to %j among %j is %j', (word, known, expected) => {
  expect(closest(word, known)).toBe(expected);
});

test('a word that is far from all known ones gets no suggestion', () => {
  expect(closest('completely-different', ['status', 'body'])).toBeNull();
});
