import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../model/outcome.ts';
import type { CheckResult } from '../model/run.ts';
import { judgeCheck } from './outcome.ts';
import { findRoots } from './roots.ts';
import { plannedCheck, recordOf, runRecord } from './test-run.ts';

type Graph = { readonly [id: string]: readonly [Outcome, ...string[]] };

const results = (graph: Graph): ReadonlyMap<string, CheckResult> =>
  new Map(
    Object.entries(graph).map(([id, [outcome]]) => [
      id,
      judgeCheck(plannedCheck(id), recordOf[outcome], runRecord({ checks: [], gates: [] })),
    ]),
  );

/** The roots of each blocked check, in order. */
const rootsOf = (graph: Graph): { readonly [id: string]: readonly string[] } => {
  const planned = Object.entries(graph).map(([id, [, ...needs]]) => ({ id, needs }));
  return Object.fromEntries(
    [...findRoots(planned, results(graph))].map(([id, roots]) => [id, roots.map((one) => one.id)]),
  );
};

describe('the root causes of a blocked check', () => {
  it('are what it needs and is bad by itself, through any number of others', () => {
    expect(rootsOf({ a: ['fail'], b: ['blocked', 'a'], c: ['blocked', 'b'] })).toEqual({ b: ['a'], c: ['a'] });
  });

  it('come worst first, and in the order of the needs among equals', () => {
    const graph: Graph = {
      s: ['skipped'],
      u: ['unknown'],
      f: ['fail'],
      g: ['fail'],
      x: ['blocked', 's', 'u', 'g', 'f'],
    };
    expect(rootsOf(graph)).toEqual({ x: ['g', 'f', 'u', 's'] });
  });

  it('are not what is good, what is not part of the run, or the same twice', () => {
    const graph: Graph = {
      ok: ['pass'],
      slow: ['warn'],
      f: ['fail'],
      b: ['blocked', 'f'],
      x: ['blocked', 'ok', 'slow', 'gone', 'f', 'b'],
    };
    expect(rootsOf(graph)).toEqual({ b: ['f'], x: ['f'] });
  });

  it('are none where nothing that it needs is bad, and of what is not blocked there are none', () => {
    expect(rootsOf({ ok: ['pass'], x: ['blocked', 'ok'], y: ['blocked'], z: ['fail', 'ok'] })).toEqual({
      x: [],
      y: [],
    });
  });

  it('are found in a ring', () => {
    const graph: Graph = { f: ['fail'], a: ['blocked', 'b'], b: ['blocked', 'a', 'f'] };
    expect(rootsOf(graph)).toEqual({ a: ['f'], b: ['f'] });
    expect(rootsOf({ a: ['blocked', 'a'] })).toEqual({ a: [] });
  });

  it('stand in plan order', () => {
    expect(Object.keys(rootsOf({ late: ['blocked', 'early'], early: ['blocked', 'f'], f: ['fail'] }))).toEqual([
      'late',
      'early',
    ]);
  });

  it('are found at the end of a chain of twenty thousand', () => {
    const chain = Array.from({ length: 20_000 }, (_, at) => [`c${at}`, ['blocked', `c${at + 1}`]] as const);
    const roots = rootsOf({ ...Object.fromEntries(chain), c20000: ['fail'] });
    expect(roots['c0']).toEqual(['c20000']);
    expect(Object.keys(roots)).toHaveLength(20_000);
  });

  it('are those that a walk along all needs meets, whatever the graph without a ring', () => {
    const outcome = fc.constantFrom<Outcome>('pass', 'warn', 'fail', 'unknown', 'skipped', 'blocked');
    const drawn = fc.array(fc.tuple(outcome, fc.uniqueArray(fc.nat(7), { maxLength: 3 })), { maxLength: 8 });
    fc.assert(
      fc.property(drawn, (nodes) => {
        const graph: Graph = Object.fromEntries(
          nodes.map(([end, needs], at) => [`n${at}`, [end, ...needs.filter((n) => n > at).map((n) => `n${n}`)]]),
        );
        const met = (id: string): readonly string[] =>
          (graph[id]?.slice(1) ?? []).flatMap((need) => {
            const end = graph[need]?.[0];
            if (end === undefined || end === 'pass' || end === 'warn') return [];
            if (end !== 'blocked') return [need];
            return met(need);
          });
        for (const [id, roots] of Object.entries(rootsOf(graph))) {
          expect(new Set(roots)).toEqual(new Set(met(id)));
          expect(new Set(roots).size).toBe(roots.length);
        }
      }),
    );
  });
});
