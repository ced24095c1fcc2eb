import type { Json } from '../model/json.ts';
import { isJsonObject } from '../model/json.ts';
import type { FilledFile } from './fill.ts';
import type { SchemaError } from './validate.generated.js';
import validateFile from './validate.generated.js';
import { valueAt } from './value-at.ts';
import { resolvePlainScalar } from './yaml/plain-scalar.ts';
import type { Path } from './yaml/places.ts';

const SCALARS: ReadonlySet<unknown> = new Set(['integer', 'number', 'boolean']);

/**
 * What comes from the environment is text, and `port: ${env.PORT}` means a number. Where the schema wants a number or a
 * boolean, a text that came out of placeholders is read as if it stood there unquoted; anywhere else it stays text.
 */
export const fitTexts = (file: FilledFile): FilledFile => {
  const texts = file.filled.filter(({ path, complete }) => complete && typeof valueAt(file.value, path) === 'string');
  if (texts.length === 0 || validateFile(file.value)) return file;
  const wanted = new Set((validateFile.errors ?? []).filter(wantsScalar).map(({ instancePath }) => instancePath));
  const fitting = texts.flatMap(({ path }) => {
    const text = valueAt(file.value, path);
    if (typeof text !== 'string' || !wanted.has(pointerTo(path))) return [];
    const read = resolvePlainScalar(text);
    return read.ok && (typeof read.value === 'number' || typeof read.value === 'boolean')
      ? [{ path, read: read.value }]
      : [];
  });
  return { ...file, value: fitting.reduce((value, { path, read }) => withValueAt(value, path, read), file.value) };
};

const wantsScalar = ({ keyword, params }: SchemaError): boolean =>
  keyword === 'type' && [params['type']].flat().some((type) => SCALARS.has(type));

const pointerTo = (path: Path): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** A copy in which only what leads to the path is new; maps keep having no prototype. */
export const withValueAt = (value: Json, [step, ...rest]: Path, leaf: Json): Json => {
  if (step === undefined) return leaf;
  if (Array.isArray(value)) {
    const items: readonly Json[] = value;
    return items.map((item, at) => (at === step ? withValueAt(item, rest, leaf) : item));
  }
  if (!isJsonObject(value)) return value;
  const copy: Record<string, Json> = Object.assign(Object.create(null), value);
  copy[String(step)] = withValueAt(copy[String(step)] ?? null, rest, leaf);
  return copy;
};
