import { Type, type TSchema } from 'typebox';
import { LAYERS } from './layer.ts';
import { OUTCOMES, TIERS, VERDICTS } from './outcome.ts';
import { REASON_CODES } from './reason-code.ts';

/** The contract of `run.json`; the types of `run.ts` and `schema/run.schema.json` come from here. */

const object = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });
const nullable = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()]);

const Time = Type.String({ description: 'ISO 8601 in UTC' });
const Ms = Type.Number({ minimum: 0, description: 'milliseconds' });
const DeadlineState = nullable(
  Type.Enum(['ahead', 'short', 'over'], {
    description: 'short: less time is left than it takes; null without a deadline, or with nothing left to do',
  }),
);
const AnyJson = Type.Unknown({ description: 'any JSON value' });

export const Outcome = Type.Enum(OUTCOMES);
export const Verdict = Type.Enum(VERDICTS);
export const Code = Type.Enum(REASON_CODES);
export const LayerName = Type.Enum(LAYERS);

export const Position = object({
  file: Type.String(),
  line: Type.Integer({ minimum: 1 }),
  column: Type.Integer({ minimum: 1 }),
});

export const ExpectationShown = object({
  fact: Type.String(),
  matcher: Type.String(),
  expected: AnyJson,
  actual: Type.Optional(AnyJson),
  held: Type.Boolean(),
  level: Type.Enum(['expect', 'warn']),
  explanation: Type.String({ description: 'empty when it held' }),
  source: nullable(Position),
});

export const RunbookSection = object({
  file: Type.String(),
  anchor: Type.String(),
  title: Type.String(),
  url: Type.String(),
  steps: Type.Array(Type.String()),
});

export const OwnerShown = object({
  id: Type.String(),
  contact: nullable(Type.String()),
  escalation: Type.Array(Type.String()),
});

export const LayerStep = object({
  layer: LayerName,
  state: Type.Enum(['ok', 'broken', 'not-reached']),
});

export const AttemptShown = object({
  number: Type.Integer({ minimum: 1 }),
  outcome: Outcome,
  reasonCode: nullable(Code),
  startedAt: Time,
  durationMs: Ms,
});

export const Waiver = object({
  check: Type.String(),
  reasonCode: Code,
  reason: Type.String(),
  owner: Type.String(),
  approvedBy: Type.String(),
  expires: Type.String({ description: 'ISO date or time' }),
  source: Position,
  state: Type.Enum(['in-force', 'expired', 'beyond-horizon', 'stale', 'other-reason', 'not-evaluated']),
});

const checkResult = {
  id: Type.String(),
  title: Type.String(),
  kind: Type.String(),
  target: Type.String(),
  component: nullable(Type.String()),
  owner: nullable(OwnerShown),
  tags: Type.Array(Type.String()),
  priority: nullable(Type.String()),
  deadline: nullable(Type.String()),
  outcome: Outcome,
  flaky: Type.Boolean(),
  reasonCode: nullable(Code),
  layer: nullable(LayerName),
  message: Type.String({ description: 'one sentence; empty for a pass' }),
  causedBy: nullable(Type.String({ description: 'the check that blocks this one' })),
  expectations: Type.Array(ExpectationShown),
  layers: Type.Array(LayerStep),
  source: Position,
  attempts: Type.Array(AttemptShown),
  attemptsAllowed: Type.Integer({ minimum: 1 }),
  startedAt: nullable(Time),
  durationMs: nullable(Ms),
  timings: object({
    dnsMs: Type.Optional(Ms),
    connectMs: Type.Optional(Ms),
    tlsMs: Type.Optional(Ms),
    firstByteMs: Type.Optional(Ms),
    downloadMs: Type.Optional(Ms),
  }),
  facts: Type.Record(Type.String(), AnyJson),
  runbook: nullable(RunbookSection),
  tryCommand: nullable(Type.Array(Type.String())),
  waiver: nullable(Waiver),
  evidence: Type.Array(Type.String()),
};

export const CheckResult = object(checkResult);

export const StepResult = object({
  ...checkResult,
  name: Type.String(),
  leftOut: Type.Boolean({
    description: 'its condition did not hold, or there was nothing to clean up; message says why',
  }),
});

/** A scenario with the evidence of the step that decided. */
export const ScenarioResult = object({
  ...checkResult,
  steps: Type.Array(StepResult),
  cleanup: Type.Array(StepResult),
});

/** A manual item, with what each person last signed. */
export const ManualResult = object({
  ...checkResult,
  signOffs: Type.Array(
    object({
      by: Type.String(),
      at: Time,
      choice: nullable(Type.String()),
      note: nullable(Type.String()),
      evidence: nullable(object({ file: Type.String(), sha256: Type.String() })),
      state: Type.Enum([
        'good',
        'expired',
        'item-changed',
        'evidence-changed',
        'no-evidence',
        'not-entitled',
        'no-choice',
        'in-the-future',
        'unsigned',
        'bad-signature',
      ]),
      signed: Type.Boolean({ description: 'with a signature that holds' }),
      expiresAt: nullable(Time),
    }),
  ),
  choice: nullable(Type.String({ description: 'of a decision' })),
  due: nullable(Type.String({ description: 'of a decision' })),
});

