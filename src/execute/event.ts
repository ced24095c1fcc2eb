import type { ExpectationResult } from '../matchers/expectation.ts';
import type { Observation } from '../model/observation.ts';
import type { ReasonCode } from '../model/reason-code.ts';
import type { RecordedPlan } from '../plan/plan.ts';

/** One look with what it showed. Facts are trimmed to an excerpt and redacted: expectations were evaluated before. */
export type Attempt = {
  /** 1 for the first look. */
  readonly number: number;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly observation: Observation;
  readonly results: readonly ExpectationResult[];
  /** A condition of polling held after which nothing will change any more: no further look is made. */
  readonly final?: true;
};

/** A line of `journal.jsonl`. `at` is an ISO time. A journal cut off at any line can still be judged. */
export type RunEvent =
  | {
      readonly type: 'run-started';
      readonly at: string;
      readonly schemaVersion: 1;
      readonly runId: string;
      readonly tool: { readonly name: string; readonly version: string };
      readonly plan: RecordedPlan;
    }
  | { readonly type: 'check-started'; readonly at: string; readonly id: string }
  | { readonly type: 'attempt'; readonly at: string; readonly id: string; readonly attempt: Attempt }
  | { readonly type: 'check-finished'; readonly at: string; readonly id: string }
  | {
      /** What a step became with what earlier ones captured. */
      readonly type: 'step-bound';
      readonly at: string;
      readonly id: string;
      readonly target: string;
      readonly tryCommand: readonly string[] | null;
    }
  | {
      /** A step that was not to be done: its condition does not hold, or there is nothing to clean up. */
      readonly type: 'step-left-out';
      readonly at: string;
      readonly id: string;
      readonly message: string;
    }
  | {
      readonly type: 'check-not-run';
      readonly at: string;
      readonly id: string;
      readonly code: ReasonCode;
      readonly message: string;
    }
  | {
      /** Since when checks are bad, as earlier runs tell: ISO times by id. Noted so that judging again says the same. */
      readonly type: 'history-read';
      readonly at: string;
      readonly since: { readonly [check: string]: string };
    }
  | {
      readonly type: 'run-finished';
      readonly at: string;
      readonly durationMs: number;
      /** Null when everything was done; else why the run stopped early. */
      readonly interruptedBy: 'SIGINT' | 'SIGTERM' | 'deadline' | null;
    };

/** What execution leaves for judgement: the plan, and what happened to each check. Rebuilt from a journal alike. */
export type RunRecord = {
  readonly runId: string;
  readonly tool: { readonly name: string; readonly version: string };
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly durationMs: number | null;
  readonly interruptedBy: 'SIGINT' | 'SIGTERM' | 'deadline' | null;
  /** Since when checks are bad, by id; empty where no history was asked. */
  readonly since: { readonly [check: string]: string };
  readonly plan: RecordedPlan;
  readonly checks: ReadonlyMap<string, CheckRecord>;
};

export type CheckRecord = {
  readonly attempts: readonly Attempt[];
  readonly finished: boolean;
  readonly notRun: { readonly code: ReasonCode; readonly message: string } | null;
  /** What a step became with what earlier ones captured; null for a check, and for a step that uses nothing. */
  readonly bound: { readonly target: string; readonly tryCommand: readonly string[] | null } | null;
  /** Why a step was not to be done; null when it was. */
  readonly leftOut: string | null;
};
