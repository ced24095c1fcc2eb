import type { Insight } from '../../../src/history/insight.ts';
import type { KeptResult } from '../../../src/history/store.ts';
import type { CheckResult, Run } from '../../../src/model/run.ts';
import type { TriageContext } from '../../../src/report/triage/view.ts';
import { blocked, passed, run, runbook } from '../reports/build.ts';

/** What a triage may come upon, as literals: a run, and what is known beside it. */
export type Situation = { readonly run: Run; readonly context: TriageContext };

const NOW = new Date('2026-11-21T02:14:20.000Z');

const result = (id: string, changes: Partial<KeptResult>): KeptResult => ({
  id,
  kind: 'http',
  component: null,
  outcome: 'fail',
  standing: 'bad',
  reasonCode: 'http-5xx',
  layer: 'http',
  flaky: false,
  message: '',
  at: '2026-11-19T20:00:00.000Z',
  durationMs: 80,
  causeKey: `${id}:http-5xx`,
  facts: {},
  run: '20261119-200000-aaaa',
  ...changes,
});

const insight = (check: string, changes: Partial<Insight> = {}): Insight => ({
  check,
  lastGood: null,
  firstBad: null,
  comparedWith: null,
  changes: [],
  otherConfig: false,
  flapping: false,
  seenBefore: null,
  ...changes,
});

const context = (changes: Partial<TriageContext> = {}): TriageContext => ({
  now: NOW,
  insights: [],
  stakeOf: () => ({ gates: [], neededBy: [], needs: [] }),
  impactOf: () => '',
  cutOf: () => null,
  details: ['gonogo', 'report', 'reports/triage-20261121-021407-k3v9'],
  ...changes,
});

const health = passed('dashboard-health', 12, {
  title: 'The dashboard says that it is healthy',
  component: 'dashboard',
  priority: 'P0',
  outcome: 'fail',
  reasonCode: 'http-5xx',
  layer: 'http',
  message: 'the server answers 502 Bad Gateway',
  layers: [
    { layer: 'dns', state: 'ok' },
    { layer: 'tcp', state: 'ok' },
    { layer: 'http', state: 'broken' },
  ],
  facts: { status: 502, duration: 84 },
  expectations: [],
  runbook: runbook('operations.md', 'dashboard-answers-5xx', 'Dashboard answers 5xx', [
    'See whether the application runs: `systemctl status dashboard`',
    'If it stops again, roll back to the release before.',
  ]),
});

const tasks = passed('dashboard-tasks', 20, {
  component: 'dashboard',
  outcome: 'fail',
  reasonCode: 'assertion-failed',
  layer: 'content',
  message: '$.tasks: nothing is not a list',
});

const slow = passed('search', 30, {
  outcome: 'fail',
  reasonCode: 'timeout',
  layer: 'http',
  message: 'no answer within 5 s',
  durationMs: 5001,
  owner: null,
});

const triaged = (checks: readonly CheckResult[], changes: Partial<Run> = {}): Run =>
  run(checks, { blockers: checks.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'warn').map((one) => blocked(one)), ...changes });

/** One root cause, with everything that can be known of it. */
const known: Situation = {
  run: triaged([health, tasks, passed('landing', 40)], {
    verdict: 'NO-GO',
    contradictions: [
      {
        component: 'support',
        claim: { check: 'support-health', says: 'health status is "pass"' },
        evidence: { check: 'support-index', says: 'no index' },
        message: 'support-health passes for support while support-index fails: no index',
      },
    ],
    notChecked: [
      { id: 'checkout', why: 'a scenario may change something: gonogo run does it' },
      { id: 'soak', why: 'one look takes longer than this triage' },
    ],
  }),
  context: context({
    stakeOf: (check) =>
      check === 'dashboard-health'
        ? { gates: ['launch'], neededBy: ['dashboard-tasks'], needs: [] }
        : { gates: ['launch'], neededBy: [], needs: ['dashboard-health'] },
    impactOf: () => 'Nobody can use the dashboard.',
    insights: [
      insight('dashboard-health', {
        firstBad: '2026-11-21T01:59:00.000Z',
        lastGood: { run: '20261121-014400-bbbb', at: '2026-11-21T01:44:00.000Z' },
        comparedWith: '20261121-014400-bbbb',
        changes: [
          { check: 'dashboard-health', fact: 'headers.server', before: 'nginx/1.28', after: 'nginx/1.29' },
          { check: 'landing', fact: 'tls.fingerprint', before: 'ab', after: 'cd' },
        ],
        otherConfig: true,
        flapping: true,
        seenBefore: {
          began: result('dashboard-health', {}),
          last: result('dashboard-health', { at: '2026-11-19T20:12:00.000Z' }),
          ended: result('dashboard-health', { at: '2026-11-19T20:14:00.000Z', outcome: 'pass', run: '20261119-201400-cccc' }),
        },
      }),
    ],
  }),
};

/** Nothing is broken; a warning, a waived failure, and a credential that is missing. */
const good: Situation = {
  run: triaged([passed('a', 1), passed('b', 2, { outcome: 'warn', reasonCode: 'slow', message: 'it is slow' })], {
    verdict: 'CONDITIONAL',
    banners: ['API_TOKEN is not set, so this was skipped: billing'],
  }),
  context: context(),
};

/** Many root causes, of which only some are told in full; nothing is known of earlier runs. */
const many: Situation = {
  run: triaged(
    [slow, ...Array.from({ length: 24 }, (_, at) => passed(`shop-${at}`, at + 1, { ...slow, id: `shop-${at}`, title: `shop-${at}` }))],
    { verdict: 'NO-GO' },
  ),
  context: context({ cutOf: () => ({ lookedMs: 5000, allowedMs: 10_000 }) }),
};

/** There was nothing to look at: that is no good news. */
const nothing: Situation = {
  run: triaged([], { verdict: 'HOLD', notChecked: [{ id: 'soak', why: 'one look takes longer than this triage' }] }),
  context: context(),
};

export const SITUATIONS: readonly (readonly [string, Situation])[] = [
  ['known', known],
  ['good', good],
  ['many', many],
  ['nothing', nothing],
];
