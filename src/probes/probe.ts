import type { Static, TSchema } from 'typebox';
import type { Clause } from '../matchers/matcher.ts';
import type { FactTable } from '../model/fact.ts';
import type { Layer } from '../model/layer.ts';
import type { Facts, Sign } from '../model/observation.ts';
import type { Level } from '../model/outcome.ts';
import type { ReasonCode } from '../model/reason-code.ts';

/** What a probe gets from the world. It owns no timeout, retry, logger or concurrency: it obeys `signal`. */
export type ProbeContext = {
  /** Aborted at the deadline of the attempt, or when the run stops; `signal.reason` tells which. */
  readonly signal: AbortSignal;
  /** Milliseconds that the attempt has in all; for phases of its own that must fit inside. */
  readonly timeoutMs: number;
  /** Monotonic milliseconds, for durations. */
  readonly monotonicMs: () => number;
  /** The wall clock, for ages and expiries. */
  readonly now: () => Date;
  /** Identifies us to the target: a User-Agent, an MCP clientInfo. */
  readonly agent: { readonly name: string; readonly version: string };
  /** Environment that probes honour: proxy variables and nothing else. */
  readonly proxyEnvironment: { readonly [name: string]: string | undefined };
};

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
