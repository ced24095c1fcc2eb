import type { Locator } from 'playwright-core';
import { evaluate } from '../../../matchers/evaluate.ts';
import type { Clause } from '../../../matchers/matcher.ts';
import { phrase } from '../../../matchers/phrase.ts';
import type { Json } from '../../../model/json.ts';
import { shownReference } from '../../engine/redirect-shown-url.ts';
import { stateText, valueText } from '../step-text.ts';
import { locate } from './locate.ts';
import type { Stage } from './stage.ts';
import type { AskedState, AskedValue, StateExpectation, ValueExpectation } from '../page-step.ts';
import { StepTrouble } from './step-trouble.ts';
import type { Condition } from './wait-until.ts';

const ONCE_MS = 1000;

/** The one element that is meant; a text says why there is none. */
const onlyOne = async (element: Locator): Promise<string | null> => {
  const count = await element.count();
  if (count === 1) return null;
  return count === 0 ? 'nothing matches' : `${count} elements match`;
};

/** What a field holds; null for an element that is no field. A password is nobody's to read. */
const fieldValue = async (element: Locator): Promise<string | null> => {
  const type = await element.getAttribute('type', { timeout: ONCE_MS });
  if (type?.toLowerCase() === 'password') throw new StepTrouble('a field for a password is not read');
  return element.inputValue({ timeout: ONCE_MS }).catch(() => null);
};

/** The text that an element shows, or what it holds when it is a field. Rejects when there is not exactly one. */
export const contentOf = async (element: Locator): Promise<string> =>
  ((await fieldValue(element)) ?? (await element.innerText({ timeout: ONCE_MS }))).trim();

type Value = { readonly value: Json } | { readonly missing: string };

const elementValue = async (value: AskedValue, element: Locator): Promise<Value> => {
  if (value === 'count') return { value: await element.count() };
  const missing = await onlyOne(element);
  if (missing !== null) return { missing };
  if (value === 'value') {
    const held = await fieldValue(element);
    return held === null ? { missing: 'it is no field' } : { value: held };
  }
  return { value: await element.innerText({ timeout: ONCE_MS }) };
};

const pageValue = async (value: AskedValue, { page, reader }: Stage): Promise<Value> => {
  if (value === 'url') return { value: page.url() };
  if (value === 'title') return { value: (await reader.head())['title'] ?? '' };
  const text = await reader.text();
  return text === null ? { missing: 'the page shows too much text' } : { value: text };
};

/** An address may carry a token: it is shown as everywhere. */
const urlMismatch = (url: string, clause: Clause): string => `"${shownReference(url)}" ${phrase(clause, null, true)}`;

const valueCondition = ({ value, of, clauses }: ValueExpectation, stage: Stage): Condition => {
  return async () => {
    const read = await (of === null ? pageValue(value, stage) : elementValue(value, locate(stage.page, of)));
    if ('missing' in read) return read.missing;
    for (const clause of clauses) {
      const expectation = { ...clause, fact: value, level: 'expect', code: null, source: null } as const;
      const { held, explanation } = evaluate(expectation, { [value]: read.value }, new Date());
      if (held) continue;
      return value === 'url' ? urlMismatch(stage.page.url(), clause) : explanation;
    }
    return null;
  };
};

/** What Playwright says of one element, and how it reads when it is not so. */
const ASKED: {
  readonly [State in Exclude<AskedState, 'hidden'>]: readonly [(element: Locator) => Promise<boolean>, string];
} = {
  visible: [(element) => element.isVisible(), 'it cannot be seen'],
  enabled: [(element) => element.isEnabled({ timeout: ONCE_MS }), 'it is disabled'],
  disabled: [(element) => element.isDisabled({ timeout: ONCE_MS }), 'it is enabled'],
  checked: [(element) => element.isChecked({ timeout: ONCE_MS }), 'it is not ticked'],
  unchecked: [async (element) => !(await element.isChecked({ timeout: ONCE_MS })), 'it is ticked'],
};

const hiddenProblem = async (element: Locator): Promise<string | null> => {
  for (const one of await element.all()) if (await one.isVisible()) return 'it can be seen';
  return null;
};

const stateProblem = async (state: AskedState, element: Locator): Promise<string | null> => {
  if (state === 'hidden') return hiddenProblem(element);
  const [holds, otherwise] = ASKED[state];
  return (await onlyOne(element)) ?? ((await holds(element)) ? null : otherwise);
};

type Expected = {
  readonly values: readonly ValueExpectation[];
  readonly states: readonly StateExpectation[];
};

/** What a step asks, as one condition: all of it at the same time. What does not hold is named when there is more than one. */
export const conditionOf = ({ values, states }: Expected, stage: Stage): Condition => {
  const conditions = [
    ...values.map((one) => [valueText(one), valueCondition(one, stage)] as const),
    ...states.map((one) => [stateText(one), () => stateProblem(one.state, locate(stage.page, one.of))] as const),
  ];
  return async () => {
    for (const [subject, condition] of conditions) {
      const why = await condition();
      if (why !== null) return conditions.length === 1 ? why : `${subject}: ${why}`;
    }
    return null;
  };
};
