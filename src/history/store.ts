import type { JsonObject } from '../model/json.ts';
import type { Outcome, Verdict } from '../model/outcome.ts';
import type { Run } from '../model/run.ts';

/** The root file and environment of a run: the id of a check means something inside them alone. */
export type Scope = { readonly file: string; readonly environment: string | null };

/** What is known of a run when it starts. Times are ISO texts. */
export type RunStart = Scope & {
  readonly id: string;
  /** The name that the file gives itself. */
  readonly name: string;
  readonly configDigest: string;
  readonly startedAt: string;
};

/** `interrupted` is a run whose process is gone without having written an end. */
export type RunState = 'running' | 'finished' | 'interrupted';

/** A run without its checks. Verdict and end are null until it has finished. */
export type RunEntry = RunStart & {
  readonly state: RunState;
  readonly finishedAt: string | null;
  readonly verdict: Verdict | null;
  /** False too when the run wrote its end after a signal or its deadline. */
  readonly complete: boolean;
  readonly interruptedBy: string | null;
  readonly gates: readonly KeptGate[];
};

export type KeptGate = { readonly id: string; readonly verdict: Verdict; readonly blockedBy: readonly string[] };

/** Whether a result tells that a check works: null when it tells nothing. */
export type Standing = 'good' | 'bad' | null;

/** What is kept of one check of one run. */
export type KeptCheck = {
  readonly id: string;
  readonly kind: string;
  readonly component: string | null;
  readonly outcome: Outcome;
  readonly standing: Standing;
  /** As the version that wrote it had it. */
  readonly reasonCode: string | null;
  readonly layer: string | null;
  readonly flaky: boolean;
  readonly message: string;
  /** When it was first looked at; the start of the run when it was not. */
  readonly at: string;
  readonly durationMs: number | null;
  /** Equal for results that broke for the same cause; null for a result that is not bad. */
  readonly causeKey: string | null;
  /** The facts that tell change, by name. */
  readonly facts: JsonObject;
};

export type KeptRun = RunEntry & { readonly checks: readonly KeptCheck[] };

/** One result of a check with the run that it is from. */
export type KeptResult = KeptCheck & { readonly run: string };

/** Since when a check is bad: the last result that was good, and the first bad one after it; null where there is none. */
export type Broken = { readonly lastGood: KeptResult | null; readonly firstBad: KeptResult | null };

/** An earlier time for which a check was bad with the same cause, and the result that ended it. */
export type Episode = { readonly began: KeptResult; readonly last: KeptResult; readonly ended: KeptResult };

/** What a last good run is asked for. For `run` it is the verdict: GO or CONDITIONAL, of a complete run. */
export type Subject = 'run' | { readonly check: string } | { readonly component: string };

/** Why there is no history, or no more of it. The message is one sentence without the path. */
export type HistoryTrouble = {
  readonly code: 'corrupt' | 'locked' | 'full' | 'read-only' | 'newer' | 'foreign' | 'unusable';
  readonly message: string;
};

/** Trouble with history is a value: a run goes on without it and says so. */
export type Told<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly trouble: HistoryTrouble };

export type Retention = {
  /** Runs that started before it go, in every scope; null for no limit of age. */
  readonly before: string | null;
  /** As many runs of the scope stay; null for no limit. */
  readonly keep: number | null;
  /** At most so many runs go in one call, so that it stays short. */
  readonly most: number;
};

/** Where runs are remembered. Nothing here rejects or throws. */
export type HistoryStore = {
  /** Notes that a run has started, and which runs were killed without an end: their ids. */
  readonly begin: (start: RunStart) => Promise<Told<readonly string[]>>;
  /**
   * Notes how a run ended, in one transaction; also when its start could not be noted. `file` is its root file. Runs that
   * were killed are marked.
   */
  readonly finish: (run: Run, file: string) => Promise<Told<null>>;
  /** Marks the runs that were killed; their ids. */
  readonly markInterrupted: () => Promise<Told<readonly string[]>>;
  /** The newest first; of every scope where it is null. */
  readonly runs: (scope: Scope | null, limit: number) => Promise<Told<readonly RunEntry[]>>;
  readonly run: (id: string) => Promise<Told<KeptRun | null>>;
  /** The newest `limit` results of a check since a time (null for ever), oldest first. */
  readonly results: (
    scope: Scope,
    check: string,
    asked: { readonly since: string | null; readonly limit: number },
  ) => Promise<Told<readonly KeptResult[]>>;
  /** The last run in which the subject was good, or null; `before` leaves out the run of that id and all after it. */
  readonly lastGood: (scope: Scope, subject: Subject, before: string | null) => Promise<Told<RunEntry | null>>;
  readonly brokenSince: (scope: Scope, check: string) => Promise<Told<Broken>>;
  /** The latest episode of the same cause that is over. The one that a check may be in now does not count. */
  readonly seenBefore: (scope: Scope, check: string, causeKey: string) => Promise<Told<Episode | null>>;
  /** Forgets old runs; how many went, and whether more are due. Runs under way stay. */
  readonly prune: (
    scope: Scope,
    retention: Retention,
  ) => Promise<Told<{ readonly gone: number; readonly more: boolean }>>;
  readonly close: () => Promise<void>;
};
