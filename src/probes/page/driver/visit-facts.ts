import type { Response } from 'playwright-core';
import type { Facts } from '../../../model/observation.ts';
import { printable } from '../../engine/printable.ts';
import { shownReference } from '../../engine/redirect-shown-url.ts';
import { headerFacts } from '../../http/header-facts.ts';
import type { Spec } from '../schema.ts';
import { hopsText } from './hops-text.ts';
import type { PageReader } from './page-reader.ts';
import { hostOf, siteOf } from './site.ts';
import type { Stage } from './stage.ts';
import { orNull } from './time-left.ts';
import type { Hop } from './watch-documents.ts';
import type { Watch } from './watch-page.ts';

const GLANCE_MS = 500;

/** The way to the page, when it was not direct. */
export const chainFact = (hops: readonly Hop[]): Facts => (hops.length > 1 ? { 'chain-text': hopsText(hops) } : {});

/** What was true when the page was there, before any step. */
export const arrivalFacts = async (spec: Spec, { reader }: Stage, { documents }: Watch): Promise<Facts> => {
  const hops = documents.hops();
  const isOwn = siteOf(hostOf(spec.url), spec['first-party']);
  const current = documents.current();
  return {
    redirects: Math.max(0, hops.length - 1),
    ...chainFact(hops),
    ...(current === null ? {} : { 'same-site': isOwn(hostOf(current.url())) }),
    ...(await orNull(reader.times(), GLANCE_MS)),
  };
};

const documentFacts = async (response: Response): Promise<Facts> => {
  const [headers, address] = await Promise.all([
    orNull(response.headersArray(), GLANCE_MS),
    orNull(response.serverAddr(), GLANCE_MS),
  ]);
  return {
    status: response.status(),
    'status-text': printable(response.statusText(), 200),
    headers: headerFacts((headers ?? []).map(({ name, value }) => [name.toLowerCase(), value])),
    ...(address === null ? {} : { 'remote-address': `${address.ipAddress}:${address.port}` }),
  };
};

/** What can be read of a page at the end: facts, and all the text that it shows. */
export type Reading = { readonly facts: Facts; readonly text: string };

/** Nothing is read of the page that the browser shows instead of one that it could not load. */
const readPage = async (reader: PageReader, url: string, ms: number): Promise<Reading> => {
  if (!/^https?:/i.test(url)) return { facts: {}, text: '' };
  const [head, text] = await Promise.all([orNull(reader.head(), ms), orNull(reader.text(), ms)]);
  return { facts: { ...head, ...(text === null ? {} : { text }) }, text: text ?? '' };
};

/** What the page is now, as far as it answers in the given time. */
export const endReading = async ({ page, reader }: Stage, { documents }: Watch, ms: number): Promise<Reading> => {
  const current = documents.current();
  if (current === null) return { facts: {}, text: '' };
  const url = page.url();
  const [document, reading] = await Promise.all([documentFacts(current), readPage(reader, url, ms)]);
  const finalUrl = shownReference(/^https?:/i.test(url) ? url : current.url());
  return { text: reading.text, facts: { ...document, 'final-url': finalUrl, ...reading.facts } };
};

const LISTS = ['page-errors', 'csp-violations', 'failed-requests', 'console-errors'] as const;

/** Whether the facts show something by themselves that is worth a picture. Not a judgement: expectations are not known. */
export const isTrouble = (facts: Facts): boolean => {
  const { status } = facts;
  const isAnswered = typeof status === 'number' && status >= 200 && status < 300;
  const isBroken = LISTS.some((name) => Array.isArray(facts[name]) && facts[name].length > 0);
  return !isAnswered || isBroken || facts['failed-step'] !== undefined;
};
