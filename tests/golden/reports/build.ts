import type { Blocker, CheckResult, GateResult, OwnerShown, Run, RunbookSection } from '../../../src/model/run.ts';

/** Sample runs are literals over these: a check that passed, a gate that is open, a run in which all is well. */

export const platform: OwnerShown = {
  id: 'platform',
  contact: '#platform',
  escalation: ['platform on call within 15 min', 'head of engineering within 1 h'],
};

export const search: OwnerShown = { id: 'search', contact: '#search', escalation: [] };

export const runbook = (file: string, anchor: string, title: string, steps: readonly string[]): RunbookSection => ({
  file: `docs/runbooks/${file}`,
  anchor,
  title,
  url: `docs/runbooks/${file}#${anchor}`,
  steps,
});

export const passed = (id: string, line: number, changes: Partial<CheckResult> = {}): CheckResult => ({
  id,
  title: id,
  kind: 'http',
  target: `https://${id}.example.com/`,
  component: null,
  owner: platform,
  tags: [],
  priority: null,
  deadline: null,
  outcome: 'pass',
  flaky: false,
  reasonCode: null,
  layer: null,
  message: '',
  causedBy: null,
  expectations: [
    {
      fact: 'status',
      matcher: 'status',
      expected: ['2xx'],
      actual: 200,
      held: true,
      level: 'expect',
      explanation: '',
      source: null,
    },
  ],
  layers: [
    { layer: 'dns', state: 'ok' },
    { layer: 'tcp', state: 'ok' },
    { layer: 'tls', state: 'ok' },
    { layer: 'http', state: 'ok' },
  ],
  source: { file: 'checks/launch.yaml', line, column: 3 },
  attempts: [{ number: 1, outcome: 'pass', reasonCode: null, startedAt: '2026-11-21T02:14:07.120Z', durationMs: 84 }],
  attemptsAllowed: 2,
  startedAt: '2026-11-21T02:14:07.120Z',
  durationMs: 84,
  timings: { dnsMs: 3, connectMs: 11, tlsMs: 24, firstByteMs: 40, downloadMs: 6 },
  facts: { status: 200, duration: 84, tls: { 'days-left': 61 } },
  runbook: null,
  tryCommand: ['curl', '-sS', `https://${id}.example.com/`],
  waiver: null,
  evidence: [],
  ...changes,
});

export const blocked = (by: CheckResult, changes: Partial<Blocker> = {}): Blocker => ({
  cause: {
    check: by.id,
    reasonCode: by.reasonCode ?? 'not-run',
    layer: by.layer ?? 'run',
    message: by.message,
  },
  outcome: by.outcome,
  verdict: by.outcome === 'fail' ? 'NO-GO' : 'HOLD',
  same: [],
  affects: { checks: [], gates: ['launch'] },
  owner: by.owner,
  priority: by.priority,
  deadline: by.deadline,
  deadlineState: by.deadline === null ? null : 'ahead',
  since: null,
  dueAt: null,
  overdue: false,
  runbook: by.runbook,
  next: by.runbook?.steps[0] ?? `Find out why ${by.id} is not good`,
  ...changes,
});

export const gate = (id: string, changes: Partial<GateResult> = {}): GateResult => ({
  id,
  title: id,
  owner: null,
  deadline: null,
  deadlineState: null,
  estimateMs: null,
  verdict: 'GO',
  criteria: [],
  needs: [],
  blockedBy: [],
  conditions: [],
  notes: [],
  coverage: [],
  ...changes,
});

const count = (checks: readonly CheckResult[], outcome: CheckResult['outcome']): number =>
  checks.filter((check) => check.outcome === outcome).length;

export const run = (checks: readonly CheckResult[], changes: Partial<Run> = {}): Run => ({
  schemaVersion: 1,
  run: {
    id: '20261121-021407-k3v9',
    name: 'Marketplace launch',
    environment: 'staging',
    startedAt: '2026-11-21T02:14:07.000Z',
    finishedAt: '2026-11-21T02:14:19.400Z',
    durationMs: 12_400,
    complete: true,
    interruptedBy: null,
    tool: { name: 'gonogo', version: '0.1.0' },
    configDigest: '7c0e6e1c3b5d4a0f9a57c2d7f2be6d3e8a1f40b6c9d2e5f8071a3b4c5d6e7f80',
  },
  verdict: 'GO',
  reasons: [],
  validUntil: null,
  gates: [],
  checks,
  scenarios: [],
  manual: [],
  waivers: [],
  work: null,
  risks: [],
  blockers: [],
  repair: null,
  contradictions: [],
  banners: [],
  notChecked: [],
  totals: {
    checks: checks.length,
    pass: count(checks, 'pass'),
    warn: count(checks, 'warn'),
    fail: count(checks, 'fail'),
    unknown: count(checks, 'unknown'),
    blocked: count(checks, 'blocked'),
    skipped: count(checks, 'skipped'),
    flaky: checks.filter((check) => check.flaky).length,
  },
  ...changes,
});
