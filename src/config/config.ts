import type { Expectation } from '../matchers/expectation.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Layer } from '../model/layer.ts';
import type { Tier } from '../model/outcome.ts';
import type { SourcePosition } from '../model/position.ts';
import type { ReasonCode } from '../model/reason-code.ts';
import type { Notification } from './notify.ts';
import type { ManualItem } from './readiness/manual.ts';
import type { Waiver } from './readiness/waivers.ts';
import type { Risk, WorkItem } from './readiness/work.ts';

/** The configuration after loading: defaults, interpolation, units and positions resolved; nothing optional is left out. */
export type Config = {
  readonly name: string;
  /** The root file, relative to the working folder. */
  readonly file: string;
  readonly environment: string | null;
  /** SHA-256 over every file read, in order, as lower-case hex. */
  readonly digest: string;
  readonly checks: readonly Check[];
  readonly scenarios: readonly Scenario[];
  readonly manual: readonly ManualItem[];
  readonly waivers: readonly Waiver[];
  readonly items: readonly WorkItem[];
  readonly risks: readonly Risk[];
  /** The file that holds sign-offs, relative to the working folder, whether it exists or not. */
  readonly signOffsFile: string;
  /** The file of SSH keys with which sign-offs have to be signed, relative to the working folder; null for none. */
  readonly allowedSigners: string | null;
  /** A waiver that expires later than that from now on does not count. */
  readonly waiverHorizonMs: number;
  /** How long a blocker of a priority may stay, by priority. */
  readonly serviceLevels: { readonly [priority: string]: number };
  readonly gates: readonly Gate[];
  readonly owners: ReadonlyMap<string, Owner>;
  readonly components: ReadonlyMap<string, Component>;
  /** Paths of the runbook files that `runbooks:` matched, relative to the working folder. */
  readonly runbooks: readonly string[];
  /** Checks of targets that are up for certain: when none is good, we cannot see the network. */
  readonly controls: readonly string[];
  /** Checks that `when:` leaves out of this run, and why. */
  readonly leftOut: readonly { readonly id: string; readonly why: string }[];
  readonly concurrency: number;
  readonly perHost: number;
  /** The whole run ends by then; null for no limit. */
  readonly deadlineMs: number | null;
  /** Who is told of the verdict; may hold secrets. Never serialised. */
  readonly notify: readonly Notification[];
  /** The values of secrets that are set, for redaction. Never serialised. */
  readonly secrets: ReadonlyMap<string, string>;
};

export type Owner = { readonly id: string; readonly contact: string | null; readonly escalation: readonly string[] };

export type Component = {
  readonly id: string;
  readonly title: string;
  readonly owner: string | null;
  readonly runbook: RunbookRules;
};

/** Which runbook section fits: the check's own, else by reason code, else the default. `FILE#anchor` as written. */
export type RunbookRules = {
  readonly byCode: ReadonlyMap<ReasonCode, RunbookReference>;
  readonly default: RunbookReference | null;
};

export type RunbookReference = { readonly reference: string; readonly source: SourcePosition };

export type Retry = { readonly attempts: number; readonly delayMs: number };
/** `stop` are conditions of which one is enough: a look for which it holds is a failure, and the last. */
export type Eventually = {
  readonly withinMs: number;
  readonly everyMs: number;
  readonly stop: readonly Expectation[];
};

/** A time in which a check is not looked at. Times of day are `HH:MM` by the clock of the zone. */
export type Window =
  | { readonly kind: 'once'; readonly title: string; readonly fromMs: number; readonly toMs: number }
  | {
      readonly kind: 'weekly';
      readonly title: string;
      readonly days: readonly string[];
      readonly from: string;
      readonly to: string;
      readonly zone: string;
    };

export type Check = {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  /** As the probe takes it; may hold secrets, so it is never written anywhere. */
  readonly spec: JsonObject;
  /** The spec's address for reports, free of secrets. */
  readonly target: string;
  /** `host:port` for the per-host limit; null when the kind has none. */
  readonly host: string | null;
  readonly layers: readonly Layer[];
  readonly tryCommand: readonly string[] | null;
  readonly component: string | null;
  readonly owner: string | null;
  readonly tags: readonly string[];
  readonly needs: readonly string[];
  readonly expectations: readonly Expectation[];
  readonly timeoutMs: number;
  readonly retry: Retry;
  readonly eventually: Eventually | null;
  readonly samples: number;
  readonly mutex: string | null;
  /** Whether a look weighs as much as a whole browser. */
  readonly heavy: boolean;
  readonly maintenance: readonly Window[];
  /** Whether looking starts a program on this machine. */
  readonly executes: boolean;
  /** Whether a look may change something at its target: it is never made twice by itself. */
  readonly changes: boolean;
  readonly runbook: RunbookReference | null;
  readonly priority: string | null;
  /** ISO date or time, as written. */
  readonly deadline: string | null;
  /** Names of secrets and required variables that are absent: such a check is skipped. */
  readonly missing: readonly string[];
  readonly source: SourcePosition;
};

/** What an answer leaves for later steps. */
export type Capture = {
  readonly name: string;
  readonly from:
    | { readonly kind: 'fact'; readonly fact: string; readonly pattern: string | null }
    | { readonly kind: 'header'; readonly name: string }
    | { readonly kind: 'cookie'; readonly name: string };
  /** Hidden in every report from then on. */
  readonly secret: boolean;
  readonly source: SourcePosition;
};

export type Captured = { readonly [name: string]: Json };

/** A check that is made of a step once everything that it needs is captured; or why it cannot be made. */
export type Bound = { readonly ok: true; readonly check: Check } | { readonly ok: false; readonly problem: string };

export type Step = {
  /** Unique in its scenario. */
  readonly name: string;
  /** As far as it is known before the scenario runs; its id is `SCENARIO/NAME`. */
  readonly check: Check;
  readonly captures: readonly Capture[];
  /** Names of captured values that the step uses. */
  readonly uses: readonly string[];
  /** What captured values must be for the step to be made; null for always. The fact is the name of the value. */
  readonly condition: readonly Expectation[] | null;
  /** Whether later steps are made although this one is not good. */
  readonly keepGoing: boolean;
  readonly bind: (captured: Captured) => Bound;
};

/** A smoke flow: steps in order, and a cleanup that is always made. */
export type Scenario = Pick<
  Check,
  | 'id'
  | 'title'
  | 'component'
  | 'owner'
  | 'tags'
  | 'needs'
  | 'mutex'
  | 'maintenance'
  | 'runbook'
  | 'priority'
  | 'deadline'
  | 'missing'
  | 'source'
> & {
  /** All steps end by then; null for no limit of its own. */
  readonly withinMs: number | null;
  readonly steps: readonly Step[];
  readonly cleanup: readonly Step[];
};

export type Gate = {
  readonly id: string;
  readonly title: string;
  readonly criteria: readonly Criterion[];
  readonly needs: readonly string[];
  readonly owner: string | null;
  readonly deadline: string | null;
  /** How long it is expected to take until it can be GO; null when nobody said. */
  readonly estimateMs: number | null;
  /** What a pass marked flaky counts as. */
  readonly flaky: 'warn' | 'fail' | 'ignore';
  readonly source: SourcePosition;
};

/** A check as a gate names it: selectors are already expanded to ids. */
export type Criterion = { readonly id: string; readonly tier: Tier };