export const Work = object({
  items: Type.Array(
    object({
      id: Type.String(),
      title: Type.String(),
      group: nullable(Type.String()),
      owner: nullable(Type.String()),
      deadline: nullable(Type.String()),
      deadlineState: DeadlineState,
      estimateMs: nullable(Ms),
      optional: Type.Boolean(),
      state: Type.Enum(['done', 'ready', 'blocked']),
      blockedBy: Type.Array(Type.String({ description: 'work items that are still open' })),
      missing: Type.Array(Type.String({ description: 'what does not show yet that it is done' })),
      claimedDone: nullable(Type.Boolean()),
      source: Position,
    }),
  ),
  criticalPath: object({
    ids: Type.Array(Type.String()),
    totalMs: Ms,
    unestimated: Type.Array(Type.String({ description: 'items on it that nobody has estimated' })),
    deadline: nullable(Type.String({ description: 'the first of the gates that everything leads to' })),
    leftMs: nullable(Type.Number({ description: 'milliseconds until the deadline; negative once it is over' })),
    deadlineState: DeadlineState,
  }),
  startable: Type.Array(Type.String()),
  withoutIds: Type.Array(Type.String({ description: 'open items that a launch can do without' })),
});

export const RiskResult = object({
  id: Type.String(),
  title: Type.String(),
  impact: nullable(Type.String()),
  mitigation: nullable(Type.String()),
  owner: nullable(Type.String()),
  checks: Type.Array(Type.String()),
  source: Position,
  state: Type.Enum(['clear', 'showing', 'unwatched']),
  showing: Type.Array(Type.String()),
});

export const Coverage = object({
  tier: Type.Enum(TIERS),
  total: Type.Integer({ minimum: 0 }),
  evaluated: Type.Integer({ minimum: 0 }),
  passed: Type.Integer({ minimum: 0 }),
  waived: Type.Integer({ minimum: 0 }),
});

export const GateResult = object({
  id: Type.String(),
  title: Type.String(),
  owner: nullable(Type.String()),
  deadline: nullable(Type.String()),
  deadlineState: DeadlineState,
  estimateMs: nullable(Ms),
  verdict: Verdict,
  criteria: Type.Array(
    object({
      id: Type.String(),
      tier: Type.Enum(TIERS),
      outcome: Outcome,
      waived: Type.Boolean(),
      effect: Type.Enum(['none', 'note', 'condition', 'HOLD', 'NO-GO']),
    }),
  ),
  needs: Type.Array(Type.String()),
  blockedBy: Type.Array(Type.String({ description: 'ids of the criteria and gates that hold the verdict down' })),
  conditions: Type.Array(Type.String()),
  notes: Type.Array(Type.String()),
  coverage: Type.Array(Coverage),
});

export const Blocker = object({
  cause: object({ check: Type.String(), reasonCode: Code, layer: LayerName, message: Type.String() }),
  outcome: Outcome,
  verdict: Verdict,
  /** Other checks that broke for the same reason at the same host and layer. */
  same: Type.Array(Type.String()),
  affects: object({ checks: Type.Array(Type.String()), gates: Type.Array(Type.String()) }),
  owner: nullable(OwnerShown),
  priority: nullable(Type.String()),
  deadline: nullable(Type.String()),
  deadlineState: DeadlineState,
  since: nullable(Time),
  dueAt: nullable(Type.String({ description: 'when its service level is over; ISO 8601' })),
  overdue: Type.Boolean(),
  runbook: nullable(RunbookSection),
  next: Type.String({ description: 'the next step, one sentence' }),
});

export const Contradiction = object({
  component: Type.String(),
  claim: object({ check: Type.String(), says: Type.String() }),
  evidence: object({ check: Type.String(), says: Type.String() }),
  message: Type.String(),
});

export const Run = object({
  schemaVersion: Type.Literal(1),
  run: object({
    id: Type.String(),
    name: Type.String(),
    environment: nullable(Type.String()),
    startedAt: Time,
    finishedAt: nullable(Time),
    durationMs: nullable(Ms),
    complete: Type.Boolean(),
    interruptedBy: nullable(Type.String()),
    tool: object({ name: Type.String(), version: Type.String() }),
    configDigest: Type.String(),
  }),
  verdict: Verdict,
  /** Why the verdict is what it is, worst first, one sentence each. */
  reasons: Type.Array(Type.String()),
  validUntil: nullable(Time),
  gates: Type.Array(GateResult),
  checks: Type.Array(CheckResult),
  scenarios: Type.Array(ScenarioResult),
  manual: Type.Array(ManualResult),
  waivers: Type.Array(Waiver),
  work: nullable(Work),
  risks: Type.Array(RiskResult),
  blockers: Type.Array(Blocker),
  /** "Fix these and the verdict becomes ...". Null when there is nothing to fix. */
  repair: nullable(object({ checks: Type.Array(Type.String()), verdict: Verdict })),
  contradictions: Type.Array(Contradiction),
  banners: Type.Array(Type.String({ description: 'said above everything else: absent credentials, interruption' })),
  notChecked: Type.Array(object({ id: Type.String(), why: Type.String() })),
  totals: object({
    checks: Type.Integer({ description: 'checks, scenarios and manual items' }),
    pass: Type.Integer(),
    warn: Type.Integer(),
    fail: Type.Integer(),
    unknown: Type.Integer(),
    blocked: Type.Integer(),
    skipped: Type.Integer(),
    flaky: Type.Integer(),
  }),
});
