/** Facts are free-form: these narrow one to the shape that a view can show, or to nothing. */

type Fields = { readonly [name: string]: unknown };

/** The value as an object, null for anything else. */
export const fieldsOf = (value: unknown): Fields | null => (isFields(value) ? value : null);

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An own property; undefined when it is inherited or absent. */
export const own = (value: Fields, name: string): unknown => (Object.hasOwn(value, name) ? value[name] : undefined);

/** The value as a string that is not empty; null for anything else. */
export const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** The value as a finite number; null for anything else. */
export const numberOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;

/** The items of a list, or the values of an object; nothing for anything else. */
export const itemsOf = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value;
  return isFields(value) ? Object.values(value) : [];
};
