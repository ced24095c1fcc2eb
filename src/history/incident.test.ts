import { describe, expect, test } from 'vitest';
import { reviewRuns, type Incident } from './incident.ts';
import { keptRun } from './kept-run.ts';
import type { KeptRun } from './store.ts';
import { minute, runOf, type Ending, type RunOptions } from './test-runs.ts';

const ran = (at: number, endings: Readonly<Record<string, Ending>>, options?: RunOptions): KeptRun =>
  keptRun(runOf(`r${at}`, at, endings, options), 'gonogo.yaml');

const review = (...runs: readonly KeptRun[]): Incident => {
  const [first, ...others] = runs;
  if (first === undefined) throw new Error('no runs');
  return reviewRuns([first, ...others], []);
};

const timeline = (incident: Incident) =>
  incident.timeline.map((moment) =>
    moment.kind === 'verdict'
      ? `${moment.run} ${moment.before} to ${moment.after}`
      : `${moment.run} ${moment.check} ${moment.kind}`,
  );

test('the timeline has each change of a check and of the verdict, once', () => {
  const incident = review(
    ran(0, { a: 'pass', b: 'pass' }),
    ran(1, { a: 'fail', b: 'pass' }),
    ran(2, { a: 'fail', b: 'fail' }),
    ran(3, { a: 'pass', b: 'fail' }),
    ran(4, { a: 'pass', b: 'pass' }),
  );
  expect(timeline(incident)).toEqual([
    'r1 GO to NO-GO',
    'r1 a broke',
    'r2 b broke',
    'r3 a mended',
    'r4 NO-GO to GO',
    'r4 b mended',
  ]);
  expect(incident).toMatchObject({ runs: 5, lastGood: { id: 'r0' }, firstBad: { id: 'r1' }, first: { id: 'r0' } });
});

test('a check was bad from the first bad look to the next good one', () => {
  const { badTimes } = review(
    ran(0, { a: 'fail' }),
    ran(1, { a: 'fail' }),
    ran(2, { a: 'pass' }),
    ran(3, { a: 'fail' }),
  );
  const a = { check: 'a', component: null, reasonCodes: ['assertion-failed'] };
  expect(badTimes).toEqual([
    { ...a, from: minute(0), to: minute(2), last: minute(1), looks: 2, run: 'r0' },
    { ...a, from: minute(3), to: null, last: minute(3), looks: 1, run: 'r3' },
  ]);
});

test('a look that told nothing ends nothing: blocked, skipped, or not made at all', () => {
  const incident = review(
    ran(0, { a: 'fail' }),
    ran(1, { a: 'blocked' }),
    ran(2, { b: 'pass' }),
    ran(3, { a: 'fail' }),
  );
  expect(timeline(incident)).toContain('r0 a broke');
  expect(timeline(incident).filter((line) => line.includes(' a '))).toHaveLength(1);
  expect(incident.badTimes).toMatchObject([{ looks: 2, to: null }]);
});

test('another reason is told without a new time', () => {
  const first = ran(0, { a: 'fail' });
  const other = ran(1, { a: 'fail' });
  const changed = {
    ...other,
    checks: other.checks.map((one) => ({ ...one, causeKey: 'a:timeout', reasonCode: 'timeout' })),
  };
  const incident = review(first, changed);
  expect(timeline(incident)).toEqual(['r0 a broke', 'r1 a other-cause']);
  expect(incident.badTimes).toMatchObject([{ reasonCodes: ['assertion-failed', 'timeout'], looks: 2 }]);
});

describe('what was different', () => {
  const tls = (outcome: 'pass' | 'fail', fingerprint: string): Ending => ({ outcome, facts: { tls: { fingerprint } } });

  test('is told of the beginning against the last good run, also one from before', () => {
    const [before, broken] = [ran(0, { a: tls('pass', 'x') }), ran(1, { a: tls('fail', 'y') })];
    const incident = reviewRuns([broken], [before]);
    expect(incident.lastGood?.id).toBe('r0');
    expect(incident.begun?.facts).toEqual([
      { check: 'a', changes: [{ fact: 'tls.fingerprint', before: 'x', after: 'y' }] },
    ]);
    expect(timeline(incident)).toEqual(['r1 GO to NO-GO', 'r1 a broke']);
  });

  test('is told of the end once nothing is bad any more, and not before', () => {
    const runs = [ran(0, { a: tls('fail', 'x') }), ran(1, { a: tls('pass', 'y') })];
    expect(review(...runs).ended?.facts).toHaveLength(1);
    expect(review(...runs, ran(2, { a: tls('fail', 'z') })).ended).toBeNull();
  });
});

