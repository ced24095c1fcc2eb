import { isJsonObject, type Json } from '../model/json.ts';
import { HELD, different, holdsIf, wrongType, type Compare } from './comparison.ts';
import { isEqual, itemsOf, typeOf } from './equality.ts';
import { compileSchema } from './json-schema.ts';
import type { MatcherName } from './matcher.ts';
import { isStatusOf } from './parse-status.ts';
import { phrase } from './phrase.ts';
import { firstDifference, showTyped, showValue } from './show.ts';

const NO_CONVERSION = 'types are never converted';

/** Equality without coercion; `null` differs from every value, any other pair of types cannot be compared. */
export const compareEqual: Compare = (value, expected, { unit }) => {
  if (isEqual(value, expected)) return HELD;
  if (expected !== null && typeOf(value) !== typeOf(expected)) {
    return wrongType(`${showTyped(value, unit)} is not ${showTyped(expected, unit)}: ${NO_CONVERSION}`);
  }
  const around = typeof value === 'string' && typeof expected === 'string' ? firstDifference(value, expected) : 0;
  return different(`${showTyped(value, unit, around)} is not ${showValue(expected, unit, around)}`);
};

/** Equality with one of several values. */
export const compareIn: Compare = (value, expected, { unit }) => {
  const choices = itemsOf(expected);
  if (choices.some((choice) => isEqual(value, choice))) return HELD;
  const sentence = `${showTyped(value, unit)} ${phrase({ matcher: 'in', expected }, unit, true)}`;
  const comparable = choices.some((choice) => choice === null || typeOf(choice) === typeOf(value));
  return comparable ? different(sentence) : wrongType(`${sentence}: ${NO_CONVERSION}`);
};

/** An HTTP status against statuses and classes (`2xx`). */
export const compareStatus: Compare = (value, expected, { unit }) =>
  typeof value === 'number'
    ? holdsIf(
        isStatusOf(value, itemsOf(expected)),
        () => `${showTyped(value)} ${phrase({ matcher: 'status', expected }, unit, true)}`,
      )
    : wrongType(`${showTyped(value)} is not an HTTP status`);

/** Orders numbers; anything else cannot be ordered. */
export const compareNumber =
  (matcher: MatcherName, holds: (value: number, bound: number) => boolean): Compare =>
  (value, expected, { unit }) => {
    if (!Number.isFinite(value) || typeof value !== 'number' || typeof expected !== 'number') {
      return wrongType(`${showTyped(value, unit)} is not a number to compare with ${showValue(expected, unit)}`);
    }
    return holdsIf(
      holds(value, expected),
      () => `${showTyped(value, unit)} ${phrase({ matcher, expected }, unit, true)}`,
    );
  };

/** Both bounds belong to the range. */
export const compareBetween: Compare = (value, expected, { unit }) => {
  const [low, high] = itemsOf(expected);
  if (typeof value !== 'number' || typeof low !== 'number' || typeof high !== 'number') {
    return wrongType(`${showTyped(value, unit)} is not a number to compare with a range`);
  }
  return holdsIf(
    value >= low && value <= high,
    () => `${showTyped(value, unit)} ${phrase({ matcher: 'between', expected }, unit, true)}`,
  );
};

/** The type of a value; an integer is a number too. */
export const compareType: Compare = (value, expected) =>
  holdsIf(isOfType(value, expected), () => `${showTyped(value)} is not of type ${String(expected)}`);

const isOfType = (value: Json, name: Json): boolean =>
  name === 'integer' ? Number.isInteger(value) : typeOf(value) === name;

/** A JSON Schema; a schema or value that it cannot cope with does not hold. */
export const compareSchema: Compare = (value, expected) => {
  const fits = isJsonObject(expected) ? compileSchema(expected) : 'it is not a mapping';
  if (typeof fits === 'string') return wrongType(`the schema cannot be used: ${fits}`);
  try {
    const misfit = fits(value);
    return misfit === null ? HELD : different(`${showTyped(value)} does not fit the schema: ${misfit}`);
  } catch {
    return wrongType('the value is nested too deeply to be compared with the schema');
  }
};
