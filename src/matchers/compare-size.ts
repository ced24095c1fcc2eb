import { holdsIf, wrongType, type Compare } from './comparison.ts';
import { sizeOf } from './equality.ts';
import { clausesOf } from './phrase.ts';
import { showTyped } from './show.ts';

/** Whether a text, list or object has nothing in it. */
export const compareEmpty: Compare = (value, expected) => {
  const size = sizeOf(value);
  if (size === null) return wrongType(`${showTyped(value)} can be neither empty nor filled`);
  return holdsIf((size === 0) === expected, () => `${showTyped(value)} is ${size === 0 ? 'empty' : 'not empty'}`);
};

/** How many characters (code points), elements or members there are. */
export const compareLength: Compare = (value, expected, { all }) => {
  const size = sizeOf(value);
  if (size === null) return wrongType(`${showTyped(value)} has no length`);
  const comparison = all(clausesOf(expected), size, null);
  return comparison.held
    ? comparison
    : { ...comparison, explanation: `the length of ${showTyped(value)} is wrong: ${comparison.explanation}` };
};
