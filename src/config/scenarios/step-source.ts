import type { Json, JsonObject } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';
import type { Declaration, Declarations } from '../declarations.ts';
import { refuseOutsideChecks } from '../fill.ts';
import type { Finding } from '../finding.ts';
import { findingAt } from '../finding.ts';
import { interpolate } from '../interpolate.ts';
import { suggestName } from '../references.ts';
import type { Scope } from '../scope.ts';
import type { SourceFile } from '../source-file.ts';
import { valueAt } from '../value-at.ts';
import { mapAt, textAt, textsAt } from '../written.ts';
import type { Path } from '../yaml/places.ts';
import { givenTo, renameIn, renamePlaceholders, scopeOf, stepsOf, type Rename } from './fragment-scope.ts';
import { rewrite, type Replace } from './rewrite.ts';
import { STRUCTURE, strayKeys } from './step-keys.ts';
import { turnsOf } from './turns.ts';

/** One step as it was written, fragments put in place and loops written out; its placeholders are not filled yet. */
export type StepSource = {
  readonly name: string;
  readonly value: JsonObject;
  readonly file: SourceFile;
  readonly path: Path;
  /** For the keys of `capture:` and `if:`, which stay as they are written. */
  readonly rename: Rename;
};

export type StepSources = { readonly steps: readonly StepSource[]; readonly findings: readonly Finding[] };

/** What readers of steps need besides the scenario. Kinds are the keys that may give a step its name. */
export type StepSetting = {
  readonly fragments: Declarations;
  readonly kinds: ReadonlySet<string>;
  readonly scope: Scope;
};

const MOST_STEPS = 500;
/** Fragments that use each other many times and hold nothing would be walked for ever. */
const MOST_VISITS = 5000;
const DEEPEST = 10;

const NAME = /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,79}$/;

/** Where a list of steps stands, and what its placeholders of structure stand for. */
type Site = {
  readonly file: SourceFile;
  readonly path: Path;
  readonly prefix: string;
  readonly replace: Replace;
  readonly rename: Rename;
  /** Fragments that this list is part of, outermost first. */
  readonly trail: readonly string[];
};

