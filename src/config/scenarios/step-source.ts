import type { Json, JsonObject } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';
import type { Declaration, Declarations } from '../declarations.ts';
import type { Finding } from '../finding.ts';
import { findingAt } from '../finding.ts';
import { suggestName } from '../references.ts';
import type { SourceFile } from '../source-file.ts';
import { valueAt } from '../value-at.ts';
import { mapAt, textAt, textsAt } from '../written.ts';
import type { Path } from '../yaml/places.ts';
import { rewrite, type Replace } from './rewrite.ts';

/** One step as it was written, fragments put in place and loops written out; its placeholders are not filled yet. */
export type StepSource = {
  readonly name: string;
  readonly value: JsonObject;
  readonly file: SourceFile;
  readonly path: Path;
};

export type StepSources = { readonly steps: readonly StepSource[]; readonly findings: readonly Finding[] };

/** Keys that mean something here and nothing to the step itself. */
const STRUCTURE: ReadonlySet<string> = new Set(['name', 'use', 'with', 'each', 'repeat']);

const MOST_STEPS = 500;
const DEEPEST = 10;

/** Where a list of steps stands, and what its placeholders of structure stand for. */
type Site = {
  readonly file: SourceFile;
  readonly path: Path;
  readonly prefix: string;
  readonly replace: Replace;
  /** Fragments that this list is part of, outermost first. */
  readonly trail: readonly string[];
};

/** The steps under `steps:` or `cleanup:` of a scenario, in order. Kinds are the keys that may give a step its name. */
export const readSteps = (
  scenario: Declaration,
  key: 'steps' | 'cleanup',
  fragments: Declarations,
  kinds: ReadonlySet<string>,
): StepSources => {
  const findings: Finding[] = [];
  const steps: StepSource[] = [];
  const names = new Map<string, number>();
  const root: Site = {
    file: scenario.file,
    path: [...scenario.path, key],
    prefix: '',
    replace: () => undefined,
    trail: [],
  };
  walk(valueAt(scenario.value, [key]), root);
  if (steps.length > MOST_STEPS) {
    findings.push(findingAt(root.file, root.path, 'key', `there are more than ${MOST_STEPS} steps`));
  }
  return { steps: steps.slice(0, MOST_STEPS), findings };

  function walk(list: Json | undefined, site: Site): void {
    if (!Array.isArray(list)) return;
    list.forEach((written: Json, at) => {
      const path = [...site.path, at];
      if (isJsonObject(written) && steps.length <= MOST_STEPS) visit(written, { ...site, path });
    });
  }

  function visit(written: JsonObject, site: Site): void {
    for (const turn of turnsOf(written, site, findings)) {
      const value = rewrite(written, (name) => turn.replace(name) ?? site.replace(name));
      if (!isJsonObject(value)) continue;
      if (value['use'] === undefined) add(value, site, turn.label);
      else use(value, site, turn.label);
    }
  }

  function add(value: JsonObject, site: Site, label: string): void {
    const own = textAt(value, ['name']) ?? Object.keys(value).find((one) => kinds.has(one)) ?? 'step';
    const rest = Object.fromEntries(Object.entries(value).filter(([one]) => !STRUCTURE.has(one)));
    steps.push({ name: unique(`${site.prefix}${own}${label}`), value: rest, file: site.file, path: site.path });
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
      const name = unique(`${site.prefix}${textAt(value, ['name']) ?? id}${label}`);
      enter(fragment, mapAt(value, ['with']), name, site);
    }
  }

  function enter(fragment: Declaration, given: JsonObject, name: string, site: Site): void {
    const parameters = textsAt(fragment.value, ['parameters']).map(({ text }) => text);
    for (const key of Object.keys(given).filter((one) => !parameters.includes(one))) {
      const message = `the fragment "${fragment.id}" has no parameter "${key}"`;
      findings.push(findingAt(site.file, [...site.path, 'with', key], 'key', message));
    }
    for (const key of parameters.filter((one) => given[one] === undefined)) {
      const message = `the fragment "${fragment.id}" needs the parameter "${key}"`;
      findings.push(
        findingAt(site.file, [...site.path, 'use'], 'value', message, { hint: `add with: { ${key}: ... }` }),
      );
    }
    const own = capturedIn(fragment);
    const returned = new Set(textsAt(fragment.value, ['returns']).map(({ text }) => text));
    for (const key of [...returned].filter((one) => !own.has(one))) {
      const message = `the fragment "${fragment.id}" captures no "${key}"`;
      findings.push(findingAt(fragment.file, [...fragment.path, 'returns'], 'key', message));
    }
    const local = (captured: string): string =>
      own.has(captured) && !returned.has(captured) ? `${name}.${captured}` : captured;
    walk(valueAt(renameCaptures(fragment.value, local), ['steps']), {
      file: fragment.file,
      path: [...fragment.path, 'steps'],
      prefix: `${name}/`,
      replace: (placeholder) =>
        placeholder.startsWith('with.') ? given[placeholder.slice('with.'.length)] : undefined,
      trail: [...site.trail, fragment.id],
    });
  }

  function unique(name: string): string {
    const count = (names.get(name) ?? 0) + 1;
    names.set(name, count);
    return count === 1 ? name : unique(`${name}-${count}`);
  }
};

