import type { FactType } from '../../model/fact.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import { parseMatcher } from '../../matchers/parse.ts';
import { ASKED_STATES, ASKED_VALUES, type AskedValue, type PageAction, type ValueExpectation } from './page-step.ts';
import { isMapping, under, type Problems, type Written } from './problem-list.ts';
import { readLocator } from './read-locator.ts';

const TYPES: { readonly [Value in AskedValue]: FactType } = {
  url: 'string',
  title: 'string',
  text: 'string',
  value: 'string',
  count: 'number',
};

/** A bare text is equality, with two exceptions: nobody writes down all that a page shows, or its address in full. */
const bare = (value: AskedValue, text: string, home: string): Json => {
  if (value === 'text') return { contains: text };
  return value === 'url' ? (URL.parse(text, home)?.href ?? text) : text;
};

const needsElement = (value: AskedValue): boolean => value === 'value' || value === 'count';
const isOfPage = (value: AskedValue): boolean => value === 'url' || value === 'title';

/** A spec is read out of YAML, so what stands in it is JSON; `undefined` is not there at all. */
const isJson = (written: unknown): written is Json => written !== undefined;

const readValue = (value: AskedValue, written: unknown, home: string, problems: Problems): ValueExpectation | null => {
  const { of: element, ...matchers }: Written = isMapping(written) ? written : {};
  const asked = typeof written === 'string' ? bare(value, written, home) : matchers;
  if (element === undefined && needsElement(value))
    problems.push({ path: [], message: 'needs `of`, which names the element' });
  if (element !== undefined && isOfPage(value)) {
    problems.push({ path: ['of'], message: 'has no meaning here: it is of the page, not of an element' });
  }
  const of = element === undefined ? null : under('of', problems, (found) => readLocator(element, found));
  const parsed = parseMatcher(
    isJson(asked) && (typeof asked === 'string' || isJsonObject(asked)) ? asked : {},
    TYPES[value],
  );
  if (!('problems' in parsed)) return { value, of, clauses: parsed.clauses };
  for (const { path, message, hint } of parsed.problems) {
    problems.push({ path, message: `cannot be asked: ${message}${hint === undefined ? '' : `; ${hint}`}` });
  }
  return null;
};

/** Reads what a step expects. `home` is the address that a relative one starts from. */
export const readExpect = (expected: Written, home: string, problems: Problems): PageAction => {
  const values = ASKED_VALUES.flatMap((value) => {
    const written = expected[value];
    const read =
      written === undefined ? null : under(value, problems, (found) => readValue(value, written, home, found));
    return read === null ? [] : [read];
  });
  const states = ASKED_STATES.flatMap((state) => {
    const written = expected[state];
    const of = written === undefined ? null : under(state, problems, (found) => readLocator(written, found));
    return of === null ? [] : [{ state, of }];
  });
  return { action: 'expect', values, states };
};
