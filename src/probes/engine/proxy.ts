import { BlockList, isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { CouldNotLook } from '../probe.ts';
import type { EngineContext } from './context.ts';
import type { HttpRequest } from './request.ts';

type Environment = EngineContext['proxyEnvironment'];

const DEFAULT_PORTS: ReadonlyMap<string, string> = new Map([
  ['http:', '80'],
  ['https:', '443'],
]);

/** The port of a URL as a number, the scheme's own when it names none. */
export const portOf = (url: URL): number => Number(url.port === '' ? DEFAULT_PORTS.get(url.protocol) : url.port);

const bare = (host: string): string =>
  host
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
    .toLowerCase();

const setting = (environment: Environment, name: string): { readonly name: string; readonly value: string } | null => {
  const lower = name.toLowerCase();
  for (const candidate of [lower, name]) {
    const value = Object.hasOwn(environment, candidate) ? environment[candidate] : undefined;
    if (value !== undefined) return { name: candidate, value: value.trim() };
  }
  return null;
};

const inNetwork = (host: string, network: string, bits: string): boolean => {
  const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
  const width = Number(bits);
  if (isIP(network) === 0 || isIP(network) !== isIP(host) || !/^\d+$/.test(bits)) return false;
  if (width > (family === 'ipv6' ? 128 : 32)) return false;
  const list = new BlockList();
  list.addSubnet(network, width, family);
  return list.check(host, family);
};

const entryMatches = (entry: string, host: string, port: number): boolean => {
  if (entry === '*') return true;
  const [, network, bits] = /^(.+)\/(\d+)$/.exec(entry) ?? [];
  if (network !== undefined && bits !== undefined) return inNetwork(host, network, bits);
  const [, name = entry, onlyPort] = isIP(entry) === 6 ? [] : (/^(.*?)(?::(\d+))?$/.exec(entry) ?? []);
  if (onlyPort !== undefined && Number(onlyPort) !== port) return false;
  const written = bare(name).replace(/^\*?\./, '');
  const domain = domainToASCII(written) || written;
  if (domain === '') return false;
  return host === domain || (isIP(host) === 0 && host.endsWith(`.${domain}`));
};

/**
 * Whether NO_PROXY names a host: names with their subdomains, addresses, networks (`10.0.0.0/8`), each with an optional
 * port, or `*`; separated by commas or white space.
 */
export const isExempt = (noProxy: string, url: URL): boolean =>
  noProxy
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => entryMatches(entry.toLowerCase(), bare(url.hostname), portOf(url)));

const refused = (sentence: string): CouldNotLook => new CouldNotLook('proxy-error', sentence);

const proxyUrl = (name: string, value: string): URL => {
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(value) ? value : `http://${value}`);
  if (url === null || url.hostname === '') throw refused(`${name} is not the URL of a proxy`);
  if (url.protocol !== 'http:')
    throw refused(`${name} names a proxy over ${url.protocol.slice(0, -1)}; only http is supported`);
  return url;
};

/** The proxy that a request goes through; null for none. Throws `CouldNotLook` for a setting that cannot be used. */
export const chooseProxy = (
  { url, proxy, connectTo }: Pick<HttpRequest, 'url' | 'proxy' | 'connectTo'>,
  environment: Environment,
): URL | null => {
  if (proxy === 'none') return null;
  if (proxy !== 'environment') return proxyUrl('the proxy of the check', proxy.href);
  if (connectTo !== null) return null;
  const found = setting(environment, url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  if (found === null || found.value === '') return null;
  return isExempt(setting(environment, 'NO_PROXY')?.value ?? '', url) ? null : proxyUrl(found.name, found.value);
};

/** `http://proxy:3128`, without credentials. */
export const proxyName = (proxy: URL): string => `${proxy.protocol}//${proxy.hostname}:${portOf(proxy)}`;

const unescaped = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** The Proxy-Authorization value of a proxy URL with userinfo; null without. For the proxy's eyes alone. */
export const proxyAuthorization = ({ username, password }: URL): string | null =>
  username === '' && password === ''
    ? null
    : `Basic ${Buffer.from(`${unescaped(username)}:${unescaped(password)}`).toString('base64')}`;