/** The steps under `steps:` or `cleanup:` of a scenario, in order. */
export const readSteps = (
  scenario: Declaration,
  key: 'steps' | 'cleanup',
  { fragments, kinds, scope }: StepSetting,
): StepSources => {
  const findings: Finding[] = [];
  const steps: StepSource[] = [];
  const names = new Set<string>();
  const ofNames: Scope = { ...scope, captured: null };
  let visits = 0;
  const root: Site = {
    file: scenario.file,
    path: [...scenario.path, key],
    prefix: '',
    replace: () => undefined,
    rename: (captured) => captured,
    trail: [],
  };
  walk(valueAt(scenario.value, [key]) ?? null, root);
  if (isTooMuch()) findings.push(findingAt(root.file, root.path, 'key', `there are more than ${MOST_STEPS} steps`));
  return { steps: steps.slice(0, MOST_STEPS), findings };

  function isTooMuch(): boolean {
    return steps.length > MOST_STEPS || visits > MOST_VISITS;
  }

  function walk(list: Json, site: Site): void {
    if (!Array.isArray(list)) return;
    list.forEach((written: Json, at) => {
      if (isJsonObject(written)) visit(written, { ...site, path: [...site.path, at] });
    });
  }

  function visit(written: JsonObject, site: Site): void {
    if (isTooMuch()) return;
    const given = rewrite(written, site.replace);
    if (!isJsonObject(given)) return;
    const read = turnsOf(given, site.file, site.path, scope);
    findings.push(...strayKeys(given, site.file, site.path), ...read.findings);
    for (const { label, replace } of read.turns) {
      visits += 1;
      const value = rewrite(given, replace);
      if (!isJsonObject(value) || isTooMuch()) continue;
      if (value['use'] === undefined) add(value, site, label);
      else use(value, site, label);
    }
  }

  function add(value: JsonObject, site: Site, label: string): void {
    const own = nameOf(value, site) ?? Object.keys(value).find((one) => kinds.has(one)) ?? 'step';
    const rest = Object.fromEntries(Object.entries(value).filter(([one]) => !STRUCTURE.includes(one)));
    const { file, path, rename } = site;
    steps.push({ name: unique(`${site.prefix}${own}${label}`), value: rest, file, path, rename });
  }

  function use(value: JsonObject, site: Site, label: string): void {
    const id = textAt(value, ['use']) ?? '';
    const at: Path = [...site.path, 'use'];
    const fragment = fragments.get(id);
    if (fragment === undefined) {
      const hint = (): string => suggestName(id, 'fragment', fragments);
      findings.push(findingAt(site.file, at, 'value', `there is no fragment "${id}"`, { hint }));
    } else if (site.trail.includes(id) || site.trail.length >= DEEPEST) {
      const trail = [...site.trail, id].join(' -> ');
      findings.push(findingAt(site.file, at, 'value', `fragments use each other: ${trail}`));
    } else {
      const name = `${site.prefix}${nameOf(value, site) ?? id}${label}`;
      // The steps of the cleanup have that word before their names.
      if (name === 'cleanup') names.add(name);
      enter(fragment, value, unique(name), site);
    }
  }

  function enter(fragment: Declaration, step: JsonObject, name: string, site: Site): void {
    const parameters = textsAt(fragment.value, ['parameters']).map(({ text }) => text);
    for (const one of Object.keys(mapAt(step, ['with'])).filter((given) => !parameters.includes(given))) {
      const message = `the fragment "${fragment.id}" has no parameter "${one}"`;
      findings.push(findingAt(site.file, [...site.path, 'with', one], 'key', message));
    }
    for (const one of parameters.filter((parameter) => givenTo(step, parameter) === undefined)) {
      const message = `the fragment "${fragment.id}" needs the parameter "${one}"`;
      findings.push(
        findingAt(site.file, [...site.path, 'use'], 'value', message, { hint: `add with: { ${one}: ... }` }),
      );
    }
    const captures = scopeOf(fragment, fragments);
    for (const one of [...captures.returned].filter((returned) => !captures.own.has(returned))) {
      const message = `the fragment "${fragment.id}" captures no "${one}"`;
      findings.push(findingAt(fragment.file, [...fragment.path, 'returns'], 'key', message));
    }
    const rename = renameIn(captures, name, site.rename);
    walk(renamePlaceholders(stepsOf(fragment), rename), {
      file: fragment.file,
      path: [...fragment.path, 'steps'],
      prefix: `${name}/`,
      replace: (placeholder) =>
        placeholder.startsWith('with.') ? givenTo(step, placeholder.slice('with.'.length)) : undefined,
      rename,
      trail: [...site.trail, fragment.id],
    });
  }

  /** The name that was given; null when there is none. */
  function nameOf(value: JsonObject, { file, path }: Site): string | null {
    const at = [...path, 'name'];
    const { value: name, filled, findings: unknown } = interpolate(value['name'] ?? null, at, file, ofNames);
    const refused = [...unknown, ...filled.flatMap((one) => refuseOutsideChecks(file, one, scope))];
    findings.push(...refused);
    const text = typeof name === 'number' ? String(name) : name;
    if (refused.length > 0 || typeof text !== 'string') return null;
    if (NAME.test(text)) return text;
    // One that is written out, or comes from a variable, is held against the schema, too.
    const madeUp = /\$\{(with|each|matrix)\./.test(String(valueAt(file.value, at)));
    if (madeUp) findings.push(findingAt(file, at, 'value', `"${text}" is no name for a step`, { hint: NAME_HINT }));
    return null;
  }

  function unique(name: string): string {
    for (let count = 1; ; count += 1) {
      const one = count === 1 ? name : `${name}-${count}`;
      if (names.has(one)) continue;
      names.add(one);
      return one;
    }
  }
};

const NAME_HINT = 'a name has letters, digits, spaces, ".", "_" and "-", up to 80';
