import { showDuration } from '../../../matchers/units.ts';
import { printable } from '../../engine/printable.ts';
import { shownReference } from '../../engine/redirect-shown-url.ts';
import { CouldNotLook } from '../../probe.ts';
import { isAnswered, netErrorCode, netErrorIn, netErrorText } from './net-error.ts';
import { addressWithoutUserinfo } from './own-headers.ts';
import type { Spec } from '../schema.ts';
import type { Stage } from './stage.ts';
import { firstLine, isTimeout, stateOf } from './step-trouble.ts';
import { isPageState } from '../page-step.ts';
import { playwrightState } from './wait-state.ts';
import type { Watch } from './watch-page.ts';

const STILL_OPEN = 3;

/** Which requests a page still waits for, for the message of a page that is not ready in time. */
const openText = (open: readonly string[]): string => {
  if (open.length === 0) return 'no request is open';
  const more = open.length > STILL_OPEN ? `, and ${open.length - STILL_OPEN} more` : '';
  return `still open: ${open.slice(0, STILL_OPEN).join(', ')}${more}`;
};

/** An answer that is no document: a file to save, or nothing at all. */
const noDocument = (spec: Spec, message: string, { documents }: Watch): CouldNotLook => {
  const last = documents.hops().at(-1);
  const url = shownReference(last?.url ?? spec.url);
  if (/download is starting/i.test(message)) {
    return new CouldNotLook('wrong-content-type', `${url} is a file to save, not a page`);
  }
  const status = last?.status ?? null;
  return status === null
    ? new CouldNotLook('closed-early', `${url} was not loaded: the browser gave up on it`)
    : new CouldNotLook('http-status', `${url} answers ${status}, and with no page`);
};

const failureOf = (spec: Spec, error: unknown, watch: Watch): CouldNotLook => {
  const message = error instanceof Error ? error.message : '';
  const net = netErrorIn(message);
  if (net === 'ABORTED' || /download is starting/i.test(message)) return noDocument(spec, message, watch);
  if (net === null) return new CouldNotLook('page-error', `the page was not loaded: ${firstLine(error)}`);
  return new CouldNotLook(netErrorCode(net), `${shownReference(spec.url)}: ${netErrorText(net)}`);
};

const late = (what: string, budgetMs: number, detail: string): CouldNotLook =>
  new CouldNotLook(
    'timeout',
    `the page did not come to ${printable(what, 100)} within ${showDuration(budgetMs)}: ${detail}`,
  );

/** Goes to the page and waits until it is there. Throws `CouldNotLook` when it is not. */
export const openPage = async (spec: Spec, stage: Stage, watch: Watch): Promise<void> => {
  const { page, time } = stage;
  const wanted = spec['wait-for'] ?? 'load';
  const state = isPageState(wanted) ? playwrightState(wanted) : null;
  const budgetMs = Math.round(time.left() / 100) * 100;
  try {
    await page.goto(addressWithoutUserinfo(spec.url), { timeout: time.left(), waitUntil: state ?? 'load' });
  } catch (error) {
    if (isTimeout(error)) throw late(state === null ? 'load' : wanted, budgetMs, openText(watch.requests.open()));
    if (!isAnswered(error instanceof Error ? error.message : '')) throw failureOf(spec, error, watch);
  }
  if (state !== null) return;
  const element = page.locator(wanted);
  try {
    await element.first().waitFor({ state: 'visible', timeout: time.left() });
  } catch (error) {
    if (isTimeout(error)) throw late(`show ${wanted}`, budgetMs, await stateOf(element));
    throw new CouldNotLook('page-error', `${printable(wanted, 100)}: ${firstLine(error)}`);
  }
};
