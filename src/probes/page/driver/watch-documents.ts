import type { Page, Request, Response } from 'playwright-core';
import type { JsonObject } from '../../../model/json.ts';
import { shownReference } from '../../engine/redirect-shown-url.ts';
import { CouldNotLook } from '../../probe.ts';
import { isAnswered, netErrorCode, netErrorIn, netErrorText } from './net-error.ts';
import type { EndVisit, Quota } from './quota.ts';
import { newTally } from './tally.ts';
import { addressOf, newAddressRule } from './watch-addresses.ts';

const MOST_DOCUMENTS = 50;
const MOST_NAVIGATIONS = 1000;
const WEB = /^https?:/i;
/** What a frame may show without leaving for an address. */
const INSIDE = /^(about:|data:|blob:)/i;

/** An answer with a document, or with a redirect to one; null for a status that never came. */
export type Hop = { readonly url: string; readonly status: number | null };

/** The documents of the page itself, in order. */
export type Documents = {
  /** The answer that the page stands on; null before the first. */
  readonly current: () => Response | null;
  /** Whether the page is on its way to another document. */
  readonly isMoving: () => boolean;
  readonly hops: () => readonly Hop[];
  readonly facts: () => JsonObject;
};

export type DocumentRules = {
  readonly quota: Quota;
  readonly end: EndVisit;
  readonly allowPrivate: boolean;
  /** Told of a document that was broken and has been left by now. */
  readonly onBroken: (url: string, why: string, status: number) => void;
};

const failureOf = (request: Request, error: string): CouldNotLook =>
  new CouldNotLook(netErrorCode(error), `${shownReference(request.url())}: ${netErrorText(error)}`);

/** Watches where the page goes. Anything but http and https ends the visit, whoever wanted to go there. */
export const watchDocuments = (page: Page, { quota, end, allowPrivate, onBroken }: DocumentRules): Documents => {
  const hops: Hop[] = [];
  const refused = newTally();
  const moving = new Set<Request>();
  const addressRule = newAddressRule();
  const countDocument = quota('documents and does not come to rest', MOST_DOCUMENTS, 'redirect-loop');
  const countNavigation = quota('navigations', MOST_NAVIGATIONS);
  let current: Response | null = null;
  let arrived: Response | null = null;
  let failure: CouldNotLook | null = null;

  const isMain = (request: Request): boolean => request.isNavigationRequest() && request.frame() === page.mainFrame();
  const refuse = (url: string): void => {
    refused.add(shownReference(url));
    end(
      new CouldNotLook(
        'redirect-bad-scheme',
        `the page leads to ${shownReference(url)}: only http and https are visited`,
      ),
    );
  };
  const judgeAddress = async (response: Response): Promise<void> => {
    const address = await addressOf(response);
    const problem = address === null ? null : addressRule(address, response.url());
    if (problem !== null && !allowPrivate) end(problem);
  };
  const arrive = (url: string): void => {
    if (url.startsWith('chrome-error:')) {
      if (failure !== null) end(failure);
    } else if (!WEB.test(url)) refuse(url);
    if (arrived !== null) {
      const status = current?.status() ?? 0;
      if (current !== null && status >= 400) onBroken(current.url(), `answers ${status}`, status);
      current = arrived;
    }
    [arrived, failure] = [null, null];
  };

  page.on('request', (request) => {
    if (!request.isNavigationRequest()) return;
    if (isMain(request)) {
      countDocument();
      moving.add(request);
      if (!WEB.test(request.url())) refuse(request.url());
    } else if (!WEB.test(request.url()) && !INSIDE.test(request.url())) refused.add(shownReference(request.url()));
  });
  page.on('response', (response) => {
    const request = response.request();
    if (!request.isNavigationRequest()) return;
    void judgeAddress(response);
    if (!isMain(request)) return;
    hops.push({ url: response.url(), status: response.status() });
    arrived = response;
  });
  page.on('requestfinished', (request) => moving.delete(request));
  page.on('requestfailed', (request) => {
    moving.delete(request);
    const text = request.failure()?.errorText ?? '';
    const error = netErrorIn(text);
    if (!isMain(request) || error === null || error === 'ABORTED' || isAnswered(text)) return;
    if (current?.request() === request) return end(failureOf(request, error));
    hops.push({ url: request.url(), status: null });
    failure = failureOf(request, error);
  });
  page.on('framenavigated', (frame) => {
    if (frame !== page.mainFrame()) return;
    countNavigation();
    arrive(frame.url());
  });
  return {
    current: () => current,
    isMoving: () => moving.size > 0,
    hops: () => [...hops],
    facts: () => ({ refused: refused.kept(), counts: { refused: refused.count() } }),
  };
};
