import { shownReference } from '../engine/redirect-shown-url.ts';
import { locatorText } from './locator-text.ts';
import type { PageAction, StateExpectation, ValueExpectation } from './page-step.ts';

/** What is asked of a value, as `count of ".row"`. */
export const valueText = ({ value, of }: ValueExpectation): string =>
  of === null ? value : `${value} of ${locatorText(of)}`;

/** What is asked of an element, as `visible role=heading`. */
export const stateText = ({ state, of }: StateExpectation): string => `${state} ${locatorText(of)}`;

/** Names what is asked and not what is expected: that may be a secret, and the explanation shows it anyway. */
const expectText = ({ values, states }: Extract<PageAction, { readonly action: 'expect' }>): string =>
  [...values.map(valueText), ...states.map(stateText)].join(', ');

/** A step on one line, as `click role=button "Sign in"`. What is typed is not in it. */
export const stepText = (step: PageAction): string => {
  switch (step.action) {
    case 'goto':
      return `goto ${shownReference(step.url)}`;
    case 'select':
      return `select ${step.options.map((one) => JSON.stringify(one)).join(', ')} in ${locatorText(step.element)}`;
    case 'press':
      return step.element === null ? `press ${step.key}` : `press ${step.key} in ${locatorText(step.element)}`;
    case 'wait-for':
      return `wait-for ${step.state}`;
    case 'wait-for-element':
      return `wait-for ${locatorText(step.element)}${step.state === 'visible' ? '' : ` to be ${step.state}`}`;
    case 'expect':
      return `expect ${expectText(step)}`;
    case 'read':
      return `read ${step.wanted.map(([name]) => name).join(', ')}`;
    default:
      return `${step.action} ${locatorText(step.element)}`;
  }
};
