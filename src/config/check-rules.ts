import { parseInstant } from '../matchers/instant.ts';
import { parseDuration } from '../matchers/units.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { isJsonObject } from '../model/json.ts';
import type { Declaration } from './declarations.ts';
import { oneOf } from './describe.ts';
import type { Finding } from './finding.ts';
import { findingAt } from './finding.ts';
import type { Kind } from './kinds.ts';
import { referenceAt, referencesAt, unknownNames } from './references.ts';
import { COMMON_KEYS } from './common-keys.ts';
import type { SourceFile } from './source-file.ts';
import { textAt } from './written.ts';
import type { Path } from './yaml/places.ts';

/** What the references of a check may name. */
export type Known = {
  readonly checks: ReadonlyMap<string, unknown>;
  readonly components: ReadonlyMap<string, unknown>;
  readonly owners: ReadonlyMap<string, unknown>;
  /** False when a file could not be read: then nothing is called unknown. */
  readonly complete: boolean;
};

/** Names of components, owners and needs that do not exist. */
export const referenceFindings = ({ file, path }: Declaration, value: Json, known: Known): readonly Finding[] =>
  known.complete
    ? [
        ...unknownNames(referenceAt(value, path, 'component'), 'component', known.components, file),
        ...unknownNames(referenceAt(value, path, 'owner'), 'owner', known.owners, file),
        ...unknownNames(referencesAt(value, path, 'needs'), 'check', known.checks, file),
      ]
    : [];

/** Other checks that a spec names and that do not exist. */
export const specReferences = (
  { file, path }: Declaration,
  kind: Kind,
  spec: JsonObject,
  { checks, complete }: Known,
): readonly Finding[] =>
  complete
    ? unknownNames(
        (kind.refersTo?.(spec) ?? []).map((one) => ({ text: one.check, at: [...path, kind.kind, ...one.path] })),
        'check',
        checks,
        file,
      )
    : [];

/** The kind of a check, or why it has not exactly one. */
export const kindOf = ({ file, path, id }: Declaration, value: Json, kinds: ReadonlyMap<string, Kind>) => {
  const keys = isJsonObject(value) ? Object.keys(value) : [];
  const [first, second] = keys.filter((key) => kinds.has(key));
  const kind = first === undefined ? undefined : kinds.get(first);
  if (second !== undefined) {
    const message = `the check "${id}" has two probes, ${first} and ${second}: it takes one`;
    return {
      kind: undefined,
      findings: [findingAt(file, [...path, second], 'key', message, { hint: 'write two checks' })],
    };
  }
  const misspelt = keys.some((key) => !COMMON_KEYS.includes(key));
  if (kind !== undefined || misspelt || !isJsonObject(value)) return { kind, findings: [] };
  const hint = `add one of the keys ${oneOf([...kinds.keys()])}`;
  return { kind, findings: [findingAt(file, path, 'key', `the check "${id}" has no probe`, { hint })] };
};

/** Timers of the platform cannot wait longer. */
const MAX_DURATION_MS = 20 * 86_400_000;

const DURATIONS: readonly Path[] = [['timeout'], ['retry', 'delay'], ['eventually', 'within'], ['eventually', 'every']];

/** Nobody estimates work that takes longer than this. */
export const LONGEST_ESTIMATE_MS = 3660 * 86_400_000;

/** Values that fit the schema and still mean nothing. */
export const valueFindings = ({ file, path }: Declaration, value: Json): readonly Finding[] => {
  const within = durationAt(value, ['eventually', 'within']);
  const every = durationAt(value, ['eventually', 'every']);
  const never = within !== null && every !== null && every > within;
  return [
    ...DURATIONS.flatMap((at) => tooLong(file, path, value, at)),
    ...(never ? [findingAt(file, [...path, 'eventually', 'every'], 'value', 'every is longer than within')] : []),
    ...dateFindings(file, path, value),
  ];
};

export const durationAt = (value: Json, path: Path): number | null => {
  const text = textAt(value, path);
  return text === null ? null : parseDuration(text);
};

export const tooLong = (
  file: SourceFile,
  base: Path,
  value: Json,
  at: Path,
  mostMs: number = MAX_DURATION_MS,
): readonly Finding[] =>
  (durationAt(value, at) ?? 0) > mostMs
    ? [findingAt(file, [...base, ...at], 'value', `the duration is longer than ${mostMs / 86_400_000} days`)]
    : [];

/** A deadline that looks like a date but is none: 2026-02-30. */
export const dateFindings = (file: SourceFile, base: Path, value: Json): readonly Finding[] => {
  const text = textAt(value, ['deadline']);
  const dateLike = text !== null && /^\d{4}-\d{2}-\d{2}/.test(text);
  return dateLike && parseInstant(text) === null
    ? [findingAt(file, [...base, 'deadline'], 'value', `there is no such day or time as "${text}"`)]
    : [];
};
