import { parseInstant } from '../matchers/instant.ts';
import type { Json } from '../model/json.ts';
import type { Window } from './config.ts';
import type { Declaration } from './declarations.ts';
import type { Finding } from './finding.ts';
import { findingAt } from './finding.ts';
import type { SelectorIndex } from './selector.ts';
import { select } from './selector.ts';
import { valueAt } from './value-at.ts';
import { textAt, textsAt } from './written.ts';

/** The windows of each check by its id, and what is wrong with them. */
export type Maintenance = {
  readonly windows: ReadonlyMap<string, readonly Window[]>;
  readonly findings: readonly Finding[];
};

type Filled = { readonly declaration: Declaration; readonly value: Json };

/** Which checks lie in which windows. Only what is complete and names something comes out. */
export const resolveMaintenance = (
  entries: readonly Filled[],
  index: SelectorIndex,
  complete: boolean,
): Maintenance => {
  const windows = new Map<string, Window[]>();
  const findings: Finding[] = [];
  for (const entry of entries) {
    const { window, findings: wrong } = readWindow(entry);
    findings.push(...wrong);
    const named = checksOf(entry, index);
    if (complete) findings.push(...named.findings);
    if (window === null) continue;
    for (const id of named.ids) windows.set(id, [...(windows.get(id) ?? []), window]);
  }
  return { windows, findings };
};

const checksOf = ({ declaration, value }: Filled, index: SelectorIndex) => {
  if (valueAt(value, ['checks']) === undefined) return { ids: index.checks.map(({ id }) => id), findings: [] };
  const findings: Finding[] = [];
  const ids = textsAt(value, ['checks']).flatMap(({ text, path }) => {
    const selection = select(text, index, { globs: false });
    if (selection.ok) return selection.ids;
    const at = [...declaration.path, ...path];
    findings.push(findingAt(declaration.file, at, 'value', selection.message, { hint: selection.hint }));
    return [];
  });
  return { ids: [...new Set(ids)], findings };
};

type Read = { readonly window: Window | null; readonly findings: readonly Finding[] };

const read = (window: Window): Read => ({ window, findings: [] });

const readWindow = ({ declaration, value }: Filled): Read => {
  const { file, path, id } = declaration;
  const refuse = (at: readonly string[], message: string): Read => ({
    window: null,
    findings: [findingAt(file, [...path, ...at], at.length === 0 ? 'key' : 'value', message)],
  });
  const title = textAt(value, ['title']) ?? id;
  const [from, to] = [textAt(value, ['from']), textAt(value, ['to'])];
  const weekly = valueAt(value, ['weekly']);
  if ((weekly === undefined) === (from === null && to === null)) {
    return refuse([], 'a maintenance window is either weekly: or from: and to:');
  }
  if (weekly === undefined) {
    if (from === null || to === null) return refuse([], 'a single window needs both from: and to:');
    const [start, end] = [parseInstant(from), parseInstant(to)];
    if (start === null) return refuse(['from'], `there is no such time as "${from}"`);
    if (end === null) return refuse(['to'], `there is no such time as "${to}"`);
    if (end <= start) return refuse(['to'], 'the window ends before it begins');
    return read({ kind: 'once', title, fromMs: start, toMs: end });
  }
  const zone = textAt(value, ['weekly', 'zone']);
  const [begin, stop] = [textAt(value, ['weekly', 'from']), textAt(value, ['weekly', 'to'])];
  // What does not fit the schema is reported by then.
  if (zone === null || begin === null || stop === null) return { window: null, findings: [] };
  if (!isZone(zone)) return refuse(['weekly', 'zone'], `there is no time zone "${zone}"`);
  if (begin === stop) return refuse(['weekly', 'to'], 'the window ends when it begins');
  const days = textsAt(value, ['weekly', 'days']).map(({ text }) => text);
  return read({ kind: 'weekly', title, days, from: begin, to: stop, zone });
};

const isZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};
