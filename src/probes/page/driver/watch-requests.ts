import type { Page, Request } from 'playwright-core';
import type { Json, JsonObject } from '../../../model/json.ts';
import { printable } from '../../engine/printable.ts';
import { shownReference } from '../../engine/redirect-shown-url.ts';
import { netErrorIn, netErrorText } from './net-error.ts';
import type { Quota } from './quota.ts';
import { hostOf, type Site } from './site.ts';
import { newTally } from './tally.ts';
import { anyOf } from './watch-console.ts';

const MOST_REQUESTS = 5000;

/** The requests of a page: what became of them, and which are under way. */
export type Requests = {
  readonly facts: () => JsonObject;
  /** Addresses of those under way, the oldest first. */
  readonly open: () => readonly string[];
  /** Milliseconds of the clock at which the last one began or ended. */
  readonly lastMs: () => number;
  /** A document that failed on the way, which no list of requests holds by itself. */
  readonly addFailed: (url: string, why: string, status?: number) => void;
};

/** Not failures: the page went on before the answer was there, the policy forbade it, or we did. */
const HARMLESS: ReadonlySet<string> = new Set(['net::ERR_ABORTED', 'csp', 'inspector', 'net::ERR_BLOCKED_BY_CLIENT']);

const isMainDocument = (request: Request, page: Page): boolean =>
  request.isNavigationRequest() && request.frame() === page.mainFrame();

const reason = (text: string): string => {
  const error = netErrorIn(text);
  return error === null ? printable(text, 100) : netErrorText(error);
};

/**
 * Watches the requests of a page. Those of its own site that fail are kept, those to others only counted: what is
 * broken elsewhere is not this site's fault. The documents of the page itself are watched apart.
 */
export const watchRequests = (
  page: Page,
  quota: Quota,
  isOwn: Site,
  allowed: readonly string[] | undefined,
): Requests => {
  const under = new Set<Request>();
  const told = new WeakSet<Request>();
  const failed = newTally();
  let [made, elsewhere, left, lastMs] = [0, 0, 0, performance.now()];
  const count = quota('requests', MOST_REQUESTS);
  const isAllowed = anyOf(allowed);
  const addFailed = (url: string, why: string, status?: number): void => {
    const site = isOwn(hostOf(page.url())) ? isOwn : (host: string) => isOwn(host) || host === hostOf(page.url());
    if (isAllowed(url)) left += 1;
    else if (!site(hostOf(url))) elsewhere += 1;
    else failed.add({ url: shownReference(url), why, ...(status === undefined ? {} : { status }) } satisfies Json);
  };
  page.on('request', (request) => {
    count();
    made += 1;
    lastMs = performance.now();
    under.add(request);
  });
  page.on('response', (response) => {
    const request = response.request();
    const status = response.status();
    if (status < 400 || isMainDocument(request, page)) return;
    told.add(request);
    addFailed(request.url(), `answers ${status}`, status);
  });
  const close = (request: Request): void => {
    lastMs = performance.now();
    under.delete(request);
  };
  page.on('requestfinished', close);
  page.on('requestfailed', (request) => {
    close(request);
    const why = request.failure()?.errorText ?? 'no reason given';
    if (HARMLESS.has(why) || told.has(request) || isMainDocument(request, page)) return;
    addFailed(request.url(), reason(why));
  });
  return {
    facts: () => ({
      requests: made,
      'failed-requests': failed.kept(),
      counts: { requests: made, 'failed-requests': failed.count(), 'failed-third-party': elsewhere, allowed: left },
    }),
    open: () => [...under].map((request) => shownReference(request.url())),
    lastMs: () => lastMs,
    addFailed,
  };
};
