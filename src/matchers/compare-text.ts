import { isJsonObject, type Json } from '../model/json.ts';
import { holdsIf, wrongType, type Compare, type Comparison } from './comparison.ts';
import { isEqual, isList } from './equality.ts';
import { compilePattern } from './pattern.ts';
import { firstDifference, showTyped, showValue } from './show.ts';

/** A part of a text, an element of a list, or a key of an object. */
export const compareContains: Compare = (value, expected) => {
  const found = indexIn(value, expected);
  if (found === null) return cannotContain(value, expected);
  return holdsIf(found >= 0, () => `${showTyped(value)} does not contain ${showValue(expected)}`);
};

/** The opposite of `contains`, for values that could contain it. */
export const compareNotContains: Compare = (value, expected) => {
  const found = indexIn(value, expected);
  if (found === null) return cannotContain(value, expected);
  const around = typeof value === 'string' ? found : 0;
  return holdsIf(found < 0, () => `${showTyped(value, null, around)} contains ${showValue(expected)}`);
};

/** Where the value contains it, -1 when it does not, null when it could not. */
const indexIn = (value: Json, expected: Json): number | null => {
  if (typeof value === 'string') return typeof expected === 'string' ? value.indexOf(expected) : null;
  if (isList(value)) return value.findIndex((item) => isEqual(item, expected));
  if (!isJsonObject(value) || typeof expected !== 'string') return null;
  return Object.hasOwn(value, expected) ? 0 : -1;
};

const cannotContain = (value: Json, expected: Json): Comparison =>
  wrongType(`${showTyped(value)} cannot contain ${showTyped(expected)}`);

/** A pattern found anywhere in a text. */
export const compareMatches: Compare = (value, expected) => {
  const pattern = typeof expected === 'string' ? compilePattern(expected) : 'it is not text';
  if (typeof pattern === 'string') return wrongType(`the pattern cannot be used: ${pattern}`);
  if (typeof value !== 'string') return wrongType(`${showTyped(value)} is not text to match with a pattern`);
  return holdsIf(pattern.test(value), () => `${showTyped(value)} does not match /${String(expected)}/`);
};

/** How a text begins. */
export const compareStart: Compare = (value, expected) => {
  if (typeof value !== 'string' || typeof expected !== 'string') return noTexts(value, expected);
  const around = firstDifference(value, expected);
  return holdsIf(
    value.startsWith(expected),
    () => `${showTyped(value, null, around)} does not start with ${showValue(expected, null, around)}`,
  );
};

/** How a text ends. */
export const compareEnd: Compare = (value, expected) => {
  if (typeof value !== 'string' || typeof expected !== 'string') return noTexts(value, expected);
  return holdsIf(
    value.endsWith(expected),
    () => `${showTyped(value, null, value.length)} does not end with ${showValue(expected)}`,
  );
};

const noTexts = (value: Json, expected: Json): Comparison =>
  wrongType(`${showTyped(value)} is not text to compare with ${showValue(expected)}`);
