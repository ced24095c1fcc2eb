import type { Static, TSchema } from 'typebox';
import type { Clause } from '../matchers/matcher.ts';
import type { FactTable } from '../model/fact.ts';
import type { Layer } from '../model/layer.ts';
import type { Facts, Sign } from '../model/observation.ts';
import type { Level, Outcome } from '../model/outcome.ts';
import type { ReasonCode } from '../model/reason-code.ts';
import type { Session } from './session.ts';

/** What a probe gets for one look. It owns no timeout, retry, logger or concurrency: it obeys `signal`. */
export type ProbeContext = ProbeWorld & {
  /** Aborted at the deadline of the attempt, or when the run stops; `signal.reason` tells which. */
  readonly signal: AbortSignal;
  /** Milliseconds that the attempt has in all; for phases of its own that must fit inside. */
  readonly timeoutMs: number;
  /** The facts that the check asks about, as `expect:` and `warn:` name them; for kinds that could report any number. */
  readonly asked: readonly string[];
};

/** What every look of one check gets from the world. */
export type ProbeWorld = {
  /** Monotonic milliseconds, for durations. */
  readonly monotonicMs: () => number;
  /** The wall clock, for ages and expiries. */
  readonly now: () => Date;
  /** Identifies us to the target: a User-Agent, an MCP clientInfo. */
  readonly agent: { readonly name: string; readonly version: string };
  /** The proxy variables, for every kind that speaks HTTP. */
  readonly proxyEnvironment: { readonly [name: string]: string | undefined };
  /** The environment of this process, for the kinds that are about it. Its values are never facts. */
  readonly environment: { readonly [name: string]: string | undefined };
  /** The absolute folder of the file that holds the check: relative paths of a spec start there. */
  readonly folder: string;
  /** Takes every known secret out of a text, for evidence that is kept as a file. */
  readonly redact: (text: string) => string;
  /**
   * Keeps a file (a screenshot, a transcript) as evidence of this check and answers its path in the report folder;
   * null when this run keeps nothing. The name is a plain file name; the content is free of secrets.
   */
  readonly keep: (name: string, content: Uint8Array | string) => Promise<string | null>;
  /** Says in a few words how far a long look is; shown as progress, never judged, never kept. */
  readonly tell: (progress: string) => void;
  /** What the steps of a scenario share; null for a check, which shares nothing. */
  readonly session: Session | null;
  /** What earlier runs made of a check, oldest first, at most as far back as `sinceMs`; null when there is no history. */
  readonly earlier: (check: string, sinceMs: number) => Promise<readonly EarlierResult[] | null>;
};

/** How a check ended in an earlier run. `at` is an ISO time. */
export type EarlierResult = { readonly at: string; readonly outcome: Outcome };

/** What a check of this kind asks when it does not say otherwise about the same fact. */
export type DefaultExpectation = Clause & {
  readonly fact: string;
  readonly level: Level;
  readonly code: ReasonCode | null;
};

/**
 * Everything that is known of a probe kind without looking: pure, and cheap to import.
 * `look` lives beside it and is imported when the first check of the kind runs.
 */
export type ProbeKind<Kind extends string = string, Schema extends TSchema = TSchema> = {
  readonly kind: Kind;
  /** One sentence for the reference page. */
  readonly summary: string;
  /** The key that a plain string under the kind stands for (`http: https://a/` is `http: { url: https://a/ }`). */
  readonly shorthand: string;
  readonly facts: FactTable;
  /** The address that is looked at, for reports; free of secrets and userinfo. */
  readonly target: (spec: Static<Schema>) => string;
  /** `host:port` for the per-host limit and for grouping blockers; null when no single host is meant. */
  readonly host: (spec: Static<Schema>) => string | null;
  /** The layers that a look of this kind passes, outermost first, for the ladder `dns ok > tcp ok > HTTP`. */
  readonly layers: (spec: Static<Schema>) => readonly Layer[];
  /** What can be known to be wrong before looking (a bad URL, port 0), by path inside the spec. */
  readonly problems: (spec: Static<Schema>) => readonly SpecProblem[];
  readonly defaults: (spec: Static<Schema>) => readonly DefaultExpectation[];
  /** Recognises conditions in the facts. Pure: the same facts give the same signs. */
  readonly explain: (facts: Facts, spec: Static<Schema>) => readonly Sign[];
  /** A command that a person can paste to look again; null when there is none. Free of secrets. */
  readonly tryCommand: (spec: Static<Schema>) => readonly string[] | null;
  readonly load: () => Promise<{ readonly look: Look<Static<Schema>> }>;
  /** How long a look takes by its own spec (`for: 10m`), in milliseconds: the timeout of the check comes on top. */
  readonly lastsMs?: (spec: Static<Schema>) => number;
  /** What is wrong with the name of a fact of a family (`metrics.*`), as a sentence; null when it can be asked. */
  readonly factProblem?: (fact: string) => string | null;
  /** Other checks that the spec names, by path inside the spec. */
  readonly refersTo?: (spec: Static<Schema>) => readonly { readonly path: readonly string[]; readonly check: string }[];
  /** Paths of values in the spec that hold a secret, so that they must come from `${secret.NAME}`. */
  readonly confidential?: (spec: Static<Schema>) => readonly (readonly string[])[];
  /** Whether a look starts a program on this machine, which `--no-exec` forbids. */
  readonly executes?: (spec: Static<Schema>) => boolean;
  /** Whether a look may change something at its target, so that it must never be made twice by itself. */
  readonly changes?: (spec: Static<Schema>) => boolean;
  /** A look that weighs as much as a whole browser: few of them run at the same time. */
  readonly heavy?: true;
  /** The `host:port` that a look floods on purpose, which must be listed under `allow-bursts`; null for none. */
  readonly floods?: (spec: Static<Schema>) => string | null;
};

export type SpecProblem = { readonly path: readonly (string | number)[]; readonly message: string };

/** Looks once and returns what was seen. Throws `CouldNotLook` when it could not look. */
export type Look<Spec> = (spec: Spec, context: ProbeContext) => Promise<Facts>;

/** Keeps the literal types of a definition: `kind` stays `'http'`, and the spec is the schema's. */
export const defineProbe = <const Kind extends string, Schema extends TSchema>(
  definition: ProbeKind<Kind, Schema>,
): ProbeKind<Kind, Schema> => definition;

/** Thrown by `look` when there is nothing to report: the reason, and what was seen before it stopped. */
export class CouldNotLook extends Error {
  override readonly name = 'CouldNotLook';
  readonly code: ReasonCode;
  readonly facts: Facts;

  constructor(code: ReasonCode, message: string, facts: Facts = {}, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.facts = facts;
  }
}
