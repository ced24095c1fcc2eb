/** Deeper than any honest answer; a value that holds itself ends here too. */
const MAX_DEPTH = 500;

/**
 * Where a value is not plain JSON, as a sentence (`"tls.days-left" is NaN`); null when it is plain all through: null,
 * booleans, finite numbers, strings, lists without holes, and objects without a class.
 */
export const jsonFlaw = (value: unknown): string | null => {
  const flaw = findFlaw(value, 0);
  if (flaw === null) return null;
  const path = flaw.path.toReversed().join('.');
  return `${path === '' ? 'the whole' : JSON.stringify(path.slice(0, 200))} ${flaw.what}`;
};

/** The path is collected on the way back, innermost part first, so that a sound value costs nothing. */
type Flaw = { readonly path: string[]; readonly what: string };

const findFlaw = (value: unknown, depth: number): Flaw | null => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return null;
  if (typeof value === 'number') return Number.isFinite(value) ? null : flawed(`is ${value}`);
  if (typeof value !== 'object') return flawed(value === undefined ? 'is undefined' : `is a ${typeof value}`);
  if (depth > MAX_DEPTH) return flawed(`is nested deeper than ${MAX_DEPTH}, or holds itself`);
  if (Array.isArray(value)) return firstFlaw(value, depth, String);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) return flawed('is an object of a class');
  if (Object.getOwnPropertySymbols(value).length > 0) return flawed('has a symbol for a key');
  return firstFlaw(Object.values(value), depth, (index) => Object.keys(value)[index] ?? '');
};

/** Names are only looked up for a flaw: the facts of a large answer have a million of them. */
const firstFlaw = (items: readonly unknown[], depth: number, name: (index: number) => string): Flaw | null => {
  for (const [index, item] of items.entries()) {
    const flaw = findFlaw(item, depth + 1);
    if (flaw === null) continue;
    flaw.path.push(name(index));
    return flaw;
  }
  return null;
};

const flawed = (what: string): Flaw => ({ path: [], what });
