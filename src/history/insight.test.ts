import { afterEach, describe, expect, test } from 'vitest';
import type { Run } from '../model/run.ts';
import { findInsights } from './insight.ts';
import { keptRun } from './kept-run.ts';
import type { HistoryStore, HistoryTrouble, Told } from './store.ts';
import { runOf, SCOPE, testHistories, valueOf, type Ending, type RunOptions } from './test-runs.ts';

const histories = testHistories();
afterEach(histories.tidy);

/** A history in which these runs have ended, a minute apart. */
const historyOf = async (...runs: readonly Run[]): Promise<HistoryStore> => {
  const store = valueOf(histories.open(`${histories.folder()}/history.db`));
  for (const run of runs) valueOf(await store.finish(run, SCOPE.file));
  return store;
};

const ran = (id: string, at: number, endings: Readonly<Record<string, Ending>>, options?: RunOptions): Run =>
  runOf(id, at * 2, endings, options);

const valueOrNull = <T>(told: Told<T>): T | null => (told.ok ? told.value : null);

const insightsInto = async (run: Run, ...earlier: readonly Run[]) =>
  findInsights(run, SCOPE, { store: await historyOf(...earlier), valueOf: valueOrNull });

const tls = (outcome: 'pass' | 'fail', fingerprint: string): Ending => ({ outcome, facts: { tls: { fingerprint } } });
const parts = { checks: { a: { component: 'web' }, b: { component: 'web' }, c: { component: 'web' } } };

test('without a history there is nothing to know, and a run without blockers asks nothing', async () => {
  expect(await findInsights(ran('now', 1, { a: 'fail' }), SCOPE, { store: null, valueOf: valueOrNull })).toEqual([]);
  expect(await insightsInto(ran('now', 1, { a: 'pass' }), ran('r0', 0, { a: 'pass' }))).toEqual([]);
});

describe('since when', () => {
  test('the run that sees it first has no first bad one before it, and knows the last good one', async () => {
    const [insight] = await insightsInto(
      ran('now', 2, { a: 'fail' }),
      ran('r0', 0, { a: 'fail' }),
      ran('r1', 1, { a: 'pass' }),
    );
    expect(insight).toMatchObject({ check: 'a', firstBad: null, lastGood: { run: 'r1' } });
  });

  test('what was bad before is bad since the first time after the last good one', async () => {
    const [insight] = await insightsInto(
      ran('now', 3, { a: 'fail' }),
      ran('r0', 0, { a: 'pass' }),
      ran('r1', 1, { a: 'fail' }),
      ran('r2', 2, { a: 'fail' }),
    );
    expect(insight).toMatchObject({
      firstBad: ran('r1', 1, { a: 'fail' }).checks[0]?.startedAt,
      lastGood: { run: 'r0' },
    });
  });

  test('what was never good has no last good run, and nothing to compare with', async () => {
    const [insight] = await insightsInto(ran('now', 1, { a: 'fail' }), ran('r0', 0, { a: 'fail' }));
    expect(insight).toMatchObject({ lastGood: null, comparedWith: null, changes: [], otherConfig: false });
  });
});

