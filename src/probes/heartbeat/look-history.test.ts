import { expect, test } from 'vitest';
import type { Outcome } from '../../model/outcome.ts';
import { CouldNotLook, type EarlierResult, type ProbeContext } from '../probe.ts';
import { testContext } from '../test-context.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';

const NOW = new Date('2026-11-03T12:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const ago = (ms: number, outcome: Outcome): EarlierResult => ({
  at: new Date(NOW.getTime() - ms).toISOString(),
  outcome,
});

/** A history that gives what it has of one check, and remembers how far back it was asked. */
const history = (results: readonly EarlierResult[]) => {
  const asked: (readonly [string, number])[] = [];
  const earlier: ProbeContext['earlier'] = async (check, sinceMs) => {
    asked.push([check, sinceMs]);
    return results.filter(({ at }) => NOW.getTime() - Date.parse(at) <= sinceMs);
  };
  return { asked, context: testContext(1000, { now: () => NOW, earlier }) };
};

const backup: Spec = { from: { history: 'backup' }, every: '24h', grace: '1h' };

const failureOf = async (spec: Spec, context: ProbeContext): Promise<CouldNotLook> => {
  const error: unknown = await look(spec, context).catch((thrown: unknown) => thrown);
  if (error instanceof CouldNotLook) return error;
  throw new Error('it could be looked at', { cause: error });
};

test('the beats of a check are the earlier runs in which it was good', async () => {
  const { asked, context } = history([
    ago(50 * HOUR, 'pass'),
    ago(26 * HOUR, 'warn'),
    ago(2 * HOUR, 'fail'),
    ago(1, 'unknown'),
  ]);
  expect(await look(backup, context)).toEqual({
    'last-beat': '2026-11-02T10:00:00.000Z',
    age: 26 * HOUR,
    missed: 1,
    beats: 2,
  });
  expect(asked).toEqual([['backup', 250 * HOUR]]);
});

test('a history without a good run has no beat, which is not a pass', async () => {
  const { context } = history([ago(2 * HOUR, 'fail'), ago(1 * HOUR, 'unknown')]);
  expect(await look(backup, context)).toEqual({ beats: 0 });
});

test('without a history nothing is known', async () => {
  const none = await failureOf(backup, testContext());
  expect(none).toMatchObject({
    code: 'not-run',
    message: 'there is no history in this run, so beats of backup are not known',
  });
  for (const results of [[], [ago(HOUR, 'unknown'), ago(HOUR, 'skipped'), ago(HOUR, 'blocked')]]) {
    expect(await failureOf(backup, history(results).context)).toMatchObject({
      code: 'not-run',
      message: 'no earlier run could tell anything about backup: nothing is known of its beats',
    });
  }
});

test('a history that does not answer does not hold up the end', async () => {
  const controller = new AbortController();
  const context = testContext(1000, { signal: controller.signal, earlier: () => new Promise(() => {}) });
  const looking = look(backup, context);
  controller.abort('SIGINT');
  await expect(looking).rejects.toBe('SIGINT');
});

const hourly = (count: number, outcome: (hour: number) => Outcome) =>
  Array.from({ length: count }, (_, index) => ago((count - index) * HOUR, outcome(count - index)));

test('uptime is made of the history when it is asked, over a week or as far as the check says', async () => {
  const { asked, context } = history(hourly(400, (hour) => (hour <= 12 ? 'fail' : 'pass')));
  const from = { history: 'api' };
  expect(await look({ from, every: '24h', uptime: '99%' }, context)).toMatchObject({ uptime: 156 / 168 });
  expect(await look({ from, every: '24h', 'uptime-window': '1d' }, context)).toMatchObject({ uptime: 0.5 });
  expect(await look({ from, every: '24h' }, { ...context, asked: ['uptime'] })).toHaveProperty('uptime');
  expect(await look({ from, every: '24h' }, context)).not.toHaveProperty('uptime');
  expect(asked).toContainEqual(['api', 14 * DAY]);
});

test('a file that beats may have its uptime from the history of a check', async () => {
  const { asked, context } = history(hourly(400, () => 'pass'));
  const spec: Spec = { from: import.meta.filename, every: '15m', uptime: '99%', 'uptime-of': 'other' };
  expect(await look(spec, context)).toMatchObject({ uptime: 1, beats: 1 });
  expect(asked).toEqual([['other', 14 * DAY]]);
});

test('too little history gives a reason instead of an uptime', async () => {
  const spec: Spec = { from: { history: 'api' }, every: '24h', uptime: '99%' };
  const young = await look(spec, history(hourly(24, () => 'pass')).context);
  expect(young).toMatchObject({
    'uptime-problem': 'the history of api tells of 14 % of the last 7d: at least 90 % are needed',
  });
  expect(young).not.toHaveProperty('uptime');
  const file: Spec = { from: import.meta.filename, every: '15m', uptime: '99%', 'uptime-of': 'other' };
  expect(await look(file, testContext())).toMatchObject({
    'uptime-problem': 'there is no history in this run, so the uptime of other is not known',
  });
});
