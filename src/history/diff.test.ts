import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OUTCOMES } from '../model/outcome.ts';
import { diffRuns, factChanges, type RunDiff } from './diff.ts';
import { keptRun } from './kept-run.ts';
import { type Ending, runOf, type RunOptions } from './test-runs.ts';

const kept = (id: string, endings: Readonly<Record<string, Ending>>, options?: RunOptions) =>
  keptRun(runOf(id, 0, endings, options), 'gonogo.yaml');

const LISTS = ['broken', 'fixed', 'stillBroken', 'untold', 'added', 'removed', 'otherwise'] as const;

const idsIn = (diff: RunDiff) =>
  Object.fromEntries(
    LISTS.flatMap((name) => (diff[name].length === 0 ? [] : [[name, diff[name].map(({ id }) => id)]])),
  );

test('each check is told by what became of it', () => {
  const before = kept('r0', {
    same: 'pass',
    breaks: 'pass',
    heals: 'fail',
    stays: 'fail',
    'cannot-tell': 'pass',
    'was-bad-and-cannot-tell': 'fail',
    warns: 'pass',
    gone: 'pass',
  });
  const after = kept('r1', {
    same: 'pass',
    breaks: 'fail',
    heals: 'pass',
    stays: 'fail',
    'cannot-tell': 'skipped',
    'was-bad-and-cannot-tell': 'blocked',
    warns: 'warn',
    'new-and-bad': 'fail',
    'new-and-good': 'pass',
  });
  expect(idsIn(diffRuns(before, after))).toEqual({
    broken: ['breaks', 'new-and-bad'],
    fixed: ['heals'],
    stillBroken: ['stays'],
    untold: ['cannot-tell', 'was-bad-and-cannot-tell'],
    added: ['new-and-good'],
    removed: ['gone'],
    otherwise: ['warns'],
  });
});

test('a change tells both outcomes, the reason and the message', () => {
  const [change] = diffRuns(kept('r0', { a: 'pass' }), kept('r1', { a: 'fail' })).broken;
  expect(change).toEqual({
    id: 'a',
    component: null,
    before: 'pass',
    after: 'fail',
    reasonCode: 'assertion-failed',
    otherCause: false,
    message: 'status: number 500 is not 2xx',
  });
});

test('what is still broken by something else is told as that', () => {
  const [run, other] = [kept('r0', { a: 'fail' }), kept('r1', { a: 'fail' })];
  const changed = { ...other, checks: other.checks.map((check) => ({ ...check, causeKey: 'a:timeout' })) };
  expect(diffRuns(run, other).stillBroken).toMatchObject([{ otherCause: false }]);
  expect(diffRuns(run, changed).stillBroken).toMatchObject([{ otherCause: true }]);
});

describe('the verdict', () => {
  test('has its change and the gates that made it', () => {
    const { verdict } = diffRuns(kept('r0', { a: 'pass', b: 'fail' }), kept('r1', { a: 'fail', b: 'pass' }));
    expect(verdict).toEqual({
      before: 'NO-GO',
      after: 'NO-GO',
      why: ['the gate default: NO-GO, now held by a, no longer held by b'],
    });
    const better = diffRuns(kept('r0', { a: 'fail' }), kept('r1', { a: 'pass' })).verdict;
    expect(better).toEqual({
      before: 'NO-GO',
      after: 'GO',
      why: ['the gate default: NO-GO -> GO, no longer held by a'],
    });
  });

  test('says when it was not a fair comparison', () => {
    const before = kept('r0', { a: 'pass' }, { plan: { configDigest: 'e'.repeat(64) } });
    const after = { ...kept('r1', { a: 'pass' }, { complete: false }), gates: [] };
    expect(diffRuns(before, after).verdict.why).toEqual([
      'the gate default is gone; it was GO',
      'the run r1 is not complete',
      'the configuration is another one',
    ]);
  });
});

describe('facts', () => {
  test('that both saw and saw differently are told', () => {
    const tls = (fingerprint: string): Ending => ({ outcome: 'pass', facts: { tls: { fingerprint } } });
    const { facts } = diffRuns(kept('r0', { a: tls('x'), b: tls('y') }), kept('r1', { a: tls('z'), b: tls('y') }));
    expect(facts).toEqual([{ check: 'a', changes: [{ fact: 'tls.fingerprint', before: 'x', after: 'z' }] }]);
  });

  test('that one side did not see are no change', () => {
    expect(factChanges({ a: 1 }, { b: 1 })).toEqual([]);
    expect(factChanges({ a: [1, 2] }, { a: [1, 2] })).toEqual([]);
    expect(factChanges({ a: [1] }, { a: [2] })).toEqual([{ fact: 'a', before: [1], after: [2] }]);
    expect(factChanges({}, { constructor: 1 })).toEqual([]);
  });
});

const endings = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom(...OUTCOMES), { minKeys: 1 });

test('no check is told twice, a bad one is always told, and a run is not different from itself', () => {
  fc.assert(
    fc.property(endings, endings, (before, after) => {
      const [earlier, later] = [kept('r0', before), kept('r1', after)];
      const told = LISTS.flatMap((name) => diffRuns(earlier, later)[name].map(({ id }) => id));
      expect(new Set(told).size).toBe(told.length);
      const bad = [...earlier.checks, ...later.checks].filter(({ standing }) => standing === 'bad');
      expect(told).toEqual(expect.arrayContaining(bad.map(({ id }) => id)));
      const same = diffRuns(later, later);
      expect(Object.keys(idsIn(same)).filter((name) => name !== 'stillBroken')).toEqual([]);
      expect(same.facts).toEqual([]);
      expect(same.verdict.why).toEqual([]);
    }),
  );
});