describe('what changed', () => {
  test('is told against the last good run, of the check first, then of others of its component', async () => {
    const [insight] = await insightsInto(
      ran('now', 1, { b: tls('pass', 'new'), a: tls('fail', 'new') }, parts),
      ran('r0', 0, { b: tls('pass', 'old'), a: tls('pass', 'old') }, parts),
    );
    expect(insight).toMatchObject({ comparedWith: 'r0', otherConfig: false });
    expect(insight?.changes).toEqual([
      { check: 'a', fact: 'tls.fingerprint', before: 'old', after: 'new' },
      { check: 'b', fact: 'tls.fingerprint', before: 'old', after: 'new' },
    ]);
  });

  test('is not told of another check that is bad itself, nor of another component', async () => {
    const now = ran(
      'now',
      1,
      { a: tls('fail', 'new'), b: tls('fail', 'new'), c: tls('pass', 'new') },
      {
        checks: { ...parts.checks, c: { component: 'other' } },
      },
    );
    const [insight] = await insightsInto(
      now,
      ran('r0', 0, { a: tls('pass', 'old'), b: tls('pass', 'old'), c: tls('pass', 'old') }),
    );
    expect(insight?.changes.map(({ check }) => check)).toEqual(['a']);
  });

  test('is told against another run when one is given', async () => {
    const store = await historyOf(
      ran('r0', 0, { a: tls('pass', 'first') }),
      ran('r1', 1, { a: tls('pass', 'second') }),
    );
    const against = keptRun(ran('r0', 0, { a: tls('pass', 'first') }), SCOPE.file);
    const [insight] = await findInsights(
      ran('now', 2, { a: tls('fail', 'third') }),
      SCOPE,
      { store, valueOf: valueOrNull },
      against,
    );
    expect(insight).toMatchObject({ comparedWith: 'r0', changes: [{ before: 'first', after: 'third' }] });
  });

  test('names a configuration that is not the one of then', async () => {
    const before = ran('r0', 0, { a: 'pass' }, { plan: { configDigest: 'e'.repeat(64) } });
    expect(await insightsInto(ran('now', 1, { a: 'fail' }), before)).toMatchObject([{ otherConfig: true }]);
  });

  test('is bounded', async () => {
    const many = (word: string): Ending => ({
      outcome: word === 'new' ? 'fail' : 'pass',
      facts: { headers: Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`x${at}-version`, word])) },
    });
    const [insight] = await insightsInto(ran('now', 1, { a: many('new') }), ran('r0', 0, { a: many('old') }));
    expect(insight?.changes).toHaveLength(12);
  });
});

describe('seen before', () => {
  test('is the last time with the same cause that is over, and how it ended', async () => {
    const [insight] = await insightsInto(
      ran('now', 4, { a: 'fail' }),
      ran('r0', 0, { a: 'pass' }),
      ran('r1', 1, { a: 'fail' }),
      ran('r2', 2, { a: 'pass' }),
      ran('r3', 3, { a: 'fail' }),
    );
    expect(insight?.seenBefore).toMatchObject({ began: { run: 'r1' }, ended: { run: 'r2', outcome: 'pass' } });
  });

  test('the time that it is in now does not count', async () => {
    const [insight] = await insightsInto(
      ran('now', 2, { a: 'fail' }),
      ran('r0', 0, { a: 'pass' }),
      ran('r1', 1, { a: 'fail' }),
    );
    expect(insight?.seenBefore).toBeNull();
  });
});

describe('flapping', () => {
  const endings = (words: string): readonly Run[] =>
    [...words].map((letter, at) => ran(`r${at}`, at, { a: letter === 'x' ? 'fail' : 'pass' }));

  test('is said when the fourth change is the one that this run sees', async () => {
    expect(await insightsInto(ran('now', 9, { a: 'fail' }), ...endings('x.x.'))).toMatchObject([{ flapping: true }]);
    expect(await insightsInto(ran('now', 9, { a: 'fail' }), ...endings('.x.'))).toMatchObject([{ flapping: false }]);
  });
});

test('a history that cannot tell says nothing, and least of all that it was never good', async () => {
  const store = await historyOf(ran('r0', 0, { a: 'pass' }));
  const trouble: HistoryTrouble = { code: 'corrupt', message: 'the history is damaged' };
  const damaged: HistoryStore = { ...store, brokenSince: async () => ({ ok: false, trouble }) };
  const told: string[] = [];
  const valueOf = <T>(answer: Told<T>): T | null => {
    if (answer.ok) return answer.value;
    told.push(answer.trouble.message);
    return null;
  };
  expect(await findInsights(ran('now', 1, { a: 'fail' }), SCOPE, { store: damaged, valueOf })).toEqual([]);
  expect(told).toEqual(['the history is damaged']);
});

test('hundreds of causes with one last good run read it once', async () => {
  const ids = Array.from({ length: 300 }, (_, at) => `check-${at}`);
  const all = (outcome: 'pass' | 'fail') => Object.fromEntries(ids.map((id) => [id, outcome] as const));
  const store = await historyOf(ran('r0', 0, all('pass')));
  let read = 0;
  const counting: HistoryStore = {
    ...store,
    run: (id) => {
      read += 1;
      return store.run(id);
    },
  };
  expect(await findInsights(ran('now', 1, all('fail')), SCOPE, { store: counting, valueOf: valueOrNull })).toHaveLength(
    300,
  );
  expect(read).toBe(1);
});
