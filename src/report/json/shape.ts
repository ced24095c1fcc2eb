/**
 * The order of keys in `run.json`: that of the schema. A shape with entries orders an object, or each object of a list;
 * null is free-form data, which keeps the order in which it was seen.
 */
export type Shape = { readonly [key: string]: Shape | null };

const keys = (...names: readonly string[]): Shape => Object.fromEntries(names.map((name) => [name, null]));

const POSITION = keys('file', 'line', 'column');
const OWNER = keys('id', 'contact', 'escalation');
const RUNBOOK = keys('file', 'anchor', 'title', 'url', 'steps');
const SAYING = keys('check', 'says');

const WAIVER: Shape = {
  ...keys('check', 'reasonCode', 'reason', 'owner', 'approvedBy', 'expires'),
  source: POSITION,
  state: null,
};

const CHECK: Shape = {
  ...keys('id', 'title', 'kind', 'target', 'component'),
  owner: OWNER,
  ...keys('tags', 'priority', 'deadline', 'outcome', 'flaky', 'reasonCode', 'layer', 'message', 'causedBy'),
  expectations: {
    ...keys('fact', 'matcher', 'expected', 'actual', 'held', 'level', 'explanation'),
    source: POSITION,
  },
  layers: keys('layer', 'state'),
  source: POSITION,
  attempts: keys('number', 'outcome', 'reasonCode', 'startedAt', 'durationMs'),
  ...keys('attemptsAllowed', 'startedAt', 'durationMs'),
  timings: keys('dnsMs', 'connectMs', 'tlsMs', 'firstByteMs', 'downloadMs'),
  facts: null,
  runbook: RUNBOOK,
  tryCommand: null,
  waiver: WAIVER,
  evidence: null,
};

const STEP: Shape = { ...CHECK, ...keys('name', 'leftOut') };

const MANUAL: Shape = {
  ...CHECK,
  signOffs: {
    ...keys('by', 'at', 'choice', 'note'),
    evidence: keys('file', 'sha256'),
    ...keys('state', 'signed', 'expiresAt'),
  },
  ...keys('choice', 'due'),
};

const WORK: Shape = {
  items: {
    ...keys('id', 'title', 'group', 'owner', 'deadline', 'deadlineState', 'estimateMs', 'optional', 'state'),
    ...keys('blockedBy', 'missing'),
    claimedDone: null,
    source: POSITION,
  },
  criticalPath: keys('ids', 'totalMs', 'unestimated', 'deadline', 'leftMs', 'deadlineState'),
  ...keys('startable', 'withoutIds'),
};

const RISK: Shape = {
  ...keys('id', 'title', 'impact', 'mitigation', 'owner', 'checks'),
  source: POSITION,
  ...keys('state', 'showing'),
};

const GATE: Shape = {
  ...keys('id', 'title', 'owner', 'deadline', 'deadlineState', 'estimateMs', 'verdict'),
  criteria: keys('id', 'tier', 'outcome', 'waived', 'effect'),
  ...keys('needs', 'blockedBy', 'conditions', 'notes'),
  coverage: keys('tier', 'total', 'evaluated', 'passed', 'waived'),
};

const BLOCKER: Shape = {
  cause: keys('check', 'reasonCode', 'layer', 'message'),
  ...keys('outcome', 'verdict', 'same'),
  affects: keys('checks', 'gates'),
  owner: OWNER,
  ...keys('priority', 'deadline', 'deadlineState', 'since', 'dueAt', 'overdue'),
  runbook: RUNBOOK,
  next: null,
};

export const RUN_SHAPE: Shape = {
  schemaVersion: null,
  run: {
    ...keys('id', 'name', 'environment', 'startedAt', 'finishedAt', 'durationMs', 'complete', 'interruptedBy'),
    tool: keys('name', 'version'),
    configDigest: null,
  },
  ...keys('verdict', 'reasons', 'validUntil'),
  gates: GATE,
  checks: CHECK,
  scenarios: { ...CHECK, steps: STEP, cleanup: STEP },
  manual: MANUAL,
  waivers: WAIVER,
  work: WORK,
  risks: RISK,
  blockers: BLOCKER,
  repair: keys('checks', 'verdict'),
  contradictions: { component: null, claim: SAYING, evidence: SAYING, message: null },
  banners: null,
  notChecked: keys('id', 'why'),
  totals: keys('checks', 'pass', 'warn', 'fail', 'unknown', 'blocked', 'skipped', 'flaky'),
};
