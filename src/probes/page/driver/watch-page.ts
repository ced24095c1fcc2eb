import type { CDPSession, Page } from 'playwright-core';
import { isJsonObject, type JsonObject } from '../../../model/json.ts';
import type { Spec } from '../schema.ts';
import { newQuota, type EndVisit } from './quota.ts';
import { hostOf, siteOf } from './site.ts';
import { watchConsole } from './watch-console.ts';
import { watchDocuments, type Documents } from './watch-documents.ts';
import { watchPolicy } from './watch-policy.ts';
import { watchRequests, type Requests } from './watch-requests.ts';
import { watchWindows } from './watch-windows.ts';

/** Everything that is recorded of a page while it is visited. */
export type Watch = {
  readonly documents: Documents;
  readonly requests: Requests;
  readonly facts: () => JsonObject;
};

/** Counts that several watchers have under one name are added. */
const countsOf = (parts: readonly JsonObject[]): JsonObject => {
  const sums = new Map<string, number>();
  for (const { counts } of parts) {
    for (const [name, count] of Object.entries(isJsonObject(counts) ? counts : {})) {
      sums.set(name, (sums.get(name) ?? 0) + Number(count));
    }
  }
  return Object.fromEntries(sums);
};

const merged = (parts: readonly JsonObject[]): JsonObject => ({
  ...Object.assign({}, ...parts),
  counts: countsOf(parts),
});

/** Watches a page from before its first request on. `end` is told when the visit cannot go on. */
export const watchPage = async (page: Page, session: CDPSession, spec: Spec, end: EndVisit): Promise<Watch> => {
  const quota = newQuota(end);
  const isOwn = siteOf(hostOf(spec.url), spec['first-party']);
  const requests = watchRequests(page, quota, isOwn, spec['allow-requests']);
  const allowPrivate = spec['allow-private'] === true;
  const documents = watchDocuments(page, { quota, end, allowPrivate, onBroken: requests.addFailed });
  const written = watchConsole(page, quota, { console: spec['allow-console'], errors: spec['allow-errors'] });
  const windows = watchWindows(page, quota, end, spec.dialogs === 'accept');
  const policy = await watchPolicy(session);
  return {
    documents,
    requests,
    facts: () => merged([windows(), documents.facts(), requests.facts(), policy(), written()]),
  };
};
