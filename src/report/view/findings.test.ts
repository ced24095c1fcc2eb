import { expect, test } from 'vitest';
import { blocked, passed, run } from '../../../tests/golden/reports/build.ts';
import { findingsOf } from './findings.ts';

const fail = passed('fail', 1, { outcome: 'fail', reasonCode: 'http-5xx' });
const twin = passed('twin', 2, { outcome: 'fail', reasonCode: 'http-5xx' });
const waits = passed('waits', 3, { outcome: 'blocked', causedBy: 'fail' });
const other = passed('other', 4, { outcome: 'fail' });
const flaky = passed('flaky', 5, { flaky: true });
const good = passed('good', 6);

const ids = (checks: readonly { readonly id: string }[]) => checks.map(({ id }) => id);

test('a blocker covers its cause, its twins and what it blocks; every other check is a finding or passes', () => {
  const blocker = blocked(fail, { same: ['twin'], affects: { checks: ['waits', 'other'], gates: [] } });
  const { blockers, lesser, passing } = findingsOf(
    run([fail, twin, waits, other, flaky, good], { blockers: [blocker] }),
  );
  expect(blockers.map(({ check }) => check?.id)).toEqual(['fail']);
  expect(ids(lesser)).toEqual(['other', 'flaky']);
  expect(ids(passing)).toEqual(['good']);
});

test('a blocker that does not hold the verdict down is a finding', () => {
  const { blockers, lesser } = findingsOf(run([fail], { blockers: [blocked(fail, { verdict: 'CONDITIONAL' })] }));
  expect(blockers).toEqual([]);
  expect(ids(lesser)).toEqual(['fail']);
});

test('a blocker whose cause is no check of the run stays', () => {
  const { blockers } = findingsOf(run([good], { blockers: [blocked(fail)] }));
  expect(blockers.map(({ check }) => check)).toEqual([null]);
});
