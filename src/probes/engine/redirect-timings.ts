import { isJsonObject } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import type { Timings } from './answer.ts';

const PHASES = ['dns', 'connect', 'tls', 'request', 'wait', 'transfer', 'other'] as const;

const number = (facts: Facts, name: string): number | null => {
  const value = facts[name];
  return typeof value === 'number' ? value : null;
};

/** Adds up the fact `timings` of several exchanges, phase by phase; a phase that none of them reached stays absent. */
export const sumTimings = (exchanges: readonly Facts[]): Timings => {
  const timings = exchanges.map((facts) => facts['timings']).filter(isJsonObject);
  const sum = (name: string): number | null => {
    const seen = timings.map((one) => number(one, name)).filter((value) => value !== null);
    return seen.length === 0 ? null : seen.reduce((total, value) => total + value, 0);
  };
  const phases = PHASES.flatMap((name) => {
    const total = sum(name);
    return total === null ? [] : [[name, total] as const];
  });
  return { ...Object.fromEntries(phases), total: sum('total') ?? 0 };
};
