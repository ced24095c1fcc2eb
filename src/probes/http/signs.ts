import type { Json } from '../../model/json.ts';
import type { Facts, Sign } from '../../model/observation.ts';
import type { ReasonCode } from '../../model/reason-code.ts';
import { isJsonObject } from '../../model/json.ts';
import { addressSigns } from './family-facts.ts';
import { refreshSigns } from './html/refresh-signs.ts';
import { readJson } from './json-text.ts';
import { statusCode } from './status-code.ts';

const text = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);

const header = (facts: Facts, name: string): string | null => {
  const headers = facts['headers'];
  return isJsonObject(headers) && Object.hasOwn(headers, name) ? text(headers[name]) : null;
};

const excerpt = (value: string): string => (value.length > 120 ? `${value.slice(0, 120)}...` : value);

/** The scheme names of `WWW-Authenticate`; its parameters may be long, and say nothing more. */
const schemes = (challenge: string): string =>
  [...challenge.matchAll(/(?:^|,\s*)([A-Za-z][A-Za-z0-9-]*)(?=\s+[^\s=]|\s*$|\s*,)/g)]
    .map((match) => match[1])
    .slice(0, 4)
    .join(', ');

const authRequired = (facts: Facts): string => {
  const challenge = header(facts, 'www-authenticate');
  return challenge === null
    ? 'the server asks for credentials (401) and names no scheme'
    : `the server asks for credentials (401): ${schemes(challenge) || excerpt(challenge)}`;
};

const rateLimited = (facts: Facts): string => {
  const after = header(facts, 'retry-after');
  const wait = after === null ? 'no Retry-After says for how long' : `Retry-After: ${excerpt(after)}`;
  return `the server limits our requests (429), ${wait}`;
};

const redirected = (facts: Facts, status: number): string => {
  const location = header(facts, 'location');
  return location === null
    ? `the server answers ${status} without a Location`
    : `the server redirects (${status}) to ${excerpt(location)}, and redirects are not followed here`;
};

const statusMessage = (facts: Facts, status: number, code: ReasonCode): string => {
  if (code === 'auth-required') return authRequired(facts);
  if (code === 'auth-forbidden') return 'the server refuses access (403)';
  if (code === 'rate-limited') return rateLimited(facts);
  if (code === 'redirect-unexpected') return redirected(facts, status);
  const phrase = text(facts['status-text']) ?? '';
  return `the server answers ${phrase === '' ? status : `${status} ${excerpt(phrase)}`}`;
};

const notJson = (body: string): string => {
  const read = readJson(body);
  return read.ok ? 'it was not read' : read.problem;
};

const bodySigns = (facts: Facts): readonly Sign[] => {
  const problem = text(facts['body-problem']);
  if (problem !== null) return [{ code: 'invalid-utf8', fact: 'body', message: problem }];
  const body = text(facts['body']);
  if (body === null || facts['json'] !== undefined) return [];
  const type = header(facts, 'content-type') ?? '';
  const page = /html/i.test(type) || /^\s*<(!doctype|html)/i.test(body);
  if (page) {
    return [{ code: 'wrong-content-type', fact: 'json', message: 'the body is an HTML page where JSON was expected' }];
  }
  const reason = text(facts['json-problem']) ?? notJson(body);
  return [{ code: 'not-json', fact: 'json', message: `the body is not JSON: ${reason}` }];
};

export const tlsSigns = (facts: Facts): readonly Sign[] => {
  const tls = facts['tls'];
  if (!isJsonObject(tls) || tls['verified'] !== false) return [];
  const cause = text(tls['cause']) ?? 'the certificate could not be verified';
  const code = TLS_CODES.find((known) => known === tls['code']) ?? 'tls-untrusted';
  return [{ code, fact: 'tls.verified', message: cause }];
};

const TLS_CODES = [
  'tls-expired',
  'tls-not-yet-valid',
  'tls-wrong-host',
  'tls-self-signed',
  'tls-untrusted',
  'tls-incomplete-chain',
  'tls-handshake',
] as const;

const extraSigns = (facts: Facts): readonly Sign[] => {
  const extra = facts['extra-bytes'];
  if (typeof extra !== 'number' || extra === 0) return [];
  const message = `${extra} unexpected bytes came after the response had ended`;
  return [{ code: 'invalid-response', fact: 'extra-bytes', message }];
};

/** The conditions that an answer over HTTP can show. Pure: reads nothing but the facts. */
export const httpSigns = (facts: Facts): readonly Sign[] => {
  const status = facts['status'];
  const signs = [...bodySigns(facts), ...tlsSigns(facts), ...extraSigns(facts)];
  if (typeof status !== 'number') return signs;
  const code = statusCode(status);
  return [
    { code, fact: 'status', message: statusMessage(facts, status, code) },
    ...signs,
    ...refreshSigns(facts),
    ...addressSigns(facts),
  ];
};
