import type { ReasonCode } from './reason-code.ts';

/**
 * What kind of value a fact is, which decides the units that an expected value may be written in:
 * `duration` in milliseconds (`300ms`), `bytes` (`1MiB`), `ratio` from 0 to 1 (`99.5%`), `time` as an ISO string,
 * `status` an HTTP status (also `2xx`), `json` anything.
 */
export type FactType =
  'string' | 'number' | 'boolean' | 'duration' | 'bytes' | 'ratio' | 'time' | 'status' | 'list' | 'object' | 'json';

/** One line of a probe kind's fact table: documentation, load-time check and judgement in one place. */
export type FactDefinition = {
  readonly type: FactType;
  readonly description: string;
  /** The reason code of a broken expectation about this fact that no sign explains (`duration` -> `slow`). */
  readonly code?: ReasonCode;
};

/** By name; a last part `*` stands for any name (`headers.*`), and `$` for JSONPaths over the fact `json`. */
export type FactTable = { readonly [name: string]: FactDefinition };
