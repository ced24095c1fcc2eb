/** A host and a port to connect to. `host` is as the engine takes it: a name in ASCII, or an address without brackets. */
export type Endpoint = { readonly host: string; readonly port: number };

export type EndpointReading =
  | { readonly ok: true; readonly endpoint: Endpoint }
  | { readonly ok: false; readonly key: 'host' | 'port'; readonly message: string };

const wrong = (key: 'host' | 'port', message: string): EndpointReading => ({ ok: false, key, message });

/** The host as it goes to DNS, SNI and reports: lower case, IDN in its ASCII form; null when it is none. */
export const canonicalHost = (text: string): string | null => {
  const [, bare = text] = /^\[(.*)\]$/s.exec(text) ?? [];
  if (bare.includes(':')) return URL.canParse(`http://[${bare.replace(/%[\w.-]+$/, '')}]/`) ? bare.toLowerCase() : null;
  if (bare !== text || /[\s/\\@?#%]/.test(text)) return null;
  const host = URL.parse(`http://${text}/`)?.hostname ?? '';
  const labels = host.replace(/\.$/, '').split('.');
  return host.length <= 254 && labels.every((label) => label.length > 0 && label.length <= 63) ? host : null;
};

/** The text before and after the last colon; an IPv6 address that has no brackets is all host. */
const split = (text: string): { readonly host: string; readonly port: string | null } => {
  const [, bracketed, after] = /^(\[[^\]]*\])(?::(.*))?$/s.exec(text) ?? [];
  if (bracketed !== undefined) return { host: bracketed, port: after ?? null };
  const [host = '', port, ...more] = text.split(':');
  return port === undefined || more.length > 0 ? { host: text, port: null } : { host, port };
};

const portOf = (text: string): number | null => {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : null;
};

/**
 * Reads `host`, `host:port`, `address` or `[v6]:port`, with a port beside it and one to fall back on (null for none).
 * A fault says what is wrong with which key, as the rest of a sentence.
 */
export const readEndpoint = (text: string, port: number | undefined, fallback: number | null): EndpointReading => {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(text)) return wrong('host', 'is a URL: expected host:port, like example.com:443');
  const parts = split(text);
  const host = canonicalHost(parts.host);
  if (host === null) return wrong('host', 'names no host that can be looked up: expected host:port');
  if (parts.port === null) {
    const chosen = port ?? fallback;
    return chosen === null
      ? wrong('host', 'has no port: expected host:port, or port beside it')
      : { ok: true, endpoint: { host, port: chosen } };
  }
  const written = portOf(parts.port);
  if (written === null) return wrong('host', `has the port "${parts.port.slice(0, 20)}": expected 1 to 65535`);
  return port === undefined || port === written
    ? { ok: true, endpoint: { host, port: written } }
    : wrong('port', `is not the port ${written} that host names`);
};

/** `host:port`, an IPv6 address in brackets. */
export const showEndpoint = ({ host, port }: Endpoint): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;

/** Whether the host is an address already, so that there is no name to look up. */
export const isAddress = (host: string): boolean => host.includes(':') || /^\d+(\.\d+){3}$/.test(host);
