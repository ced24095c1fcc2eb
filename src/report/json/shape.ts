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
  ...keys('tryCommand', 'waiver', 'evidence'),
};

const GATE: Shape = {
  ...keys('id', 'title', 'owner', 'deadline', 'verdict'),
  criteria: keys('id', 'tier', 'outcome', 'waived', 'effect'),
  ...keys('needs', 'blockedBy', 'conditions', 'notes'),
  coverage: keys('tier', 'total', 'evaluated', 'passed', 'waived'),
};

const BLOCKER: Shape = {
  cause: keys('check', 'reasonCode', 'layer', 'message'),
  ...keys('outcome', 'verdict', 'same'),
  affects: keys('checks', 'gates'),
  owner: OWNER,
  ...keys('priority', 'deadline', 'since'),
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
  blockers: BLOCKER,
  repair: keys('checks', 'verdict'),
  contradictions: { component: null, claim: SAYING, evidence: SAYING, message: null },
  banners: null,
  notChecked: keys('id', 'why'),
  totals: keys('checks', 'pass', 'warn', 'fail', 'unknown', 'blocked', 'skipped', 'flaky'),
};
