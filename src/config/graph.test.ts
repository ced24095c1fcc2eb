import { expect, test } from 'vitest';
import { showCycle, sortByNeeds } from './graph.ts';

const sort = (needs: { readonly [id: string]: readonly string[] }) =>
  sortByNeeds(Object.keys(needs), (id) => needs[id] ?? []);

test('needs come first, everything else stays as given', () => {
  expect(sort({ a: ['c'], b: [], c: ['d'], d: [] })).toEqual({ order: ['d', 'c', 'a', 'b'], cycles: [] });
});

test('each cycle is found once and starts with the id that was given first', () => {
  expect(sort({ x: ['c'], b: ['c'], c: ['d'], d: ['b'], e: ['e'] }).cycles).toEqual([['b', 'c', 'd'], ['e']]);
});

test('two cycles through one id are both found', () => {
  expect(sort({ a: ['b', 'c'], b: ['a'], c: ['a'] }).cycles).toEqual([
    ['a', 'b'],
    ['a', 'c'],
  ]);
});

test('ids that are needed but not given are left out', () => {
  expect(sort({ a: ['nowhere'] })).toEqual({ order: ['a'], cycles: [] });
});

test('a chain of 200,000 does not overflow', () => {
  const ids = Array.from({ length: 200_000 }, (_, at) => String(at));
  expect(sortByNeeds(ids, (id) => [String(Number(id) + 1)]).order[0]).toBe('199999');
});

test('a cycle is written with its first id at both ends, a long one cut', () => {
  expect(showCycle(['a', 'b'])).toBe('a -> b -> a');
  expect(showCycle(Array.from({ length: 30 }, (_, at) => `n${at}`))).toContain('n19 -> (10 more) -> n0');
});
