import { parseDuration } from '../../matchers/units.ts';
import type { Spec } from './schema.ts';

/** How often a beat must come and how late it may be, in milliseconds. */
export type Schedule = { readonly everyMs: number; readonly graceMs: number };

/** The schedule of a spec without problems. */
export const scheduleOf = ({ every, grace }: Pick<Spec, 'every' | 'grace'>): Schedule => ({
  everyMs: parseDuration(every) ?? 0,
  graceMs: grace === undefined ? 0 : (parseDuration(grace) ?? 0),
});

/** The highest age of the last beat that is still in time. */
export const mostMs = ({ everyMs, graceMs }: Schedule): number => everyMs + graceMs;

/** Beats that were due since the last one and whose grace is over as well. */
export const missedBeats = (ageMs: number, schedule: Schedule): number =>
  ageMs <= mostMs(schedule) ? 0 : Math.floor((ageMs - schedule.graceMs) / schedule.everyMs);
