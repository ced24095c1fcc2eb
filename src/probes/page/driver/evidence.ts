import { join } from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { SCREENSHOT, TRACE } from '../order.ts';
import { orNull } from './time-left.ts';

const MOST_FRAMES = 20;

/** Where a password may stand. */
const PASSWORDS = 'input[type=password i]';
/** Where a secret may stand that was typed, or that the page keeps from what was typed. */
const FIELDS = 'input, textarea, select, [contenteditable], iframe, frame, object, embed';

/** What nobody may read on a screenshot. */
const hiddenOf = (page: Page, filled: readonly Locator[], hasSecrets: boolean): Locator[] => [
  ...filled,
  ...page
    .frames()
    .slice(0, MOST_FRAMES)
    .map((frame) => frame.locator(hasSecrets ? FIELDS : PASSWORDS)),
];

/** Writes what the window shows, fields that were typed into covered, as a file. False when that did not work. */
export const takeScreenshot = async (
  page: Page,
  folder: string,
  hide: { readonly filled: readonly Locator[]; readonly hasSecrets: boolean },
  timeoutMs: number,
): Promise<boolean> => {
  const mask = hiddenOf(page, hide.filled, hide.hasSecrets);
  const path = join(folder, SCREENSHOT);
  const taken = page.screenshot({ path, mask, maskColor: '#555555', animations: 'disabled', timeout: timeoutMs });
  return (await orNull(taken, timeoutMs)) !== null;
};

/** Everything that happened on the page, bodies and what was typed included: only for a check without secrets. */
export const startTrace = async (context: BrowserContext): Promise<void> => {
  await context.tracing.start({ screenshots: true, snapshots: true });
};

export const writeTrace = async (context: BrowserContext, folder: string, timeoutMs: number): Promise<void> => {
  await orNull(context.tracing.stop({ path: join(folder, TRACE) }), timeoutMs);
};
