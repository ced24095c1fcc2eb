import type { SourcePosition } from '../model/position.ts';

/** One thing that is wrong in what the user wrote, with where and what to do. */
export type Problem = {
  readonly severity: 'error' | 'warning';
  /** What was expected and what was found, as one sentence without a full stop. */
  readonly message: string;
  /** What to do about it: `did you mean "component"?` */
  readonly hint: string | null;
  /** Null when a whole file is meant, or none. */
  readonly position: SourcePosition | null;
  /** How many columns to underline, from the position on; 0 when there is no token. */
  readonly length: number;
};
