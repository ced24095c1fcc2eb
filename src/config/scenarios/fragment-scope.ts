import type { Json, JsonObject } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';
import type { Declaration, Declarations } from '../declarations.ts';
import { valueAt } from '../value-at.ts';
import { mapAt, textAt, textsAt } from '../written.ts';
import { rewrite } from './rewrite.ts';

/** The name that a captured value has in the whole scenario, given its name where it is written. */
export type Rename = (captured: string) => string;

/** What a fragment captures, and what of it those who use it may see. */
export type FragmentScope = { readonly own: ReadonlySet<string>; readonly returned: ReadonlySet<string> };

/** The captured values of a fragment: of its own steps, and what the fragments return that it uses itself. */
export const scopeOf = (fragment: Declaration, fragments: Declarations): FragmentScope => {
  const steps = valueAt(fragment.value, ['steps']);
  const own = (Array.isArray(steps) ? steps : []).flatMap((step: Json) => {
    const used = fragments.get(textAt(step, ['use']) ?? '');
    return [...Object.keys(mapAt(step, ['capture'])), ...(used === undefined ? [] : returnsOf(used))];
  });
  return { own: new Set(own), returned: new Set(returnsOf(fragment)) };
};

const returnsOf = (fragment: Declaration): readonly string[] =>
  textsAt(fragment.value, ['returns']).map(({ text }) => text);

/**
 * Where the names of a fragment lead: what it captures for itself is a name of this one use of it, what it returns is a
 * name of whoever uses it, and anything else is what that one means by it.
 */
export const renameIn =
  ({ own, returned }: FragmentScope, name: string, outer: Rename): Rename =>
  (captured) =>
    own.has(captured) && !returned.has(captured) ? `${name}.${captured}` : outer(captured);

/** A list of steps in which every `${captured.x}` has the name of the whole scenario. */
export const renamePlaceholders = (steps: Json, rename: Rename): Json =>
  rewrite(steps, (name) =>
    name.startsWith('captured.') ? { placeholder: `captured.${rename(name.slice('captured.'.length))}` } : undefined,
  );

/** The steps of a fragment, as they are written. */
export const stepsOf = ({ value }: Declaration): Json => (isJsonObject(value) ? (value['steps'] ?? null) : null);

/** The parameters that a step gives, in a mapping that has none it did not write. */
export const givenTo = (step: JsonObject, name: string): Json | undefined => {
  const given = mapAt(step, ['with']);
  return Object.hasOwn(given, name) ? given[name] : undefined;
};
