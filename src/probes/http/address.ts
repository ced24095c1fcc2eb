import { domainToUnicode } from 'node:url';
import type { Layer } from '../../model/layer.ts';
import { shownReference, shownUrl } from '../engine/redirect-shown-url.ts';
import type { Spec } from './schema.ts';

/** The URL with the parameters of `query` appended; null when it is not a URL. */
export const fullUrl = (spec: Spec): URL | null => {
  if (!URL.canParse(spec.url)) return null;
  const url = new URL(spec.url);
  const added = new URLSearchParams(
    Object.entries(spec.query ?? {}).flatMap(([name, value]) =>
      [value].flat().map((item): [string, string] => [name, String(item)]),
    ),
  ).toString();
  if (added !== '') url.search = url.search === '' ? added : `${url.search}&${added}`;
  return url;
};

/** The address for reports: userinfo and sensitive parameters masked. */
export const httpTarget = (spec: Spec): string => {
  const url = fullUrl(spec);
  return url === null ? shownReference(spec.url) : shownUrl(url);
};

/** The same with an international name in both its forms: in one of them it may look like another name. */
export const shownTarget = (spec: Spec): string => {
  const hostname = fullUrl(spec)?.hostname ?? '';
  return hostname.includes('xn--') ? `${httpTarget(spec)} (${domainToUnicode(hostname)})` : httpTarget(spec);
};

/** The port that a URL means, spelled out. */
export const portOf = (url: URL): number =>
  url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);

/** `host:port` of the URL; null when it is not a URL. */
export const httpHost = (spec: Spec): string | null => {
  const url = fullUrl(spec);
  return url === null || url.hostname === '' ? null : `${url.hostname}:${portOf(url)}`;
};

const isAddress = (hostname: string): boolean => hostname.startsWith('[') || /^\d+(\.\d+){3}$/.test(hostname);

/** The layers that a request passes: no dns for a literal address, no tls for http, redirect when they are followed. */
export const httpLayers = (spec: Spec): readonly Layer[] => {
  const url = fullUrl(spec);
  return [
    ...(url !== null && isAddress(url.hostname) ? [] : (['dns'] as const)),
    'tcp',
    ...(url?.protocol === 'https:' ? (['tls'] as const) : []),
    ...(spec.follow === undefined || spec.follow === false ? [] : (['redirect'] as const)),
    'http',
    'content',
  ];
};
