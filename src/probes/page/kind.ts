import type { Layer } from '../../model/layer.ts';
import { httpHost, httpLayers, httpTarget } from '../http/address.ts';
import { defineProbe, type DefaultExpectation } from '../probe.ts';
import { explainPage } from './explain.ts';
import { pageFactTable } from './fact-table.ts';
import { pageProblems } from './problems.ts';
import type { Spec } from './schema.ts';
import { START_MS } from './time-budget.ts';

/** What every page is asked: that it is there, and that nothing in it is broken as far as a browser can tell. */
const ASKED: readonly DefaultExpectation[] = [
  { fact: 'status', matcher: 'status', expected: ['2xx'], level: 'expect', code: null },
  { fact: 'same-site', matcher: 'equals', expected: true, level: 'expect', code: 'redirect-unexpected-target' },
  { fact: 'page-errors', matcher: 'empty', expected: true, level: 'expect', code: 'page-error' },
  { fact: 'csp-violations', matcher: 'empty', expected: true, level: 'expect', code: 'page-csp' },
  { fact: 'failed-requests', matcher: 'empty', expected: true, level: 'expect', code: 'page-request-failed' },
  { fact: 'console-errors', matcher: 'empty', expected: true, level: 'warn', code: 'page-error' },
];

const defaults = ({ steps, follow }: Spec): readonly DefaultExpectation[] => [
  ...ASKED,
  ...(follow === true
    ? []
    : [{ fact: 'redirects', matcher: 'equals', expected: 0, level: 'warn', code: 'redirect-unexpected' } as const]),
  ...(steps === undefined
    ? []
    : [{ fact: 'steps-done', matcher: 'equals', expected: steps.length, level: 'expect', code: null } as const]),
];

const layers = ({ url }: Spec): readonly Layer[] => httpLayers({ url, follow: true });

const READING: ReadonlySet<string> = new Set(['goto', 'hover', 'wait-for', 'expect', 'read', 'within']);

/** A page in a real browser: what it shows, what is broken in it, and what can be done on it. */
export const page = defineProbe<'page', typeof Spec>({
  kind: 'page',
  summary:
    'Opens a page in Chromium, can do steps on it, and reports what it shows and what is broken in it. A missing browser is `browser-missing`, never a pass.',
  shorthand: 'url',
  facts: pageFactTable,
  target: ({ url }) => httpTarget({ url }),
  host: ({ url }) => httpHost({ url }),
  layers,
  problems: pageProblems,
  defaults,
  explain: explainPage,
  tryCommand: ({ url }) => ['chromium', '--incognito', httpTarget({ url })],
  executes: () => true,
  heavy: true,
  lastsMs: () => START_MS,
  // Nobody knows what a click does: it is never made twice by itself.
  changes: ({ steps = [] }) => steps.some((step) => Object.keys(step).some((action) => !READING.has(action))),
  load: () => import('./look.ts'),
});
