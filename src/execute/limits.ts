import pLimit, { type LimitFunction } from 'p-limit';
import type { Plan, PlannedCheck } from '../plan/plan.ts';

/** Runs a task as soon as its check may run beside those that run already. */
export type Limits = <T>(check: Limited, task: () => Promise<T>) => Promise<T>;

/** What counts for the limits. A scenario is `unlimited` but for its mutex: its steps take the places, one by one. */
export type Limited = Pick<PlannedCheck, 'mutex' | 'host' | 'heavy'> & { readonly unlimited?: boolean };

/** So many browsers at the same time: more of them only make each other slow, and a slow page looks like a bad one. */
const MOST_HEAVY = 2;

/**
 * The limits of a plan: one check at a time for each `mutex`, `perHost` for each host, `concurrency` in all. They are
 * always taken in that order, so that nobody who waits for a narrow one holds a place in a wider one, and every check
 * passes as many of them, so that checks start in the order of the plan.
 */
export const makeLimits = ({ concurrency, perHost }: Pick<Plan, 'concurrency' | 'perHost'>): Limits => {
  const everywhere = pLimit(concurrency);
  const unlimited = pLimit(Number.POSITIVE_INFINITY);
  const browsers = pLimit(MOST_HEAVY);
  const mutexes = new Map<string, LimitFunction>();
  const hosts = new Map<string, LimitFunction>();
  return (check, task) => {
    const mutex = check.mutex === null ? unlimited : limitNamed(check.mutex, 1, mutexes);
    const host = check.host === null ? unlimited : limitNamed(check.host, perHost, hosts);
    const lane = check.heavy ? browsers : unlimited;
    return mutex(() => lane(() => host(() => (check.unlimited === true ? task() : everywhere(task)))));
  };
};

const limitNamed = (name: string, most: number, limits: Map<string, LimitFunction>): LimitFunction => {
  const known = limits.get(name);
  if (known !== undefined) return known;
  const limit = pLimit(most);
  limits.set(name, limit);
  return limit;
};
