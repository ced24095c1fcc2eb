import { parseDuration } from '../../matchers/units.ts';
import type { Facts } from '../../model/observation.ts';
import type { ProbeContext } from '../probe.ts';
import { earlierResults } from './history.ts';
import { mostMs, scheduleOf } from './schedule.ts';
import type { Spec } from './schema.ts';
import { uptimeCheckOf } from './source.ts';
import { LEAST_COVERAGE, uptimeOf } from './uptime.ts';

/** How far back uptime looks unless a check says otherwise. */
export const DEFAULT_WINDOW = '7d';

const isAsked = (spec: Spec, asked: readonly string[]): boolean =>
  spec.uptime !== undefined || spec['uptime-window'] !== undefined || asked.includes('uptime');

const percent = (ratio: number): string => `${Math.floor(ratio * 100)} %`;

/** The fact `uptime`, or `uptime-problem` when too little is known; neither when a check asks for none. */
export const uptimeFacts = async (spec: Spec, context: ProbeContext): Promise<Facts> => {
  if (!isAsked(spec, context.asked)) return {};
  const check = uptimeCheckOf(spec);
  if (check === null)
    return { 'uptime-problem': 'there is no check whose history it could be made of: name it under uptime-of' };
  const window = spec['uptime-window'] ?? DEFAULT_WINDOW;
  const windowMs = parseDuration(window) ?? 0;
  const holdsMs = mostMs(scheduleOf(spec));
  // What was seen right before the window speaks for its beginning.
  const results = await earlierResults(check, windowMs + Math.max(holdsMs, windowMs), context);
  if (results === null)
    return { 'uptime-problem': `there is no history in this run, so the uptime of ${check} is not known` };
  const uptime = uptimeOf(results, { nowMs: context.now().getTime(), windowMs, holdsMs });
  if (uptime.known) return { uptime: uptime.ratio };
  return {
    'uptime-problem': `the history of ${check} tells of ${percent(uptime.coverage)} of the last ${window}: at least ${percent(LEAST_COVERAGE)} are needed`,
  };
};
