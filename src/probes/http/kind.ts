import { defineProbe, type DefaultExpectation } from '../probe.ts';
import { httpHost, httpLayers, shownTarget } from './address.ts';
import { curlCommand } from './curl.ts';
import { familyDefaults, unreachableDefault } from './family-facts.ts';
import { httpFactTable } from './fact-table.ts';
import { refreshDefault } from './html/refresh-signs.ts';
import { methodOf } from './policy.ts';
import { httpProblems } from './problems.ts';
import type { Spec } from './schema.ts';
import { httpSigns } from './signs.ts';

/** What every answer over HTTP is asked: success, nothing after its end, and no dead address on the way. */
export const httpDefaults: readonly DefaultExpectation[] = [
  { fact: 'status', matcher: 'status', expected: ['2xx'], level: 'expect', code: null },
  { fact: 'extra-bytes', matcher: 'equals', expected: 0, level: 'warn', code: 'invalid-response' },
  unreachableDefault,
];

/** Methods that change nothing, by RFC 9110. */
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** One request over HTTP, on a fresh connection. */
export const http = defineProbe<'http', typeof Spec>({
  kind: 'http',
  summary:
    'Sends one request and reports the answer. Redirects are not followed unless `follow` says so: a login page that answers 200 is no proof.',
  shorthand: 'url',
  facts: httpFactTable,
  target: shownTarget,
  host: httpHost,
  layers: httpLayers,
  problems: httpProblems,
  defaults: (spec) => [...httpDefaults, refreshDefault('only', 'redirect-unexpected'), ...familyDefaults(spec)],
  explain: (facts) => httpSigns(facts),
  tryCommand: curlCommand,
  changes: (spec) => !SAFE_METHODS.has(methodOf(spec)),
  load: () => import('./look.ts'),
});
