import { HELD, different, missing, wrongType, type Compare, type Comparison } from './comparison.ts';
import { isList } from './equality.ts';
import { clausesOf, phraseAll } from './phrase.ts';
import { showTyped } from './show.ts';

/**
 * The opposite, when the inner clauses can be compared and differ. A value of another type or an empty list
 * proves neither side, so it does not hold.
 */
export const compareNot: Compare = (value, expected, { all, unit }) => {
  const clauses = clausesOf(expected);
  const inner = all(clauses, value, unit);
  if (inner.held) return different(`${showTyped(value, unit)} ${phraseAll(clauses, unit)}, and must not`);
  return inner.break === 'different' ? HELD : inner;
};

/** Each element holds; an empty list has none to show for it. */
export const compareEvery: Compare = (value, expected, { all }) => {
  if (!isList(value)) return wrongType(`${showTyped(value)} is not a list`);
  if (value.length === 0) return missing('the list is empty, so no element can hold');
  const clauses = clausesOf(expected);
  let first: Comparison = HELD;
  for (const [index, item] of value.entries()) {
    const comparison = all(clauses, item, null);
    if (comparison.held) continue;
    const placed = { ...comparison, explanation: `element ${index} of ${value.length}: ${comparison.explanation}` };
    if (comparison.break === 'different') return placed;
    if (first.held) first = placed;
  }
  return first;
};

/** At least one element holds. */
export const compareSome: Compare = (value, expected, { all }) => {
  if (!isList(value)) return wrongType(`${showTyped(value)} is not a list`);
  if (value.length === 0) return missing('the list is empty, so no element can hold');
  const clauses = clausesOf(expected);
  let undecided: Comparison | null = null;
  for (const item of value) {
    const comparison = all(clauses, item, null);
    if (comparison.held) return HELD;
    if (comparison.break !== 'different') undecided ??= comparison;
  }
  const explanation = `no element of ${showTyped(value)} ${phraseAll(clauses, null)}`;
  return undecided === null ? different(explanation) : { ...undecided, explanation };
};
