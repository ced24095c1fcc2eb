import type { Json, JsonObject } from '../../model/json.ts';
import { refuseOutsideChecks } from '../fill.ts';
import type { Finding } from '../finding.ts';
import { findingAt } from '../finding.ts';
import { interpolate } from '../interpolate.ts';
import type { Scope } from '../scope.ts';
import type { SourceFile } from '../source-file.ts';
import { valueAt } from '../value-at.ts';
import type { Path } from '../yaml/places.ts';
import type { Replace } from './rewrite.ts';

/** One time that a step is made: what its name ends in, and what `${each.value}` and `${each.index}` stand for. */
export type Turn = { readonly label: string; readonly replace: Replace };

export type Turns = { readonly turns: readonly Turn[]; readonly findings: readonly Finding[] };

const ONCE: Turns = { turns: [{ label: '', replace: () => undefined }], findings: [] };

const MOST_TURNS = 100;

/** `each: [a, b]` makes the step once for each value, `repeat: 3` three times. Either may come from a variable. */
export const turnsOf = ({ each, repeat }: JsonObject, file: SourceFile, path: Path, scope: Scope): Turns => {
  if (each === undefined && repeat === undefined) return ONCE;
  if (each !== undefined && repeat !== undefined) {
    return refuse(findingAt(file, [...path, 'repeat'], 'key', 'a step takes each: or repeat:, not both'));
  }
  const key = each === undefined ? 'repeat' : 'each';
  const at = [...path, key];
  const written = each ?? repeat ?? null;
  if (typeof written === 'string' && written.includes('${captured.')) {
    const message = `how often a step is made is known before the scenario begins: no captured value can stand in ${key}:`;
    return refuse(findingAt(file, at, 'value', message));
  }
  const read = readValue(written, file, at, scope);
  if (!read.ok) return { turns: [], findings: read.findings };
  const values = key === 'each' ? listOf(read.value) : countedOf(read.value);
  if (values !== null) return { turns: values.map((value, index) => turnOf(value, index)), findings: [] };
  // What comes from a variable is held against the schema, too.
  if (typeof written === 'string' && /^\$\{(vars|env)\./.test(written)) return { turns: [], findings: [] };
  const wanted = key === 'each' ? `a list of 1 to ${MOST_TURNS} values` : `a whole number from 1 to ${MOST_TURNS}`;
  return refuse(findingAt(file, at, 'value', `expected ${wanted}`));
};

type Read = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly findings: readonly Finding[] };

/** A list that is written out stays as it is: the placeholders in it are filled where they come to stand. */
const readValue = (written: Json, file: SourceFile, at: Path, scope: Scope): Read => {
  if (typeof written !== 'string') return { ok: true, value: written };
  const { value, filled, findings } = interpolate(written, at, file, { ...scope, captured: null });
  const refused = [...findings, ...filled.flatMap((one) => refuseOutsideChecks(file, one, scope))];
  return refused.length > 0 ? { ok: false, findings: refused } : { ok: true, value };
};

const listOf = (value: Json): readonly Json[] | null => {
  const items: Json = value;
  return Array.isArray(items) && items.length >= 1 && items.length <= MOST_TURNS ? items : null;
};

const countedOf = (value: Json): readonly Json[] | null => {
  const count = typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : value;
  const fits = typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= MOST_TURNS;
  return fits ? Array.from({ length: count }, () => null) : null;
};

const turnOf = (value: Json, index: number): Turn => {
  const label = typeof value === 'string' || typeof value === 'number' ? String(value) : String(index + 1);
  return {
    label: `[${label.replaceAll(/[^A-Za-z0-9._:@-]+/g, '-').slice(0, 40)}]`,
    replace: (name) => {
      if (name === 'each.index') return index + 1;
      if (name === 'each.value' && value !== null) return value;
      return name.startsWith('each.value.') ? valueAt(value, name.slice('each.value.'.length).split('.')) : undefined;
    },
  };
};

const refuse = (finding: Finding): Turns => ({ turns: [], findings: [finding] });
