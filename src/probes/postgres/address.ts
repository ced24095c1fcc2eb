import { canonicalHost } from '../tcp/endpoint.ts';

/** Where a URL leads and as whom. `password` is null when there is none; `sslmode` and the like are as libpq knows them. */
export type Address = {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string | null;
  readonly sslmode: SslMode | null;
  /** `channel_binding=require`: the password is only proved to who holds the key of the certificate. */
  readonly bound: boolean;
  readonly application: string | null;
};

export const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
export type SslMode = (typeof SSL_MODES)[number];

/** An address, or what is wrong with the URL as the rest of a sentence, free of its text. */
export type AddressReading =
  { readonly ok: true; readonly address: Address } | { readonly ok: false; readonly message: string };

const DEFAULT_PORT = 5432;
const PARAMETERS = ['sslmode', 'channel_binding', 'application_name', 'connect_timeout'];
const BINDINGS = ['disable', 'prefer', 'require'];
const FORM = 'postgres://user:password@host:port/database, special characters percent-encoded';

const wrong = (message: string): AddressReading => ({ ok: false, message });

/** Percent-decoded; null for what does not decode, or would end a text of the protocol early. */
const decoded = (text: string): string | null => {
  try {
    const plain = decodeURIComponent(text);
    return plain.includes('\0') ? null : plain;
  } catch {
    return null;
  }
};

const parameterProblem = (parameters: URLSearchParams): string | null => {
  const unknown = [...parameters.keys()].filter((key) => !PARAMETERS.includes(key));
  if (unknown.length > 0) {
    return `has a parameter that has no meaning here: it may have ${PARAMETERS.join(', ')} (and TLS is set by tls:)`;
  }
  const repeated = PARAMETERS.find((key) => parameters.getAll(key).length > 1);
  if (repeated !== undefined) return `has the parameter ${repeated} twice`;
  const mode = parameters.get('sslmode');
  if (mode !== null && !SSL_MODES.some((known) => known === mode)) {
    return `has an sslmode that does not exist: expected one of ${SSL_MODES.join(', ')}`;
  }
  const binding = parameters.get('channel_binding');
  if (binding !== null && !BINDINGS.includes(binding)) {
    return `has a channel_binding that does not exist: expected one of ${BINDINGS.join(', ')}`;
  }
  return parameters.get('application_name')?.includes('\0') === true
    ? 'has an application_name that cannot be sent'
    : null;
};

const authorityProblem = (url: URL): string | null => {
  if (url.hostname === '') return 'names no host: sockets in the file system cannot be probed';
  if (canonicalHost(url.hostname) === null) return 'names no host that can be looked up';
  if (url.port === '0') return 'has port 0: expected 1 to 65535';
  if (url.username === '') return `names no user: expected ${FORM}`;
  return url.hash === '' ? null : 'has a # in it: write %23';
};

/** Why the text is no URL at all. Several hosts and a port that is too large are no URL either. */
const shapeProblem = (text: string): string => {
  const [, authority = ''] = /^[a-z]+:\/\/(?:[^/?#]*@)?([^/?#]*)/i.exec(text) ?? [];
  if (authority.includes(',')) return 'names several hosts: write a check for each';
  return /:\d{5,}$/.test(authority) ? 'has a port that is too large: expected 1 to 65535' : `is not ${FORM}`;
};

/** Reads the URL of a database. Nothing of the text goes into a message: it is a secret. */
export const readAddress = (text: string): AddressReading => {
  const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return wrong(`is not ${FORM}`);
  if (scheme !== 'postgres' && scheme !== 'postgresql') {
    return wrong('has another scheme: only postgres and postgresql can be probed');
  }
  if (!URL.canParse(text)) return wrong(shapeProblem(text));
  const url = new URL(text);
  const problem = authorityProblem(url) ?? parameterProblem(url.searchParams);
  if (problem !== null) return wrong(problem);
  const [user, password, path] = [url.username, url.password, url.pathname.replace(/^\//, '')].map(decoded);
  if (user === null || user === undefined || path === null || path === undefined || password === null) {
    return wrong('has a % that is no percent-encoding: write %25');
  }
  if (path.includes('/')) return wrong(`has a second / behind the database: expected ${FORM}`);
  return {
    ok: true,
    address: {
      host: canonicalHost(url.hostname) ?? url.hostname,
      port: url.port === '' ? DEFAULT_PORT : Number(url.port),
      database: path === '' ? user : path,
      user,
      password: password === undefined || password === '' ? null : password,
      sslmode: SSL_MODES.find((known) => known === url.searchParams.get('sslmode')) ?? null,
      bound: url.searchParams.get('channel_binding') === 'require',
      application: url.searchParams.get('application_name'),
    },
  };
};
