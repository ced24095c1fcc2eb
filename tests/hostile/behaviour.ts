import type { JsonObject } from '../../src/model/json.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import type { ReasonCode } from '../../src/model/reason-code.ts';
import type { Stage } from './stage.ts';

/** What a look at a hostile server must come to, exactly. */
export type Expected = {
  readonly outcome: Outcome;
  readonly code: ReasonCode | null;
  /** The cause as the report tells it. */
  readonly cause: RegExp;
};

/** Where to look, and how: the check as it would be written. */
export type Target = {
  readonly url: string;
  readonly kind: 'http' | 'health';
  /** Beside the URL. */
  readonly spec: JsonObject;
  readonly expect: JsonObject;
  readonly timeoutMs: number;
  readonly environment: { readonly [name: string]: string };
};

/** One hostile or faulty server. */
export type Behaviour = {
  readonly name: string;
  /** The family of situations that it belongs to: `H1` to `H19`, `R1` to `R9`, `D1` to `D4`, `T1` to `T3`. */
  readonly row: string;
  /** `never`: whoever calls this healthy was fooled. `may`: a lenient reader is not fooled by being lenient. */
  readonly healthy: 'never' | 'may';
  readonly open: (stage: Stage) => Promise<Partial<Target> & { readonly url: string }>;
  readonly expected: Expected;
};

export const passes: Expected = { outcome: 'pass', code: null, cause: /^$/ };
export const fails = (code: ReasonCode, cause: RegExp): Expected => ({ outcome: 'fail', code, cause });
export const warns = (code: ReasonCode, cause: RegExp): Expected => ({ outcome: 'warn', code, cause });
export const cannotTell = (code: ReasonCode, cause: RegExp): Expected => ({ outcome: 'unknown', code, cause });

/** For bodies that are asked what they say. */
export const asked: Pick<Target, 'expect'> = { expect: { '$.status': 'pass' } };
/** For servers that hold us up. */
export const impatient: Pick<Target, 'timeoutMs'> = { timeoutMs: 1000 };
export const followed: Pick<Target, 'spec'> = { spec: { follow: true } };

/** A target with what a behaviour left out. */
export const wholeTarget = (target: Partial<Target> & { readonly url: string }): Target => ({
  kind: 'http',
  spec: {},
  expect: {},
  timeoutMs: 5000,
  environment: {},
  ...target,
});
