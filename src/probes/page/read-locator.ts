import { closest } from '../../model/suggest.ts';
import { isMapping, refuseUnknown, textUnder, under, type Problems, type Written } from './problem-list.ts';
import { isRole, ROLES } from './roles.ts';

/** The ways to name an element, of which a locator has exactly one. */
const WAYS = ['role', 'text', 'label', 'placeholder', 'test-id', 'alt', 'title', 'selector'] as const;
export type Way = (typeof WAYS)[number];

const BESIDE = ['name', 'exact', 'has-text', 'nth', 'inside', 'frame'] as const;

/** An element of a page, as a step names it. */
export type ElementLocator = {
  readonly way: Way;
  /** The role, the text, the selector, ... */
  readonly value: string;
  /** The accessible name, beside a role. */
  readonly name: string | null;
  readonly exact: boolean;
  readonly hasText: string | null;
  /** Which of several: 1 is the first, -1 the last; null when it must be one. */
  readonly nth: number | null;
  readonly inside: ElementLocator | null;
  /** Selector of the iframe that it is in. */
  readonly frame: string | null;
};

/** The locator that a plain text means. */
export const selectorLocator = (value: string): ElementLocator => ({
  way: 'selector',
  value,
  name: null,
  exact: false,
  hasText: null,
  nth: null,
  inside: null,
  frame: null,
});

/** Whether a mapping names an element in one of the ways. */
export const namesElement = (written: Written): boolean => WAYS.some((way) => written[way] !== undefined);

const readWay = (written: Written, problems: Problems): { readonly way: Way; readonly value: string } | null => {
  const [way, second] = WAYS.filter((one) => written[one] !== undefined);
  if (way === undefined) {
    problems.push({ path: [], message: `names no element: expected one of ${WAYS.join(', ')}` });
    return null;
  }
  if (second !== undefined) {
    problems.push({ path: [second], message: `is a second way to name the element, beside ${way}` });
  }
  const value = textUnder(written, way, problems);
  if (way === 'role' && value !== null && !isRole(value)) {
    const suggestion = closest(value, ROLES);
    problems.push({
      path: ['role'],
      message: `is no ARIA role${suggestion === null ? '' : `: did you mean "${suggestion}"?`}`,
    });
  }
  return value === null ? null : { way, value };
};

const readNth = ({ nth }: Written, problems: Problems): number | null => {
  if (nth === undefined) return null;
  if (typeof nth === 'number' && Number.isInteger(nth) && (nth >= 1 || nth === -1)) return nth;
  problems.push({ path: ['nth'], message: 'is not the number of one of several: 1 is the first, -1 the last' });
  return null;
};

const readExact = ({ exact }: Written, problems: Problems): boolean => {
  if (exact !== undefined && typeof exact !== 'boolean')
    problems.push({ path: ['exact'], message: 'is not true or false' });
  return exact === true;
};

/**
 * Reads an element: a selector as a text, or a mapping. `more` are keys that others read. Null when it cannot be told
 * what is meant; everything that is wrong is added to the problems.
 */
export const readLocator = (
  written: unknown,
  problems: Problems,
  more: readonly string[] = [],
): ElementLocator | null => {
  if (typeof written === 'string' && written.trim() !== '') return selectorLocator(written);
  if (!isMapping(written)) {
    problems.push({ path: [], message: 'names no element: expected a selector or a mapping' });
    return null;
  }
  refuseUnknown(written, [...WAYS, ...BESIDE, ...more], problems);
  const named = readWay(written, problems);
  const name = textUnder(written, 'name', problems);
  if (name !== null && written['role'] === undefined)
    problems.push({ path: ['name'], message: 'needs role beside it' });
  const { inside } = written;
  const outer = inside === undefined ? null : under('inside', problems, (found) => readLocator(inside, found));
  const rest = {
    exact: readExact(written, problems),
    hasText: textUnder(written, 'has-text', problems),
    nth: readNth(written, problems),
    frame: textUnder(written, 'frame', problems),
  };
  return named === null ? null : { ...named, name, inside: outer, ...rest };
};
