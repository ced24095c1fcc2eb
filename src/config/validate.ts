import type { Json } from '../model/json.ts';
import { describeFound } from './describe.ts';
import type { Finding } from './finding.ts';
import { findingAt } from './finding.ts';
import type { Filled } from './interpolate.ts';
import { settleAlternatives } from './schema-errors.ts';
import { explainError } from './schema-message.ts';
import type { SourceFile } from './source-file.ts';
import type { SchemaError } from './validate.generated.js';
import validateFile from './validate.generated.js';
import { valueAt } from './value-at.ts';
import type { Path } from './yaml/places.ts';

export type Validated = {
  readonly findings: readonly Finding[];
  /** Paths of all that does not fit the schema, also where nothing is reported because a placeholder has no value. */
  readonly broken: readonly Path[];
};

/** Holds a file with its placeholders filled against the schema; what could not be filled is not judged. */
export const validate = (value: Json, file: SourceFile, filled: readonly Filled[]): Validated => {
  if (validateFile(value)) return { findings: [], broken: [] };
  const errors = settleAlternatives(dropEchoes(validateFile.errors ?? []));
  const placed = errors.map((error) => ({ error, path: toPath(error.instancePath, value) }));
  const byPath = new Map(filled.map((one) => [JSON.stringify(one.path), one]));
  const origin = (path: Path): Filled | null => nearestFilled(byPath, path);
  return {
    findings: placed
      .filter(({ path }) => origin(path)?.complete !== false)
      .map(({ error, path }) => toFinding(error, path, value, file, origin(path))),
    broken: placed.map(({ path }) => path),
  };
};

/** The same for one step, which lies at `path` in the file; fragments and loops are put in place by then. */
export const validateStep = (value: Json, file: SourceFile, path: Path, filled: readonly Filled[]): Validated => {
  const at: Path = ['scenarios', 'x', 'steps', 0];
  const back = (inner: Path): Path => [...path, ...inner.slice(at.length)];
  const moved = filled.map((one) => ({ ...one, path: [...at, ...one.path.slice(path.length)] }));
  const found = validate({ version: 1, scenarios: { x: { steps: [value] } } }, file, moved);
  return {
    findings: found.findings.map((finding) => ({ ...finding, path: back(finding.path) })),
    broken: found.broken.map(back),
  };
};

/** A name that does not fit is reported twice: once by its pattern, once as a name. */
const dropEchoes = (errors: readonly SchemaError[]): readonly SchemaError[] =>
  errors.filter(({ propertyName, keyword }) => propertyName === undefined || keyword === 'propertyNames');

const toFinding = (error: SchemaError, path: Path, root: Json, file: SourceFile, origin: Filled | null): Finding => {
  const value = valueAt(root, path);
  const found = origin === null ? describeFound(value) : `${describeType(value)} from ${origin.written}`;
  const { message, hint: known } = explainError(error, found, value);
  // What to write instead is only plain to see where the value itself was written.
  const hint = origin === null || error.keyword === 'additionalProperties' ? known : null;
  const name = error.params['additionalProperty'] ?? error.params['propertyName'];
  if (typeof name === 'string') return findingAt(file, [...path, name], 'key', message, { hint });
  return findingAt(file, path, error.keyword === 'required' ? 'key' : 'value', message, { hint });
};

/** The type alone: values that came from elsewhere are not shown. */
const describeType = (value: Json | undefined): string => {
  if (typeof value === 'string') return value === '' ? 'an empty text' : 'a text';
  return typeof value === 'number' ? 'a number' : describeFound(value);
};

/** The placeholder that filled the value at a path, or a value around it. */
const nearestFilled = (filled: ReadonlyMap<string, Filled>, path: Path): Filled | null => {
  if (filled.size === 0) return null;
  for (let length = path.length; length > 0; length -= 1) {
    const found = filled.get(JSON.stringify(path.slice(0, length)));
    if (found !== undefined) return found;
  }
  return null;
};

/** A JSON pointer as a path; steps into lists become numbers. */
const toPath = (pointer: string, root: Json): Path => {
  const path: (string | number)[] = [];
  let value: Json | undefined = root;
  for (const part of pointer.split('/').slice(1)) {
    const step = part.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(value) ? Number(step) : step);
    value = valueAt(value ?? null, path.slice(-1));
  }
  return path;
};
