import type { Locator } from 'playwright-core';
import { printable } from '../../engine/printable.ts';
import type { ReasonCode } from '../../../model/reason-code.ts';
import { orNull } from './time-left.ts';

/** A step could not be done, or what it asks did not become true. The message is one clause, without what was typed. */
export class StepTrouble extends Error {
  override readonly name = 'StepTrouble';
  readonly code: ReasonCode;

  constructor(message: string, code: ReasonCode = 'assertion-failed') {
    super(message);
    this.code = code;
  }
}

const GLANCE_MS = 500;

/** What is there of an element that could not be used. */
export const stateOf = async (element: Locator): Promise<string> => {
  const count = await orNull(element.count(), GLANCE_MS);
  if (count === null) return 'the page does not answer';
  if (count === 0) return 'nothing matches';
  if (count > 1) return `${count} elements match: say which with name, exact, inside or nth`;
  if ((await orNull(element.isVisible(), GLANCE_MS)) === false) return 'it is there and cannot be seen';
  if ((await orNull(element.isDisabled({ timeout: GLANCE_MS }), GLANCE_MS)) === true) return 'it is disabled';
  return 'it is there and could not be used: something may cover it, or it keeps moving';
};

/** The first line of an error of Playwright: the lines after it may hold what was typed. */
export const firstLine = (error: unknown): string => {
  const [line = ''] = (error instanceof Error ? error.message : '').split('\n');
  return printable(line.replace(/^(locator|page|frame|keyboard)\.\w+: /, ''), 200);
};

export const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError';
