import type { DefaultExpectation } from '../probe.ts';

const held = (
  fact: string,
  matcher: DefaultExpectation['matcher'],
  expected: boolean | number,
): DefaultExpectation => ({
  fact,
  matcher,
  expected,
  level: 'expect',
  code: null,
});

/** What of a spec decides what is asked of its answers. */
export type AskedOfAnswers = {
  readonly 'built-at'?: string | undefined;
  readonly documents?: string | undefined;
  readonly sentinel?: string | undefined;
};

/** No answer may say that the index is missing, empty, old or replaced by something else. */
const NO_SIGNATURE: readonly DefaultExpectation[] = [
  held('index-signature', 'exists', false),
  held('empty-signature', 'exists', false),
  held('stale-signature', 'exists', false),
  held('degraded-signature', 'exists', false),
];

/** What is asked of a single answer: no error, nothing that speaks against the index, and something found. */
export const answerDefaults = (spec: AskedOfAnswers): readonly DefaultExpectation[] => [
  held('is-error', 'equals', false),
  ...NO_SIGNATURE,
  held('hits', 'at-least', 1),
  ...statedDefaults(spec),
];

/** An index may be older; then the check says how old. */
const OLDEST_MS = 30 * 24 * 3_600_000;

/** What is asked where the spec says by what the age and the size of the index can be told. */
export const statedDefaults = (spec: AskedOfAnswers): readonly DefaultExpectation[] => [
  ...(spec['built-at'] === undefined
    ? []
    : [held('built-at', 'exists', true), held('built-at-problem', 'exists', false), held('age', 'below', OLDEST_MS)]),
  ...(spec.documents === undefined ? [] : [held('documents', 'at-least', 1)]),
  ...(spec.sentinel === undefined ? [] : [held('sentinel-found', 'equals', true)]),
];

/** The part of it that holds for the answers to all questions of a golden set. */
export const signatureDefaults = NO_SIGNATURE;
