import type { Gate } from '../config/config.ts';
import type { Attempt, CheckRecord, RunRecord } from '../execute/event.ts';
import type { ExpectationResult } from '../matchers/expectation.ts';
import type { Facts, Observation, Sign } from '../model/observation.ts';
import type { Outcome } from '../model/outcome.ts';
import type { ReasonCode } from '../model/reason-code.ts';
import type { RecordedCheck, RecordedPlan } from '../plan/plan.ts';

/** Builders of run records for tests: everything has a plain value, and a test names only what it is about. */

export const NOW = new Date('2026-11-21T12:00:00Z');

export const plannedCheck = (id: string, given: Partial<RecordedCheck> = {}): RecordedCheck => ({
  id,
  title: `The check ${id}`,
  kind: 'http',
  target: `http://${id}.example.com/`,
  host: `${id}.example.com:80`,
  layers: ['dns', 'tcp', 'http', 'content'],
  tryCommand: null,
  component: null,
  owner: null,
  tags: [],
  needs: [],
  expectations: [],
  timeoutMs: 1000,
  retry: { attempts: 2, delayMs: 10 },
  eventually: null,
  samples: 1,
  mutex: null,
  heavy: false,
  maintenance: [],
  executes: false,
  changes: false,
  runbook: null,
  priority: null,
  deadline: null,
  missing: [],
  source: { file: 'gonogo.yaml', line: 1, column: 1 },
  sections: { own: null, byCode: {}, default: null },
  forbidden: null,
  ...given,
});

export const gate = (id: string, musts: readonly string[], given: Partial<Gate> = {}): Gate => ({
  id,
  title: `The gate ${id}`,
  criteria: musts.map((check) => ({ id: check, tier: 'must' })),
  needs: [],
  owner: null,
  deadline: null,
  estimateMs: null,
  flaky: 'warn',
  source: { file: 'gonogo.yaml', line: 2, column: 1 },
  ...given,
});

export const result = (given: Partial<ExpectationResult> = {}): ExpectationResult => ({
  fact: 'status',
  matcher: 'status',
  expected: ['2xx'],
  level: 'expect',
  code: null,
  source: null,
  held: true,
  break: null,
  explanation: '',
  ...given,
});

export const broken = (given: Partial<ExpectationResult> = {}): ExpectationResult =>
  result({ held: false, break: 'different', explanation: 'number 500 is not 2xx', actual: 500, ...given });

export const observed = (facts: Facts = {}, signs: readonly Sign[] = []): Observation => ({
  state: 'observed',
  facts,
  signs,
});

export const unobserved = (code: ReasonCode, message = 'it could not be looked at'): Observation => ({
  state: 'unobserved',
  code,
  message,
  facts: {},
  signs: [],
});

export const attempt = (
  observation: Observation = observed(),
  results: readonly ExpectationResult[] = observation.state === 'observed' ? [result()] : [],
  number = 1,
): Attempt => ({ number, startedAt: '2026-11-21T11:59:00.000Z', durationMs: 100, observation, results });

export const done = (...attempts: readonly Attempt[]): CheckRecord => ({
  attempts: attempts.map((one, index) => ({ ...one, number: index + 1 })),
  finished: true,
  notRun: null,
  bound: null,
  leftOut: null,
});

export const leftOut = (code: ReasonCode, message = 'it was left out'): CheckRecord => ({
  attempts: [],
  finished: false,
  notRun: { code, message },
  bound: null,
  leftOut: null,
});

/** What a check that ends in this outcome leaves behind. */
export const recordOf: { readonly [Name in Outcome]: CheckRecord } = {
  pass: done(attempt()),
  warn: done(attempt(observed(), [result(), broken({ level: 'warn' })])),
  fail: done(attempt(observed(), [broken()])),
  unknown: done(attempt(unobserved('probe-crashed'))),
  blocked: leftOut('needs-failed'),
  skipped: leftOut('missing-credential'),
};

export const FLAKY: CheckRecord = done(attempt(unobserved('timeout')), attempt(), attempt());

type Given = {
  readonly checks: readonly (readonly [RecordedCheck, CheckRecord | null])[];
  readonly gates: readonly Gate[];
  readonly plan?: Partial<RecordedPlan>;
  readonly run?: Partial<RunRecord>;
};

export const runRecord = ({ checks, gates, plan = {}, run = {} }: Given): RunRecord => ({
  runId: 'run-1',
  tool: { name: 'gonogo', version: '0.1.0' },
  startedAt: '2026-11-21T11:59:00.000Z',
  finishedAt: '2026-11-21T12:00:00.000Z',
  durationMs: 60_000,
  interruptedBy: null,
  since: {},
  plan: {
    name: 'Test',
    environment: null,
    configDigest: 'd'.repeat(64),
    order: checks.map(([{ id }]) => id),
    checks: checks.map(([check]) => check),
    gates,
    owners: {},
    components: {},
    sections: {},
    notSelected: [],
    controls: [],
    manual: [],
    waivers: [],
    items: [],
    risks: [],
    waiverHorizonMs: 90 * 86_400_000,
    serviceLevels: {},
    scenarios: [],
    concurrency: 8,
    perHost: 2,
    deadlineMs: null,
    ...plan,
  },
  checks: new Map(checks.flatMap(([{ id }, record]) => (record === null ? [] : [[id, record]]))),
  ...run,
});
