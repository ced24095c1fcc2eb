import { expect, test } from 'vitest';
import { passed } from '../../tests/golden/reports/build.ts';
import type { Outcome } from '../model/outcome.ts';
import { findRoots } from './roots.ts';

/** `a: fail` and `b: blocked < a` as a plan and its results. */
const rootsOf = (graph: { readonly [id: string]: readonly [outcome: Outcome, ...needs: readonly string[]] }) => {
  const entries = Object.entries(graph);
  const planned = entries.map(([id, [, ...needs]]) => ({ id, needs }));
  const checks = new Map(entries.map(([id, [outcome]], at) => [id, passed(id, at + 1, { outcome })]));
  return Object.fromEntries([...findRoots(planned, checks)].map(([id, roots]) => [id, roots.map((root) => root.id)]));
};

test('a blocked check has the roots of what it needs, through any number of blocked ones, each once', () => {
  expect(
    rootsOf({
      top: ['blocked', 'left', 'right'],
      left: ['blocked', 'down'],
      right: ['blocked', 'down', 'gone'],
      down: ['fail'],
      gone: ['skipped'],
      fine: ['pass'],
    }),
  ).toEqual({ top: ['down', 'gone'], left: ['down'], right: ['down', 'gone'] });
});

test('the blocked ones are in plan order', () => {
  const roots = rootsOf({ late: ['blocked', 'early'], early: ['blocked', 'down'], down: ['fail'] });
  expect(Object.keys(roots)).toEqual(['late', 'early']);
});

test('the worst root comes first, whatever the order of the needs', () => {
  expect(rootsOf({ top: ['blocked', 'a', 'b', 'c'], a: ['skipped'], b: ['unknown'], c: ['fail'] })).toEqual({
    top: ['c', 'b', 'a'],
  });
});

test('what is good is no root, nor what was never planned', () => {
  expect(rootsOf({ top: ['blocked', 'warns', 'nobody'], warns: ['warn'] })).toEqual({ top: [] });
});

test('a chain of twenty thousand is followed to its end', () => {
  const chain = Array.from({ length: 20_000 }, (_, at) => [`c${at}`, ['blocked', `c${at + 1}`]] as const);
  const roots = rootsOf({ ...Object.fromEntries(chain), c20000: ['fail'] });
  expect(roots['c0']).toEqual(['c20000']);
  expect(Object.keys(roots)).toHaveLength(20_000);
});

test('needs in a circle, as only a journal that was tampered with has them, end', () => {
  expect(rootsOf({ a: ['blocked', 'b'], b: ['blocked', 'a', 'down'], down: ['fail'] })).toEqual({
    b: ['down'],
    a: ['down'],
  });
});
