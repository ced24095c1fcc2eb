import { checkJsonPath } from '../matchers/json-path.ts';
import type { FactDefinition, FactTable } from '../model/fact.ts';
import { closest } from '../model/suggest.ts';

/** What `expect:` may name: the definition of a fact, or why there is none. */
export type FactLookup =
  | { readonly ok: true; readonly definition: FactDefinition }
  | { readonly ok: false; readonly message: string; readonly hint: () => string | null };

/** Every look has a duration, whether its kind tells more about it or not. */
const DURATION: FactDefinition = { type: 'duration', description: 'how long the look took', code: 'slow' };

/** Finds the fact of a kind by its name; a JSONPath must be one, and the kind must report JSON. */
export const findFact = (name: string, kind: string, facts: FactTable): FactLookup => {
  if (name.startsWith('$')) return findPath(name, kind, facts);
  const definition = own(facts, name) ?? family(name, facts) ?? (name === 'duration' ? DURATION : undefined);
  if (definition !== undefined) return { ok: true, definition };
  const known = Object.keys(facts).filter((fact) => fact !== '$');
  return {
    ok: false,
    message: `${kind} reports no fact "${name}"`,
    hint: () => {
      const near = closest(name, known);
      return near === null ? `its facts are ${listSome(known)}` : `did you mean "${near}"?`;
    },
  };
};

const MAX_LISTED = 12;

const listSome = (names: readonly string[]): string =>
  names.length > MAX_LISTED
    ? `${names.slice(0, MAX_LISTED).join(', ')} and ${names.length - MAX_LISTED} more`
    : names.join(', ');

const findPath = (name: string, kind: string, facts: FactTable): FactLookup => {
  const definition = own(facts, '$');
  if (definition === undefined)
    return { ok: false, message: `${kind} reports no JSON for a JSONPath`, hint: () => null };
  const wrong = checkJsonPath(name);
  return wrong === null
    ? { ok: true, definition }
    : { ok: false, message: `"${name}" is not a JSONPath: ${wrong}`, hint: () => null };
};

const own = (facts: FactTable, name: string): FactDefinition | undefined =>
  Object.hasOwn(facts, name) ? facts[name] : undefined;

/** `headers.*` for `headers.content-type`: the longest family that the name belongs to. */
const family = (name: string, facts: FactTable): FactDefinition | undefined => {
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    const definition = dot === name.length - 1 ? undefined : own(facts, `${name.slice(0, dot)}.*`);
    if (definition !== undefined) return definition;
  }
  return undefined;
};