test('the verdict of a triage is none on whether we may go', () => {
  const run = ran(1, { a: 'fail' });
  const triage = { ...run, gates: [{ id: 'triage', verdict: 'NO-GO' as const, blockedBy: ['a'] }] };
  expect(timeline(review(ran(0, { a: 'pass' }), triage, ran(2, { a: 'pass' })))).toEqual(['r1 a broke', 'r2 a mended']);
});

test('runs in which nothing was bad have nothing to tell', () => {
  expect(review(ran(0, { a: 'pass' }), ran(1, { a: 'warn' }))).toMatchObject({
    firstBad: null,
    badTimes: [],
    begun: null,
    ended: null,
  });
});

describe('the last good run and the first bad one', () => {
  /** A run as it is with another verdict: that of other gates. */
  const said = (run: KeptRun, verdict: 'CONDITIONAL' | 'HOLD'): KeptRun => ({ ...run, verdict });
  const triaged = (run: KeptRun): KeptRun => ({
    ...run,
    gates: [{ id: 'triage', verdict: run.verdict ?? 'HOLD', blockedBy: [] }],
  });

  test('are found before the runs that were asked for, too', () => {
    const before = [ran(0, { a: 'pass' }), ran(1, { a: 'fail' })];
    const incident = reviewRuns([ran(2, { a: 'fail' }), ran(3, { a: 'pass' })], before);
    expect(incident).toMatchObject({ lastGood: { id: 'r0' }, firstBad: { id: 'r1' }, runs: 2 });
    expect(incident.badTimes).toMatchObject([{ from: minute(1), to: minute(3), looks: 2 }]);
    expect(timeline(incident)).toEqual(['r1 a broke', 'r3 NO-GO to GO', 'r3 a mended']);
  });

  test('do not tell of what was over before', () => {
    const before = [ran(0, { a: 'pass' }), said(ran(1, { a: 'fail' }), 'HOLD'), said(ran(2, { a: 'pass' }), 'HOLD')];
    const incident = reviewRuns([ran(3, { a: 'fail' })], before);
    expect(incident).toMatchObject({ lastGood: { id: 'r2' }, firstBad: { id: 'r3' }, badTimes: [{ looks: 1 }] });
  });

  test('a triage that saw it good counts, and a run that did not look does not', () => {
    const before = [ran(0, { a: 'pass' }), triaged(ran(1, { a: 'pass' })), said(ran(2, { b: 'pass' }), 'HOLD')];
    expect(reviewRuns([ran(3, { a: 'fail' })], before).lastGood?.id).toBe('r1');
    expect(reviewRuns([ran(3, { a: 'fail' })], [said(ran(2, { b: 'pass' }), 'HOLD')]).lastGood).toBeNull();
  });

  test('what a run that may go has as bad was accepted: it is not what happened, and keeps nothing open', () => {
    const nice = { nice: 'fail', a: 'pass' } as const;
    const runs = [
      said(ran(1, nice), 'CONDITIONAL'),
      ran(2, { nice: 'fail', a: 'fail' }),
      said(ran(3, nice), 'CONDITIONAL'),
    ] as const;
    for (const incident of [reviewRuns([...runs], [said(ran(0, nice), 'CONDITIONAL')]), reviewRuns([...runs], [])]) {
      expect(incident).toMatchObject({ lastGood: { id: 'r1' }, firstBad: { id: 'r2' }, accepted: ['nice'] });
      expect(incident.badTimes.map(({ check, to }) => [check, to])).toEqual([['a', minute(3)]]);
      expect(incident.ended).not.toBeNull();
    }
  });

  test('what was accepted counts once it was good, or is bad for another cause', () => {
    const [ok, bad] = [{ nice: 'pass' } as const, { nice: 'fail' } as const];
    const before = said(ran(0, bad), 'CONDITIONAL');
    expect(reviewRuns([ran(1, bad), ran(2, ok), ran(3, bad)], [before]).badTimes).toMatchObject([{ run: 'r3' }]);
    const other = ran(1, bad);
    const changed = { ...other, checks: other.checks.map((one) => ({ ...one, causeKey: 'nice:timeout' })) };
    expect(reviewRuns([changed], [before]).badTimes).toMatchObject([{ run: 'r1' }]);
  });
});
