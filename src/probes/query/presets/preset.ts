import type { AnswerPaths } from '../../answer/paths.ts';

/** What is known of a dialect: paths and patterns, and no code. Of several paths the first that is there counts. */
export type Preset = AnswerPaths & {
  /** Where the answer in words is. */
  readonly answer?: readonly string[];
  /** Where the structured answer is, when it is only a part of the body. */
  readonly structured?: readonly string[];
  /** Where something stands only when the request failed. */
  readonly error?: readonly string[];
  /** Patterns of a body that is an error, whatever its status. */
  readonly isError?: readonly string[];
  /** Where an embedding is. */
  readonly vector?: readonly string[];
};
