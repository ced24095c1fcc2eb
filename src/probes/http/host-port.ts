import { canonicalHost } from '../tcp/endpoint.ts';

/** `host:port` or `[v6]:port` as its parts, the host as DNS and TLS write it; null when it is not that. */
export const parseHostPort = (text: string): { readonly host: string; readonly port: number } | null => {
  const match = /^(?:\[([0-9a-fA-F:.%]+)\]|([^\s:/@[\]]+)):([0-9]{1,5})$/.exec(text);
  const host = canonicalHost(match?.[1] ?? match?.[2] ?? '');
  const port = Number(match?.[3]);
  return host === null || port < 1 || port > 65_535 ? null : { host, port };
};
