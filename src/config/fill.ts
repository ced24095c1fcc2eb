import type { Json, JsonObject } from '../model/json.ts';
import { isJsonObject } from '../model/json.ts';
import type { Finding } from './finding.ts';
import { findingAt } from './finding.ts';
import type { Filled } from './interpolate.ts';
import { interpolate } from './interpolate.ts';
import { KINDS } from './kinds.ts';
import { placeholderKeys } from './placeholder-keys.ts';
import type { Scope } from './scope.ts';
import type { SourceFile } from './source-file.ts';
import { unsetVariable } from './unset-variable.ts';
import { textsAt } from './written.ts';

/** A file with its placeholders filled and every check's shorthand written out. */
export type FilledFile = {
  readonly file: SourceFile;
  readonly value: Json;
  readonly filled: readonly Filled[];
  /** By id of a check: the placeholders in it. */
  readonly byCheck: ReadonlyMap<string, readonly Filled[]>;
  readonly findings: readonly Finding[];
};

/** Filled again where it is resolved, step by step: here only the schema is of interest. */
const FILLED_LATER = new Set(['scenarios', 'fragments']);

/** Read before placeholders mean anything, or filled elsewhere. */
const LEFT_AS_WRITTEN = new Set(['$schema', 'version', 'include', 'runbooks', 'vars', 'environments', 'secrets']);

export const fillFile = (file: SourceFile, scope: Scope): FilledFile => {
  if (!isJsonObject(file.value)) return { file, value: file.value, filled: [], byCheck: new Map(), findings: [] };
  const value: Record<string, Json> = Object.create(null);
  const all: Filled[] = [];
  const findings: Finding[] = [];
  const byCheck = new Map<string, readonly Filled[]>();
  for (const [key, section] of Object.entries(file.value)) {
    if (LEFT_AS_WRITTEN.has(key)) value[key] = section;
    else if (key === 'checks' && isJsonObject(section)) value[key] = fillChecks(section);
    else if (FILLED_LATER.has(key)) {
      const result = interpolate(section, [key], file, { ...scope, lenient: true });
      value[key] = key === 'scenarios' || key === 'fragments' ? writeOutSteps(result.value) : result.value;
      all.push(...result.filled);
    } else {
      const result = interpolate(section, [key], file, scope);
      value[key] = result.value;
      all.push(...result.filled);
      // What is told to others takes secrets, and whoever has none of them tells nobody.
      const refused = key === 'notify' ? [] : result.filled.flatMap((one) => refuseOutsideChecks(file, one, scope));
      findings.push(...result.findings, ...refused);
    }
  }
  return { file, value, filled: all, byCheck, findings };

  function fillChecks(checks: JsonObject): JsonObject {
    const filledChecks: Record<string, Json> = Object.create(null);
    for (const [id, check] of Object.entries(checks)) {
      const result = interpolate(check, ['checks', id], file, { ...scope, matrix: file.rows.get(id) ?? null });
      filledChecks[id] = writeOut(result.value);
      findings.push(...placeholderKeys(check, file, ['checks', id]));
      if (result.filled.length === 0) continue;
      all.push(...result.filled);
      byCheck.set(id, result.filled);
      const required = new Set(textsAt(check, ['requires']).map(({ text }) => text));
      findings.push(...result.findings, ...result.filled.flatMap((one) => judgeInCheck(file, one, required, scope)));
    }
    return filledChecks;
  }
};

/** Shorthands of all steps of all entries. */
const writeOutSteps = (section: Json): Json => {
  if (!isJsonObject(section)) return section;
  return Object.fromEntries(
    Object.entries(section).map(([id, entry]) => {
      if (!isJsonObject(entry)) return [id, entry];
      const lists = (['steps', 'cleanup'] as const).flatMap((key) => {
        const list = entry[key];
        return Array.isArray(list) ? [[key, list.map((step: Json) => writeOut(step))] as const] : [];
      });
      return [id, { ...entry, ...Object.fromEntries(lists) }];
    }),
  );
};

/** The key that a text under a kind stands for; null for what is no kind. */
export const shorthandOf = (key: string): string | null => KINDS.get(key)?.shorthand ?? null;

/** `http: https://a/` is short for `http: { url: https://a/ }`. */
export const writeOut = (check: Json): Json => {
  if (!isJsonObject(check)) return check;
  const short = Object.keys(check).filter((key) => typeof check[key] === 'string' && KINDS.has(key));
  if (short.length === 0) return check;
  const long: Record<string, Json> = Object.assign(Object.create(null), check);
  for (const key of short) {
    const shorthand = KINDS.get(key)?.shorthand;
    if (shorthand !== undefined) long[key] = { [shorthand]: check[key] ?? null };
  }
  return long;
};

/** Findings about a placeholder where no secret may stand and everything has to be set. */
export const refuseOutsideChecks = (file: SourceFile, { path, origins }: Filled, scope: Scope): readonly Finding[] => [
  ...refuseSecrets(file, path, origins),
  ...origins.unset.map((name) => unsetVariable(file, path, name, scope.environment)),
];

/** Findings about a placeholder in a check or a step, whose keys lie `depth` steps below the root of the file. */
export const judgeInCheck = (
  file: SourceFile,
  { path, origins }: Filled,
  required: ReadonlySet<string>,
  scope: Scope,
  depth = 2,
): readonly Finding[] => {
  const key = String(path[depth]);
  const mayHoldSecrets = KINDS.has(key) || key === 'expect' || key === 'warn';
  return [
    ...(mayHoldSecrets ? [] : refuseSecrets(file, path, origins)),
    ...origins.unset
      .filter((name) => !required.has(name))
      .map((name) => unsetVariable(file, path, name, scope.environment)),
  ];
};

const refuseSecrets = (file: SourceFile, path: Filled['path'], origins: Filled['origins']): readonly Finding[] =>
  [...origins.secrets, ...origins.absent].slice(0, 1).map((name) =>
    findingAt(file, path, 'value', `the secret ${name} would be shown here`, {
      hint: 'secrets may only stand in what a probe sends or expects',
    }),
  );
