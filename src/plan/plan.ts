import type { Captured, Check, Gate, Owner, Scenario, Step } from '../config/config.ts';
import type { ManualItem } from '../config/readiness/manual.ts';
import type { Waiver } from '../config/readiness/waivers.ts';
import type { Risk, WorkItem } from '../config/readiness/work.ts';
import type { ReasonCode } from '../model/reason-code.ts';
import type { RunbookSection } from '../model/run.ts';

/** What a run will do, in order, and all that is needed to judge and report it. Plain JSON but for the specs. */
export type Plan = {
  readonly name: string;
  readonly environment: string | null;
  readonly configDigest: string;
  /** Ids of checks and scenarios, each after those that it needs. */
  readonly order: readonly string[];
  /** In that order. */
  readonly checks: readonly PlannedCheck[];
  readonly scenarios: readonly PlannedScenario[];
  readonly gates: readonly Gate[];
  readonly owners: { readonly [id: string]: Owner };
  readonly components: { readonly [id: string]: { readonly title: string; readonly owner: string | null } };
  readonly sections: { readonly [reference: string]: RunbookSection };
  /** Checks of the file that this run leaves out, and why. */
  readonly notSelected: readonly { readonly id: string; readonly why: string }[];
  readonly controls: readonly string[];
  readonly manual: readonly PlannedManual[];
  readonly waivers: readonly Waiver[];
  readonly items: readonly WorkItem[];
  readonly risks: readonly Risk[];
  readonly waiverHorizonMs: number;
  readonly serviceLevels: { readonly [priority: string]: number };
  readonly concurrency: number;
  readonly perHost: number;
  readonly deadlineMs: number | null;
  /** The part of a run that this is; absent for a whole one. */
  readonly shard?: Shard;
};

/** One part of a run that is cut into several. */
export type Shard = {
  /** From 1 to `count`. */
  readonly index: number;
  readonly count: number;
  /** `order` of the whole run: what all parts together have to cover. */
  readonly order: readonly string[];
  /** Equal for parts of one cut, as lower-case hex. */
  readonly cut: string;
  /** The run of a pipeline that it belongs to, as the pipeline numbers them; absent where there is none. */
  readonly pipeline?: string;
};

export type PlannedCheck = Check & {
  readonly sections: SectionChoice;
  /** Why this run may not look at it (`--no-exec`); null when it may. */
  readonly forbidden: string | null;
};

export type PlannedManual = ManualItem & {
  readonly sections: SectionChoice;
  /** The file that was started from: who signs has to name it again. */
  readonly configFile: string;
};

/** A scenario as it will be done. Its sections are those of its steps, too. */
export type PlannedScenario = Omit<Scenario, 'steps' | 'cleanup'> & {
  readonly sections: SectionChoice;
  /** Why this run may not do it; null when it may. */
  readonly forbidden: string | null;
  readonly steps: readonly PlannedStep[];
  readonly cleanup: readonly PlannedStep[];
};

export type PlannedStep = Omit<Step, 'check' | 'bind'> & {
  readonly check: PlannedCheck;
  readonly bind: (captured: Captured) => BoundStep;
};

export type BoundStep =
  { readonly ok: true; readonly check: PlannedCheck } | { readonly ok: false; readonly problem: string };

/** Keys of `Plan.sections`, in order of choice: the check's own, the component's for the code, the component's default. */
export type SectionChoice = {
  readonly own: string | null;
  readonly byCode: { readonly [code in ReasonCode]?: string };
  readonly default: string | null;
};

/** A planned check as the journal keeps it: everything but the spec, which may hold secrets. */
export type RecordedCheck = Omit<PlannedCheck, 'spec'>;
export type RecordedStep = Pick<PlannedStep, 'name' | 'keepGoing'> & { readonly check: RecordedCheck };
export type RecordedScenario = Omit<PlannedScenario, 'steps' | 'cleanup'> & {
  readonly steps: readonly RecordedStep[];
  readonly cleanup: readonly RecordedStep[];
};
export type RecordedPlan = Omit<Plan, 'checks' | 'scenarios'> & {
  readonly checks: readonly RecordedCheck[];
  readonly scenarios: readonly RecordedScenario[];
};
