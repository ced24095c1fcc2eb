import { shownReference, shownUrl } from '../engine/redirect-shown-url.ts';
import { fullUrl } from '../http/address.ts';
import type { Spec } from './schema.ts';

const HTTP: ReadonlyMap<string, string> = new Map([
  ['ws:', 'http:'],
  ['wss:', 'https:'],
]);

/** The address of the handshake: `http` for `ws`, `https` for `wss` (RFC 6455, 4.1). As it is when it is neither. */
export const handshakeUrl = (text: string): string => {
  const [, scheme = ''] = /^([a-z]+:)/i.exec(text) ?? [];
  const http = HTTP.get(scheme.toLowerCase());
  return http === undefined ? text : `${http}${text.slice(scheme.length)}`;
};

/** The address for reports: userinfo and sensitive parameters masked. */
export const websocketTarget = (spec: Spec): string => {
  const url = fullUrl(spec);
  return url === null ? shownReference(spec.url) : shownUrl(url);
};
