import { parsePercentage } from '../../matchers/units.ts';
import type { Json } from '../../model/json.ts';
import type { Facts, Sign } from '../../model/observation.ts';
import { httpSigns } from '../http/signs.ts';
import { mostMs, scheduleOf } from './schedule.ts';
import type { Spec } from './schema.ts';

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const;

/** A span of time in the two largest units that it has: `3 d 4 h`, `47 min`, `12 s`. */
const span = (ms: number): string => {
  const first = UNITS.findIndex(([, size]) => ms >= size);
  const [large, small] = UNITS.slice(first < 0 ? UNITS.length - 1 : first);
  const count = large === undefined ? 0 : Math.floor(ms / large[1]);
  const rest = large === undefined || small === undefined ? 0 : Math.floor((ms % large[1]) / small[1]);
  return `${count} ${large?.[0] ?? 's'}${rest === 0 || small === undefined ? '' : ` ${rest} ${small[0]}`}`;
};

const number = (value: Json | undefined): number | null => (typeof value === 'number' ? value : null);
const text = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);

const percent = (ratio: number): string => `${Math.floor(ratio * 1e6) / 1e4} %`;

const ageSigns = (facts: Facts, spec: Spec): readonly Sign[] => {
  const [age, ahead, missed] = [number(facts['age']), number(facts['ahead']), number(facts['missed'])];
  const at = text(facts['last-beat']) ?? 'unknown';
  if (ahead !== null) {
    const message = `the last beat lies ${span(ahead)} in the future (${at}): a clock is wrong, there or here`;
    return ['age', 'missed', 'last-beat'].map((fact) => ({ code: 'assertion-failed', fact, message }));
  }
  if (facts['beats'] === 0) {
    const message = `none of the earlier looks was good, and one must be every ${spec.every}`;
    return ['age', 'missed', 'last-beat'].map((fact) => ({ code: 'heartbeat-missed', fact, message }));
  }
  if (age === null || age <= mostMs(scheduleOf(spec))) return [];
  const grace = spec.grace === undefined ? '' : ` with ${spec.grace} of grace`;
  const message = `the last beat was ${span(age)} ago (${at}), and one is due every ${spec.every}${grace}: ${missed ?? 0} missed`;
  return ['age', 'missed', 'last-beat'].map((fact) => ({ code: 'heartbeat-missed', fact, message }));
};

const uptimeSigns = (facts: Facts, spec: Spec): readonly Sign[] => {
  const problem = text(facts['uptime-problem']);
  if (problem !== null) return [{ code: 'not-run', fact: 'uptime', message: problem }];
  const [uptime, floor] = [number(facts['uptime']), parsePercentage(spec.uptime ?? '0%') ?? 0];
  if (uptime === null || uptime >= floor) return [];
  const message = `it was up for ${percent(uptime)} of the last ${spec['uptime-window'] ?? '7d'}, and must be for ${percent(floor)}`;
  return [{ code: 'uptime-low', fact: 'uptime', message }];
};

/** The conditions that a heartbeat can show. Pure. */
export const explainHeartbeat = (facts: Facts, spec: Spec): readonly Sign[] => [
  ...httpSigns(facts),
  ...ageSigns(facts, spec),
  ...uptimeSigns(facts, spec),
];
