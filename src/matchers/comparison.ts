import type { Json } from '../model/json.ts';
import type { Break } from './expectation.ts';
import type { Clause } from './matcher.ts';
import type { Unit } from './show.ts';

/** Whether one clause held for a value; a break says how and why. */
export type Comparison =
  { readonly held: true } | { readonly held: false; readonly break: Break; readonly explanation: string };

/** What comparing needs beside the value. */
export type ComparisonContext = {
  readonly now: Date;
  readonly unit: Unit;
  /** Compares with clauses that must all hold; for matchers inside matchers. */
  readonly all: (clauses: readonly Clause[], value: Json, unit: Unit) => Comparison;
};

/** Compares a value that is there with what is expected of it. */
export type Compare = (value: Json, expected: Json, context: ComparisonContext) => Comparison;

/** The clause holds. */
export const HELD: Comparison = { held: true };

/** The value can be compared, and is something else. */
export const different = (explanation: string): Comparison => ({ held: false, break: 'different', explanation });

/** The value is of a type that cannot be compared: neither the clause nor its opposite holds. */
export const wrongType = (explanation: string): Comparison => ({ held: false, break: 'type', explanation });

/** There is nothing to compare: neither the clause nor its opposite holds. */
export const missing = (explanation: string): Comparison => ({ held: false, break: 'missing', explanation });

/** Holds if `held`, else breaks as different. */
export const holdsIf = (held: boolean, explain: () => string): Comparison => (held ? HELD : different(explain()));
