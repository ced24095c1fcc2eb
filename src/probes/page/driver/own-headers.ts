import type { CDPSession, Page } from 'playwright-core';
import { toRequest } from '../../http/request-from-spec.ts';
import type { Spec } from '../schema.ts';

type Header = { readonly name: string; readonly value: string };

/** The headers and credentials of the spec; those in the userinfo of the URL count as well. */
const headersOf = ({ url, headers, auth }: Spec): readonly Header[] =>
  toRequest({
    url,
    family: 'any',
    ...(headers === undefined ? {} : { headers }),
    ...(auth === undefined ? {} : { auth }),
  }).headers.map(([name, value]) => ({ name, value }));

/** The address to go to: userinfo is sent as a header, where we decide to whom. */
export const addressWithoutUserinfo = (text: string): string => {
  const url = new URL(text);
  [url.username, url.password] = ['', ''];
  return url.href;
};

const withOwn = (sent: Readonly<Record<string, string>>, own: readonly Header[]): Header[] => {
  const names = new Set(own.map(({ name }) => name.toLowerCase()));
  const others = Object.entries(sent).filter(([name]) => !names.has(name.toLowerCase()));
  return [...others.map(([name, value]) => ({ name, value })), ...own];
};

/**
 * Sends the headers and credentials of the spec to the origin of its URL and to nobody else: not to another origin that
 * the page asks, not along a redirect that has left, and not back home for a page of another origin.
 */
export const sendOwnHeaders = async (page: Page, session: CDPSession, spec: Spec): Promise<void> => {
  const own = headersOf(spec);
  if (own.length === 0) return;
  const { origin } = new URL(spec.url);
  const strayed = new Set<string>();
  const isHome = (url: string): boolean => URL.parse(url)?.origin === origin;
  const isAtHome = (): boolean => page.url() === 'about:blank' || isHome(page.url());
  session.on('Fetch.requestPaused', ({ requestId, networkId, request }) => {
    if (!isHome(request.url) && networkId !== undefined) strayed.add(networkId);
    const trusted = isHome(request.url) && isAtHome() && !(networkId !== undefined && strayed.has(networkId));
    const headers = trusted ? { headers: withOwn(request.headers, own) } : {};
    session.send('Fetch.continueRequest', { requestId, ...headers }).catch(() => {
      session.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' }).catch(() => {});
    });
  });
  await session.send('Fetch.enable', { patterns: [{ urlPattern: '*', requestStage: 'Request' }] });
};
