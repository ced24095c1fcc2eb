import type { Json, JsonObject } from '../model/json.ts';
import { isJsonObject } from '../model/json.ts';
import type { Finding } from './finding.ts';
import { findingAt } from './finding.ts';
import type { Origins, Scope } from './scope.ts';
import { lookUp, mergeOrigins, NO_ORIGINS } from './scope.ts';
import type { SourceFile } from './source-file.ts';
import type { Placeholder } from './template.ts';
import { hasPlaceholder, parseTemplate } from './template.ts';
import type { Path } from './yaml/places.ts';

/** A text that held placeholders, and what came of it. */
export type Filled = {
  readonly path: Path;
  /** As written. */
  readonly written: string;
  readonly origins: Origins;
  /** Whether there is a value: if not, the text stays as written and must not be judged. */
  readonly complete: boolean;
  /** The text cut at what is only known while the scenario runs; null when all of it is known now. */
  readonly later: readonly LaterPart[] | null;
};

/** A part of a text: as it stands, or what an earlier step will have captured. */
export type LaterPart = string | { readonly captured: string };

export type Interpolated = {
  readonly value: Json;
  readonly filled: readonly Filled[];
  readonly findings: readonly Finding[];
};

type Walk = {
  readonly file: SourceFile;
  readonly scope: Scope;
  readonly filled: Filled[];
  readonly findings: Finding[];
};

/**
 * Fills the placeholders in every text of a value. A text that is one placeholder takes on the type of a variable;
 * in a longer text only texts, numbers and booleans may stand. What needs no change is returned as it is.
 */
export const interpolate = (value: Json, path: Path, file: SourceFile, scope: Scope): Interpolated => {
  const walk: Walk = { file, scope, filled: [], findings: [] };
  return { value: fillValue(walk, value, path), filled: walk.filled, findings: walk.findings };
};

const fillValue = (walk: Walk, value: Json, path: Path): Json => {
  if (typeof value === 'string') return hasPlaceholder(value) ? fillText(walk, value, path) : value;
  if (isJsonObject(value)) return fillMap(walk, value, path);
  if (typeof value !== 'object' || value === null) return value;
  let changed = false;
  const items = value.map((item, at) => {
    const filled = fillValue(walk, item, [...path, at]);
    changed ||= filled !== item;
    return filled;
  });
  return changed ? items : value;
};

const fillMap = (walk: Walk, map: JsonObject, path: Path): Json => {
  let changed = false;
  const filled: Record<string, Json> = Object.create(null);
  for (const key of Object.keys(map)) {
    const before = map[key] ?? null;
    const after = fillValue(walk, before, [...path, key]);
    changed ||= after !== before;
    filled[key] = after;
  }
  return changed ? filled : map;
};

const fillText = (walk: Walk, written: string, path: Path): Json => {
  const { parts, unclosed } = parseTemplate(written);
  if (unclosed !== null) {
    walk.findings.push(
      findingAt(walk.file, path, 'value', 'the placeholder is never closed', {
        token: unclosed,
        hint: 'close it with }, or write $${ for a literal ${',
      }),
    );
  }
  const [only] = parts;
  const alone = parts.length === 1 && unclosed === null;
  if (alone && typeof only === 'string') return only;
  const results = parts.map((part) => (typeof part === 'string' ? part : fillOne(walk, part, path, alone)));
  const resolved = results.filter((result) => typeof result !== 'string');
  const complete = unclosed === null && resolved.every(({ value }) => value !== undefined);
  const later = resolved.some((one) => one.later !== null) ? laterParts(results) : null;
  walk.filled.push({ path, written, origins: mergeOrigins(resolved.map(({ origins }) => origins)), complete, later });
  if (!complete) return written;
  const values = results.map((result) => (typeof result === 'string' ? result : result.value));
  return alone ? (values[0] ?? null) : values.join('');
};

/** The value of one placeholder; undefined when there is none to put there. */
type FilledPart = { readonly value: Json | undefined; readonly origins: Origins; readonly later: LaterPart | null };

/** Null when some part has no value for another reason: then there is nothing to wait for. */
const laterParts = (results: readonly (string | FilledPart)[]): readonly LaterPart[] | null => {
  const parts = results.map((result) => {
    if (typeof result === 'string') return result;
    return result.later ?? (result.value === undefined ? null : String(result.value));
  });
  return parts.every((part) => part !== null) ? parts : null;
};

const fillOne = (walk: Walk, placeholder: Placeholder, path: Path, alone: boolean): FilledPart => {
  const report = (message: string, hint: Finding['hint']): FilledPart => {
    walk.findings.push(findingAt(walk.file, path, 'value', message, { token: placeholder.written, hint }));
    return { value: undefined, origins: NO_ORIGINS, later: null };
  };
  const resolution = lookUp(placeholder, walk.scope);
  if (resolution.state === 'failed') return { value: undefined, origins: NO_ORIGINS, later: null };
  if (resolution.state === 'later') {
    return { value: undefined, origins: NO_ORIGINS, later: { captured: resolution.captured } };
  }
  if (resolution.state === 'unknown') return report(resolution.message, resolution.hint);
  if (resolution.state === 'unavailable') return { value: undefined, origins: resolution.origins, later: null };
  const { value, origins } = resolution;
  if (alone || typeof value === 'string') return { value, origins, later: null };
  if (typeof value === 'number' || typeof value === 'boolean') return { value: String(value), origins, later: null };
  const found = value === null ? 'empty' : Array.isArray(value) ? 'a list' : 'a mapping';
  return report(`${placeholder.written} is ${found} and cannot stand inside a text`, null);
};
