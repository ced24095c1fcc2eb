import type { Locator } from 'playwright-core';
import { showDuration } from '../../../matchers/units.ts';
import { shownReference } from '../../engine/redirect-shown-url.ts';
import { CouldNotLook } from '../../probe.ts';
import { locatorText } from '../locator-text.ts';
import type { PageAction, PageState, PageStep } from '../page-step.ts';
import { locate } from './locate.ts';
import { isAnswered, netErrorCode, netErrorIn, netErrorText } from './net-error.ts';
import type { Stage } from './stage.ts';
import { conditionOf, contentOf } from './step-conditions.ts';
import { firstLine, isTimeout, stateOf, StepTrouble } from './step-trouble.ts';
import { orNull, within, type TimeLeft } from './time-left.ts';
import { playwrightState } from './wait-state.ts';
import { waitUntil } from './wait-until.ts';

const LONGEST_VALUE = 2000;

type Of<Action extends PageAction['action']> = Extract<PageAction, { readonly action: Action }>;

const seconds = (ms: number): string => showDuration(Math.round(ms / 100) * 100);

/** Does something to one element; what is there of it tells why that did not work. */
const onElement = async (
  element: Locator,
  time: TimeLeft,
  act: (timeout: number) => Promise<unknown>,
): Promise<void> => {
  const withinMs = time.left();
  try {
    await act(withinMs);
  } catch (error) {
    if (error instanceof Error && error.message.includes('strict mode violation')) {
      throw new StepTrouble(await stateOf(element));
    }
    if (!isTimeout(error)) throw new StepTrouble(firstLine(error));
    throw new StepTrouble(`${await stateOf(element)}, after ${seconds(withinMs)}`);
  }
};

const goto = async ({ url }: Of<'goto'>, { page }: Stage, time: TimeLeft): Promise<void> => {
  try {
    await page.goto(url, { timeout: time.left(), waitUntil: 'load' });
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    if (isAnswered(message)) return;
    const net = netErrorIn(message);
    if (net !== null && net !== 'ABORTED') {
      throw new CouldNotLook(netErrorCode(net), `${shownReference(url)}: ${netErrorText(net)}`);
    }
    throw new StepTrouble(isTimeout(error) ? 'the page did not load in time' : firstLine(error), 'timeout');
  }
};

const press = async ({ element, key }: Of<'press'>, { page }: Stage, time: TimeLeft): Promise<void> => {
  if (element !== null) {
    const target = locate(page, element);
    return onElement(target, time, (timeout) => target.press(key, { timeout }));
  }
  try {
    await page.keyboard.press(key);
  } catch (error) {
    throw new StepTrouble(firstLine(error));
  }
};

const waitForState = async (state: PageState, { page }: Stage, time: TimeLeft): Promise<void> => {
  const reached = page.waitForLoadState(playwrightState(state), { timeout: time.left() }).then(() => true);
  if ((await orNull(reached, time.left() + 100)) !== true) {
    throw new StepTrouble('the page did not come to that in time', 'timeout');
  }
};

const expectAll = async (expected: Of<'expect'>, stage: Stage, time: TimeLeft): Promise<void> => {
  const withinMs = time.left();
  const why = await waitUntil(conditionOf(expected, stage), time);
  if (why !== null) throw new StepTrouble(`${why}, after ${seconds(withinMs)}`);
};

const read = async ({ wanted }: Of<'read'>, { page, values }: Stage, time: TimeLeft): Promise<void> => {
  for (const [name, locator] of wanted) {
    const element = locate(page, locator);
    await onElement(element, time, (timeout) => element.waitFor({ state: 'visible', timeout }));
    const content = await contentOf(element).catch((error: unknown) => {
      throw error instanceof StepTrouble ? error : new StepTrouble(`${locatorText(locator)}: ${firstLine(error)}`);
    });
    if (content.length > LONGEST_VALUE) {
      throw new StepTrouble(`${locatorText(locator)}: it holds over ${LONGEST_VALUE} characters`);
    }
    values.set(name, content);
  }
};

const perform = async (step: PageAction, stage: Stage, time: TimeLeft): Promise<void> => {
  switch (step.action) {
    case 'goto':
      return goto(step, stage, time);
    case 'press':
      return press(step, stage, time);
    case 'wait-for':
      return waitForState(step.state, stage, time);
    case 'expect':
      return expectAll(step, stage, time);
    case 'read':
      return read(step, stage, time);
  }
  const element = locate(stage.page, step.element);
  switch (step.action) {
    case 'fill':
      stage.filled.push(element);
      return onElement(element, time, (timeout) => element.fill(step.value, { timeout }));
    case 'select':
      return onElement(element, time, (timeout) => element.selectOption([...step.options], { timeout }));
    case 'wait-for-element':
      return onElement(element, time, (timeout) => element.waitFor({ state: step.state, timeout }));
    default:
      return onElement(element, time, (timeout) => element[step.action]({ timeout }));
  }
};

/**
 * Does one step. Throws `StepTrouble` when it cannot be done, or what it asks does not become true in time, and
 * `CouldNotLook` when it leads to where nobody answers.
 */
export const performStep = (step: PageStep, stage: Stage): Promise<void> =>
  perform(step, stage, within(step.withinMs, stage.time));
