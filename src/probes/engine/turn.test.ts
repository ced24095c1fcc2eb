import { expect, it } from 'vitest';
import { takeTurn } from './turn.ts';

it('lets one begin in each turn of the loop, in the order in which they came', async () => {
  let loops = 0;
  let counting = setImmediate(function count() {
    loops += 1;
    counting = setImmediate(count);
  });
  const begun = await Promise.all(['a', 'b', 'c'].map((name) => takeTurn('begin').then(() => [name, loops] as const)));
  clearImmediate(counting);
  expect(begun.map(([name]) => name)).toEqual(['a', 'b', 'c']);
  expect(new Set(begun.map(([, loop]) => loop)).size).toBe(3);
});

it('lets what has come be read before another begins', async () => {
  const happened: string[] = [];
  await Promise.all([
    takeTurn('begin').then(() => happened.push('first')),
    takeTurn('begin').then(() => happened.push('second')),
    takeTurn('read').then(() => happened.push('read')),
  ]);
  expect(happened).toEqual(['read', 'first', 'second']);
});

it('comes round again after everybody has had a turn', async () => {
  await takeTurn('begin');
  await new Promise((resolve) => setImmediate(resolve));
  await expect(takeTurn('begin')).resolves.toBeUndefined();
});
