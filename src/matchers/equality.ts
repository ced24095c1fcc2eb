import { isJsonObject, type Json } from '../model/json.ts';

/** The types of JSON values, as the matcher `type` names them; an integer is a number too. */
export const VALUE_TYPES = ['string', 'number', 'integer', 'boolean', 'list', 'object', 'null'] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

/** The type of a value, `number` for every number. */
export const typeOf = (value: Json): Exclude<ValueType, 'integer'> => {
  if (value === null) return 'null';
  if (isList(value)) return 'list';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'object';
};

/** Equality without coercion: `"1"` is not 1. Keys of objects have no order, elements of lists have one. */
export const isEqual = (a: Json, b: Json): boolean => isSame(a, b);

/** Of values that are there: an element or a member that is absent is seen by the length or the name. */
const isSame = (a: Json | undefined, b: Json | undefined): boolean => {
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  if (!isJsonObject(a)) return a === b;
  if (!isJsonObject(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && isSame(a[name], b[name]))
  );
};

/** Narrows to a JSON list. */
export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** The elements of a list; none of anything else. */
export const itemsOf = (value: Json): readonly Json[] => (isList(value) ? value : []);

/** Characters (code points) of a text, elements of a list, members of an object; null for what has no size. */
export const sizeOf = (value: Json): number | null => {
  if (typeof value === 'string') return codePoints(value);
  if (isList(value)) return value.length;
  return isJsonObject(value) ? Object.keys(value).length : null;
};

const codePoints = (text: string): number => {
  let count = 0;
  for (let index = 0; index < text.length; index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1) count++;
  return count;
};
