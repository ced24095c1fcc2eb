import { parse } from 'node:path';
import { parseDuration } from '../matchers/units.ts';
import type { Json } from '../model/json.ts';
import type { Retry } from './config.ts';
import { durationAt, tooLong } from './check-rules.ts';
import type { Finding } from './finding.ts';
import { findingAt } from './finding.ts';
import type { SourceFile } from './source-file.ts';
import { valueAt } from './value-at.ts';
import { integerAt, mapAt, textAt, textsAt } from './written.ts';

/** What holds when nothing is written. */
export const BUILT_IN = {
  timeoutMs: 10_000,
  attempts: 1,
  delayMs: 1000,
  concurrency: 64,
  perHost: 8,
  waiverHorizonMs: 90 * 86_400_000,
} as const;

export type RootSettings = {
  readonly name: string;
  readonly timeoutMs: number;
  readonly retry: Retry;
  readonly concurrency: number;
  readonly perHost: number;
  readonly deadlineMs: number | null;
  readonly controls: readonly string[];
  readonly allowBursts: readonly string[];
  readonly waiverHorizonMs: number;
  readonly serviceLevels: { readonly [priority: string]: number };
};

/** `name` and `defaults` of the file that is started from, its placeholders filled. */
export const readRootSettings = (file: SourceFile, value: Json): RootSettings => {
  const duration = (...path: readonly string[]): number | null => {
    const text = textAt(value, ['defaults', ...path]);
    return text === null ? null : parseDuration(text);
  };
  return {
    name: textAt(value, ['name']) ?? parse(file.path).name,
    timeoutMs: duration('timeout') ?? BUILT_IN.timeoutMs,
    retry: {
      attempts: integerAt(value, ['defaults', 'retry', 'attempts']) ?? BUILT_IN.attempts,
      delayMs: duration('retry', 'delay') ?? BUILT_IN.delayMs,
    },
    concurrency: integerAt(value, ['defaults', 'concurrency']) ?? BUILT_IN.concurrency,
    perHost: integerAt(value, ['defaults', 'per-host']) ?? BUILT_IN.perHost,
    deadlineMs: duration('deadline'),
    controls: textsAt(value, ['controls']).map(({ text }) => text),
    allowBursts: textsAt(value, ['allow-bursts']).map(({ text }) => text),
    waiverHorizonMs: duration('waiver-horizon') ?? BUILT_IN.waiverHorizonMs,
    serviceLevels: Object.fromEntries(
      Object.keys(mapAt(value, ['service-levels'])).flatMap((priority) => {
        const level = durationAt(value, ['service-levels', priority]);
        return level === null ? [] : [[priority, level] as const];
      }),
    ),
  };
};

/** Rules that only the file that is started from has to keep. */
export const rootFindings = (file: SourceFile, value: Json): readonly Finding[] => [
  ...(valueAt(value, ['version']) === undefined
    ? [findingAt(file, [], 'value', 'the key "version" is missing', { hint: 'start the file with version: 1' })]
    : []),
  ...[['timeout'], ['retry', 'delay'], ['deadline']].flatMap((path) => tooLong(file, [], value, ['defaults', ...path])),
  ...tooLong(file, [], value, ['defaults', 'waiver-horizon'], LONGEST_HORIZON_MS),
];

/** A waiver has an end that those who granted it will see. */
const LONGEST_HORIZON_MS = 366 * 86_400_000;
