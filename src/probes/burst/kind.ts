import { httpHost, httpLayers, httpTarget } from '../http/address.ts';
import { curlCommand } from '../http/curl.ts';
import { defineProbe, type DefaultExpectation } from '../probe.ts';
import { explain } from './explain.ts';
import { burstFactTable } from './fact-table.ts';
import { burstPlan } from './plan.ts';
import { burstProblems } from './problems.ts';
import type { Spec } from './schema.ts';

const DEFAULTS: readonly DefaultExpectation[] = [
  { fact: 'server-errors', matcher: 'equals', expected: 0, level: 'expect', code: 'http-5xx' },
  { fact: 'failures', matcher: 'empty', expected: true, level: 'expect', code: null },
  { fact: 'limited', matcher: 'at-least', expected: 1, level: 'expect', code: 'rate-limit-absent' },
  { fact: 'retry-after', matcher: 'exists', expected: true, level: 'expect', code: 'retry-after-missing' },
  { fact: 'recovered', matcher: 'equals', expected: true, level: 'expect', code: null },
  { fact: 'rate-limit.flaws', matcher: 'empty', expected: true, level: 'warn', code: 'assertion-failed' },
];

/** Many requests at once, to see that a limit holds and lets go again. */
export const burst = defineProbe<'burst', typeof Spec>({
  kind: 'burst',
  summary:
    'Sends a burst of requests to find where the rate limit lies: 429 with Retry-After, no 5xx, and the service recovers. Only against targets under `allow-bursts`.',
  shorthand: 'url',
  facts: burstFactTable,
  target: httpTarget,
  host: httpHost,
  layers: httpLayers,
  problems: burstProblems,
  defaults: () => DEFAULTS,
  explain,
  tryCommand: curlCommand,
  load: () => import('./look.ts'),
  lastsMs: (spec) => {
    const { withinMs, recoverWithinMs } = burstPlan(spec);
    return withinMs + recoverWithinMs;
  },
  changes: () => true,
  floods: (spec) => spec['connect-to']?.toLowerCase() ?? httpHost(spec),
});
