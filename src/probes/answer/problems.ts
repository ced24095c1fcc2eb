import { checkJsonPath } from '../../matchers/json-path.ts';
import { compilePattern } from '../../matchers/pattern.ts';
import { parseDuration } from '../../matchers/units.ts';
import type { SpecProblem } from '../probe.ts';

const PATHS = ['hits', 'id', 'score', 'citations', 'built-at', 'documents'] as const;

/** The part of a spec that says how answers are read and what is asked of them. */
export type AnswerSpec = { readonly [path in (typeof PATHS)[number]]?: string } & {
  readonly 'min-score'?: number;
  readonly 'max-distance'?: number;
  readonly deny?: readonly string[];
  readonly sentinel?: string;
};

/** What can be known to be wrong with it before looking. */
export const answerProblems = (spec: AnswerSpec): readonly SpecProblem[] => [
  ...PATHS.flatMap((key) => jsonPathProblems([key], spec[key])),
  ...(spec.deny ?? []).flatMap((pattern, index) => patternProblems(['deny', index], pattern)),
  ...(spec['min-score'] !== undefined && spec['max-distance'] !== undefined
    ? [{ path: ['max-distance'], message: 'contradicts min-score: a score is the one or the other' }]
    : []),
];

/** Why a text is no JSONPath, at its place. */
export const jsonPathProblems = (path: SpecProblem['path'], text: string | undefined): readonly SpecProblem[] => {
  const problem = text === undefined ? null : checkJsonPath(text);
  return problem === null ? [] : [{ path, message: `is not a JSONPath: ${problem}` }];
};

/** Why a text is no pattern, at its place. */
export const patternProblems = (path: SpecProblem['path'], text: string): readonly SpecProblem[] => {
  const compiled = compilePattern(text);
  return typeof compiled === 'string' ? [{ path, message: `is not a pattern: ${compiled}` }] : [];
};

/** The part of a spec that names a golden set. */
export type GoldenSpec = {
  readonly file: string;
  readonly k?: number;
  readonly baseline?: string;
  readonly concurrency?: number;
  readonly within?: string;
};

const DEFAULT_WITHIN_MS = 120_000;

/** How long all questions of a golden set may take together; 0 without one. */
export const goldenMs = (golden: GoldenSpec | undefined): number =>
  golden === undefined ? 0 : (parseDuration(golden.within ?? '') ?? DEFAULT_WITHIN_MS);

/** What can be known to be wrong with a golden set without reading it. */
export const goldenProblems = (golden: GoldenSpec | undefined): readonly SpecProblem[] => {
  if (golden === undefined) return [];
  const within = golden.within === undefined ? DEFAULT_WITHIN_MS : parseDuration(golden.within);
  return [
    ...(within === null || within <= 0
      ? [{ path: ['golden', 'within'], message: 'is no time longer than nothing' }]
      : []),
    ...(golden.baseline === golden.file
      ? [{ path: ['golden', 'baseline'], message: 'is the file of the questions' }]
      : []),
  ];
};
