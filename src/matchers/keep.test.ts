import { expect, it } from 'vitest';
import { keepAtMost } from './keep.ts';

/** What was made, in order, when these texts are asked for. */
const madeFor = (most: number, ...texts: readonly string[]): readonly string[] => {
  const keep = keepAtMost<string>(most);
  const made: string[] = [];
  for (const text of texts) {
    const make = () => {
      made.push(text);
      return `made of ${text}`;
    };
    expect(keep(text, make)).toBe(`made of ${text}`);
  }
  return made;
};

it('makes what is kept once', () => {
  expect(madeFor(2, 'a', 'b', 'a', 'b', 'a')).toEqual(['a', 'b']);
});

it('forgets all when there is no room for one more', () => {
  expect(madeFor(2, 'a', 'b', 'c', 'c', 'a', 'b')).toEqual(['a', 'b', 'c', 'a', 'b']);
});
