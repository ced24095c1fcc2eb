import type { JsonObject } from './json.ts';
import type { ReasonCode } from './reason-code.ts';

/**
 * What a probe saw, by kebab-case name, nested where a fact is a family (`headers`, `timings`, `tls`).
 * Plain JSON, free of secrets. A fact that was not seen is absent: never 0, never an empty string.
 */
export type Facts = JsonObject;

/**
 * A condition that a probe recognised in the facts, with the fact that shows it.
 * A sign judges nothing: it is the reason code to give if an expectation about that fact breaks.
 */
export type Sign = {
  readonly code: ReasonCode;
  /** The fact that shows it, as an expectation would name it. */
  readonly fact: string;
  /** One sentence for the report, free of secrets. */
  readonly message: string;
};

/** One look at one system. `unobserved` carries what was seen before the look had to stop. */
export type Observation = (
  | { readonly state: 'observed' }
  | {
      readonly state: 'unobserved';
      readonly code: ReasonCode;
      readonly message: string;
      /** True where something may have been changed and nobody knows whether it was. */
      readonly uncertain?: boolean;
    }
) & {
  readonly facts: Facts;
  readonly signs: readonly Sign[];
  /** Paths in the report folder of files that were kept of this look: screenshots, transcripts. */
  readonly evidence?: readonly string[];
};
