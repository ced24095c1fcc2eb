import type { Capture } from '../config/config.ts';
import type { Json } from '../model/json.ts';
import type { Observation } from '../model/observation.ts';
import type { Outcome } from '../model/outcome.ts';
import type { ReasonCode } from '../model/reason-code.ts';
import type { PlannedCheck } from '../plan/plan.ts';
import type { Session } from '../probes/session.ts';
import type { Attempt, RunEvent } from './event.ts';

/** What a look of a step shares with the others, and the facts that it captures; null for a check. */
export type LookPart = { readonly session: Session; readonly captures: readonly Capture[] };

/** The world, as execution needs it. Tests give their own and never wait. */
export type Ports = {
  readonly now: () => Date;
  readonly monotonicMs: () => number;
  /** Resolves after `ms`, or at once when the signal aborts. Never rejects. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** 0 <= n < 1, for jitter. */
  readonly random: () => number;
  /** Looks once. Never rejects: trouble is an `unobserved` observation. Full facts, not yet redacted. */
  readonly observe: (check: PlannedCheck, signal: AbortSignal, part: LookPart | null) => Promise<Observation>;
  /** What one attempt comes to; the judge's own function, so that retries and the verdict cannot disagree. */
  readonly assess: (attempt: Attempt) => Assessment;
  /** Replaces every secret in every string, in all its encodings. */
  readonly redact: <T extends Json>(value: T) => T;
  /** From now on this text is a secret, too: a token that a step captured. */
  readonly hide: (text: string) => void;
  /** Takes each event as it happens: the journal, and whoever shows progress. */
  readonly emit: (event: RunEvent) => void;
};

export type Assessment = {
  readonly outcome: Outcome;
  readonly code: ReasonCode | null;
  /** Whether a retry can help. */
  readonly transient: boolean;
};