type Turn = { readonly label: string; readonly replace: Replace };

const ONCE: readonly Turn[] = [{ label: '', replace: () => undefined }];

/** `each: [a, b]` makes the step once for each value, `repeat: 3` three times; `${each.value}` and `${each.index}`. */
const turnsOf = (written: JsonObject, site: Site, findings: Finding[]): readonly Turn[] => {
  const { each, repeat } = written;
  if (each !== undefined && repeat !== undefined) {
    findings.push(findingAt(site.file, [...site.path, 'repeat'], 'key', 'a step takes each: or repeat:, not both'));
    return [];
  }
  const values = Array.isArray(each)
    ? each
    : typeof repeat === 'number'
      ? Array.from({ length: repeat }, () => null)
      : null;
  if (values === null) return ONCE;
  return values.map((value: Json, at): Turn => {
    const label = typeof value === 'string' || typeof value === 'number' ? String(value) : String(at + 1);
    return {
      label: `[${label.replaceAll(/[^A-Za-z0-9._:@-]+/g, '-').slice(0, 40)}]`,
      replace: (name) => {
        if (name === 'each.index') return at + 1;
        if (name === 'each.value' && value !== null) return value;
        return name.startsWith('each.value.') ? valueAt(value, name.slice('each.value.'.length).split('.')) : undefined;
      },
    };
  });
};

const capturedIn = (fragment: Declaration): ReadonlySet<string> => {
  const steps = valueAt(fragment.value, ['steps']);
  return new Set((Array.isArray(steps) ? steps : []).flatMap((step: Json) => Object.keys(mapAt(step, ['capture']))));
};

/** A fragment with other names for what it captures, where it captures and where it uses them. */
const renameCaptures = (fragment: Json, rename: (name: string) => string): Json => {
  const used = rewrite(fragment, (name) =>
    name.startsWith('captured.') ? { placeholder: `captured.${rename(name.slice('captured.'.length))}` } : undefined,
  );
  const steps = valueAt(used, ['steps']);
  if (!isJsonObject(used) || !Array.isArray(steps)) return used;
  return { ...used, steps: steps.map((step: Json) => renameKeys(step, rename)) };
};

const renameKeys = (step: Json, rename: (name: string) => string): Json => {
  if (!isJsonObject(step)) return step;
  const renamed = (['capture', 'if'] as const).flatMap((key) => {
    const map = step[key];
    if (!isJsonObject(map)) return [];
    return [[key, Object.fromEntries(Object.entries(map).map(([name, value]) => [rename(name), value]))] as const];
  });
  return { ...step, ...Object.fromEntries(renamed) };
};
