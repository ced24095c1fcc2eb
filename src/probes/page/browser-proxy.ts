import { chooseProxy, proxyName } from '../engine/proxy.ts';
import { toRequest } from '../http/request-from-spec.ts';
import type { BrowserProxy } from './order.ts';
import type { Spec } from './schema.ts';

type Environment = { readonly [name: string]: string | undefined };

/**
 * NO_PROXY as Chromium reads a bypass list: there a name alone does not stand for the names under it. Networks and
 * addresses are written alike.
 */
export const bypassList = (noProxy: string): string =>
  noProxy
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .flatMap((entry) => {
      const name = entry.replace(/^\*?\./, '');
      const isName = /[a-z]/i.test(name) && !name.includes('/') && !name.includes('[');
      return isName ? [name, `.${name}`] : [entry];
    })
    .join(',');

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/**
 * The proxy for all that the browser asks, chosen by the URL of the check as for `http`; null for none. Throws
 * `CouldNotLook` for a setting that cannot be used.
 */
export const browserProxy = (spec: Spec, environment: Environment): BrowserProxy | null => {
  const { url, proxy, 'connect-to': connectTo } = spec;
  const request = toRequest({
    url,
    family: 'any',
    ...(proxy === undefined ? {} : { proxy }),
    ...(connectTo === undefined ? {} : { 'connect-to': connectTo }),
  });
  const chosen = chooseProxy(request, environment);
  if (chosen === null) return null;
  const { username, password } = chosen;
  const isForced = typeof proxy === 'string';
  return {
    server: proxyName(chosen),
    bypass: isForced ? '' : bypassList(environment['no_proxy'] ?? environment['NO_PROXY'] ?? ''),
    ...(username === '' ? {} : { username: decoded(username), password: decoded(password) }),
  };
};
