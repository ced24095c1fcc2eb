import { isJsonObject, type Json } from '../../model/json.ts';
import { addressClass, hostClass, leadsInside, type AddressClass } from './redirect-address-class.ts';
import type { Hop } from './redirect-chain.ts';
import type { RedirectProblem } from './redirect-location.ts';
import { shownUrl } from './redirect-shown-url.ts';
import type { HttpRequest } from './request.ts';

const triedAddress = (tried: Json): readonly string[] =>
  isJsonObject(tried) && typeof tried['address'] === 'string' ? [tried['address']] : [];

/** Where a hop really went: the peer, or what was tried. Behind a proxy that is not known. */
const addressesOf = ({ facts }: Hop): readonly string[] => {
  if (facts['proxy'] !== undefined) return [];
  const peer = facts['remote-address'];
  if (typeof peer === 'string') return [peer];
  const tried = facts['addresses'];
  return Array.isArray(tried) ? tried.flatMap(triedAddress) : [];
};

/** The classes of the addresses that a hop went to, or of its literal host. */
export const hopClasses = (hop: Hop): readonly AddressClass[] => {
  const addresses = addressesOf(hop);
  if (addresses.length > 0) return addresses.map(addressClass);
  const literal = hostClass(hop.url.hostname);
  return literal === null ? [] : [literal];
};

const problem = (url: URL, from: AddressClass, to: AddressClass): RedirectProblem => ({
  code: 'redirect-private',
  message: `a redirect leads from a ${from} address to a ${to} one: ${shownUrl(url)}`,
});

/** The class of the address that a chain began at. */
export const startClass = (first: Hop): AddressClass => hopClasses(first)[0] ?? 'public';

/** What is wrong with addresses that a redirect leads to, before any of them is connected to; null when nothing is. */
export const addressesInsideProblem = (
  { url, redirectedFrom }: Pick<HttpRequest, 'url' | 'redirectedFrom'>,
  addresses: readonly string[],
): RedirectProblem | null => {
  if (redirectedFrom === undefined) return null;
  const to = addresses.map(addressClass).find((one) => leadsInside(redirectedFrom, one));
  return to === undefined ? null : problem(url, redirectedFrom, to);
};

/** Whether a hop left for an address further inside than the chain began. */
export const insideProblem = (first: Hop, hop: Hop): RedirectProblem | null => {
  const from = startClass(first);
  const to = hopClasses(hop).find((one) => leadsInside(from, one));
  return to === undefined ? null : problem(hop.url, from, to);
};

/** The same for a target that has not been asked yet, as far as its host alone tells. */
export const targetInsideProblem = (first: Hop, target: URL): RedirectProblem | null => {
  const from = startClass(first);
  const to = hostClass(target.hostname);
  return to === null || !leadsInside(from, to) ? null : problem(target, from, to);
};
