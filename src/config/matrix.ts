import type { Json, JsonObject } from '../model/json.ts';
import { isJsonObject } from '../model/json.ts';
import type { Finding } from './finding.ts';
import { findingAt } from './finding.ts';
import type { Side, SourceFile } from './source-file.ts';
import { hasPlaceholder } from './template.ts';
import type { Path } from './yaml/places.ts';

/** One combination of a matrix: what `${matrix.NAME}` stands for. */
export type MatrixRow = { readonly [name: string]: string | number | boolean };

/** What an id with a matrix became: `smoke` and its rows `smoke[a,x]`, `smoke[a,y]`. */
export type Families = ReadonlyMap<string, readonly string[]>;

export type Expanded = { readonly file: SourceFile; readonly findings: readonly Finding[] };

const SECTIONS = ['checks', 'scenarios'] as const;

/** More rows than this are a mistake in the matrix. */
const MOST_ROWS = 500;

/**
 * Writes every check and scenario with a `matrix:` out as one entry for each combination, with the id `ID[A,B]`.
 * Places in the text stay those of the one entry that was written.
 */
export const expandMatrices = (file: SourceFile): Expanded => {
  if (!isJsonObject(file.value)) return { file, findings: [] };
  const wrong: { readonly path: Path; readonly message: string; readonly side: Side }[] = [];
  const rows = new Map<string, MatrixRow>();
  const bases = new Map<string, string>();
  const families = new Map<string, readonly string[]>();
  const value: Record<string, Json> = Object.assign(Object.create(null), file.value);
  for (const section of SECTIONS) {
    const entries = file.value[section];
    if (isJsonObject(entries)) value[section] = expandSection(entries, section);
  }
  const findPlace: SourceFile['findPlace'] = (path) => file.findPlace(toWritten(path, bases));
  const expanded = families.size === 0 ? file : { ...file, value, findPlace, rows, families };
  return { file: expanded, findings: wrong.map((one) => findingAt(expanded, one.path, one.side, one.message)) };

  function expandSection(entries: JsonObject, section: string): JsonObject {
    const expanded: Record<string, Json> = Object.create(null);
    for (const [id, entry] of Object.entries(entries)) {
      const matrix = isJsonObject(entry) ? entry['matrix'] : undefined;
      if (id.includes('[')) {
        wrong.push({ path: [section, id], side: 'key', message: `"${id}" is not an id: only a matrix makes [rows]` });
      }
      if (!isJsonObject(entry) || matrix === undefined) {
        expanded[id] = entry;
        continue;
      }
      const read = readMatrix(matrix);
      const at: Path = [section, id, 'matrix'];
      for (const { path, message } of read.problems) wrong.push({ path: [...at, ...path], side: 'value', message });
      const { matrix: _, ...rest } = entry;
      const keys: string[] = [];
      for (const row of read.rows) {
        const key = `${id}[${Object.values(row).map(label).join(',')}]`;
        if (rows.has(key)) wrong.push({ path: at, side: 'value', message: `two rows would be called ${key}` });
        expanded[key] = rest;
        rows.set(key, row);
        bases.set(key, id);
        keys.push(key);
      }
      families.set(id, keys);
    }
    return expanded;
  }
};

/** A row as the file has it: under the id that was written. */
const toWritten = ([section, id, ...rest]: Path, bases: ReadonlyMap<string, string>): Path => {
  if (section === undefined || id === undefined) return section === undefined ? [] : [section];
  return [section, bases.get(String(id)) ?? id, ...rest];
};

/** Names of entries, a family standing for all of its rows. */
export const withRows = (names: readonly string[], families: Families): readonly string[] =>
  names.flatMap((name) => families.get(name) ?? [name]);

/** The families of all files. */
export const allFamilies = (files: readonly SourceFile[]): Families =>
  new Map(files.flatMap(({ families }) => [...families]));

/** A value as a part of an id: what selectors and shells would take apart becomes `-`. */
const label = (value: string | number | boolean): string =>
  String(value)
    .replaceAll(/[^A-Za-z0-9._:@/-]+/g, '-')
    .slice(0, 40);

type Problem = { readonly path: Path; readonly message: string };
type Read = { readonly rows: readonly MatrixRow[]; readonly problems: readonly Problem[] };

const NAME = /^[a-z][a-z0-9_-]*$/i;

/** `{ repo: [a, b], skill: [x, y] }` is every combination; a list of mappings is just those rows. */
const readMatrix = (matrix: Json): Read => {
  if (Array.isArray(matrix)) return readRows(matrix);
  if (!isJsonObject(matrix) || Object.keys(matrix).length === 0) {
    return refuse([], 'a matrix is a mapping of names to lists, such as { repo: [a, b] }, or a list of rows');
  }
  let rows: readonly MatrixRow[] = [{}];
  const problems: Problem[] = [];
  for (const [name, values] of Object.entries(matrix)) {
    if (!NAME.test(name)) problems.push({ path: [name], message: `"${name}" is no name for a part of a matrix` });
    if (!Array.isArray(values) || values.length === 0) {
      problems.push({ path: [name], message: `${name} needs a list of values, such as [a, b]` });
      continue;
    }
    problems.push(...values.flatMap((value: Json, index) => valueProblems(value, [name, index])));
    const fit = values.filter(isScalar);
    rows = rows.flatMap((row) => fit.map((value) => ({ ...row, [name]: value })));
    if (rows.length > MOST_ROWS) return refuse([], `the matrix has more than ${MOST_ROWS} rows`);
  }
  return problems.length > 0 ? { rows: [], problems } : { rows, problems };
};

const readRows = (list: readonly Json[]): Read => {
  if (list.length === 0 || list.length > MOST_ROWS) return refuse([], `a matrix has from 1 to ${MOST_ROWS} rows`);
  const names = Object.keys(isJsonObject(list[0] ?? null) ? Object(list[0]) : {});
  const problems = list.flatMap((row, index): readonly Problem[] => {
    if (!isJsonObject(row)) return [{ path: [index], message: 'a row is a mapping of names to values' }];
    const same = names.length > 0 && Object.keys(row).join('\n') === names.join('\n');
    if (!same) return [{ path: [index], message: 'every row has the same names, in the same order' }];
    return Object.entries(row).flatMap(([name, value]) => valueProblems(value, [index, name]));
  });
  if (problems.length > 0) return { rows: [], problems };
  const rows = list.map((row) =>
    Object.fromEntries(
      Object.entries(isJsonObject(row) ? row : {}).flatMap(([name, value]) =>
        isScalar(value) ? [[name, value] as const] : [],
      ),
    ),
  );
  return { rows, problems };
};

const valueProblems = (value: Json, path: Path): readonly Problem[] => {
  if (!isScalar(value)) return [{ path, message: 'a value of a matrix is a text, a number, true or false' }];
  if (typeof value === 'string' && (value === '' || hasPlaceholder(value))) {
    return [{ path, message: 'a value of a matrix is written out, without placeholders' }];
  }
  return [];
};

const isScalar = (value: Json): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const refuse = (path: Path, message: string): Read => ({ rows: [], problems: [{ path, message }] });
