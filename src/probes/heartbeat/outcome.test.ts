import { expect, test } from 'vitest';
import { assessAttempt } from '../../judge/assess.ts';
import { evaluate } from '../../matchers/evaluate.ts';
import type { Facts } from '../../model/observation.ts';
import { heartbeat } from './kind.ts';
import type { Spec } from './schema.ts';

const spec: Spec = { from: { history: 'api' }, every: '15m', uptime: '99%' };

/** What becomes of a check with nothing but its defaults. */
const outcomeOf = (facts: Facts): string => {
  const results = heartbeat.defaults(spec).map((one) => evaluate({ ...one, source: null }, facts, new Date()));
  const observation = { state: 'observed', facts, signs: heartbeat.explain(facts, spec) } as const;
  const { outcome, code } = assessAttempt({ number: 1, startedAt: '', durationMs: 0, observation, results });
  return code === null ? outcome : `${outcome} ${code}`;
};

const beat = { 'last-beat': '2026-11-03T11:00:00.000Z' };

test.each<[string, Facts, string]>([
  ['a beat in time and enough uptime', { ...beat, age: 1, missed: 0, uptime: 0.99 }, 'pass'],
  ['an old beat', { ...beat, age: 900_001, missed: 1, uptime: 1 }, 'fail heartbeat-missed'],
  ['too little uptime', { ...beat, age: 1, missed: 0, uptime: 0.98 }, 'fail uptime-low'],
  ['a beat in time and an uptime that is not known', { ...beat, age: 1, 'uptime-problem': 'x' }, 'unknown not-run'],
  [
    'an old beat and an uptime that is not known',
    { ...beat, age: 900_001, 'uptime-problem': 'x' },
    'fail heartbeat-missed',
  ],
  ['a beat from the future', { ...beat, ahead: 61_000, uptime: 1 }, 'fail assertion-failed'],
  ['no good run', { beats: 0, uptime: 1 }, 'fail heartbeat-missed'],
])('%s', (_what, facts, outcome) => {
  expect(outcomeOf(facts)).toBe(outcome);
});
