import { createHash } from 'node:crypto';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import type { CheckResult } from '../model/run.ts';

type Named = readonly [name: string, value: Json];

/** Longer values are kept as their digest: that they changed can still be told. */
const LONGEST = 600;
const MOST_HEADERS = 20;

/** What a connection shows, whichever kind made it. */
const OF_A_CONNECTION = ['dns.addresses', 'dns.cname', 'tls.fingerprint', 'tls.valid-to', 'tls.issuer', 'tls.protocol'];

const OF_A_SERVER = ['server.name', 'server.version', 'protocol-version', 'tool-schema-hash', 'tools'];

/** What a kind shows beside its connection and the headers of its answer. */
const BY_KIND: ReadonlyMap<string, readonly string[]> = new Map([
  ['dns', ['records', 'cname', 'rcode']],
  ['domain', ['final-url', 'page.title']],
  ['files', ['modes']],
  ['health', ['health.format']],
  ['http', ['http-version']],
  ['mcp', [...OF_A_SERVER, 'built-at']],
  ['page', ['final-url', 'title']],
  ['postgres', ['server-version', 'in-recovery', 'table-count']],
  ['query', ['built-at']],
  ['tls', ['fingerprint', 'valid-to', 'issuer', 'protocol']],
  ['websocket', ['subprotocol', 'extensions']],
]);

/** The order of these means nothing: name servers shuffle it. */
const UNORDERED: ReadonlySet<string> = new Set(['dns.addresses', 'records', 'tools', 'modes']);

const VERSION_HEADER =
  /^(server|x-powered-by)$|(^|-)(version|release|revision|commit|build|sha)(-(id|sha|number|hash))?$/;

const at = (facts: JsonObject, path: string): Json | undefined =>
  path
    .split('.')
    .reduce<Json | undefined>(
      (value, name) => (isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined),
      facts,
    );

const sorted = (value: Json): Json =>
  Array.isArray(value) ? value.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : value;

const bounded = (value: Json): Json => {
  const text = JSON.stringify(value);
  return text.length <= LONGEST ? value : `sha256:${createHash('sha256').update(text).digest('hex')}`;
};

const picked = (facts: JsonObject, paths: readonly string[]): readonly Named[] =>
  paths.flatMap((path): readonly Named[] => {
    const value = at(facts, path);
    return value === undefined ? [] : [[path, UNORDERED.has(path) ? sorted(value) : value]];
  });

/** The peer, where no name was looked up that tells more. */
const peer = (facts: JsonObject): readonly Named[] => {
  const address = facts['address'] ?? facts['remote-address'];
  return at(facts, 'dns.addresses') === undefined && typeof address === 'string' ? [['address', address]] : [];
};

const versionHeaders = (facts: JsonObject): readonly Named[] => {
  const headers = facts['headers'];
  if (!isJsonObject(headers)) return [];
  return Object.entries(headers)
    .filter(([name]) => VERSION_HEADER.test(name))
    .slice(0, MOST_HEADERS)
    .map(([name, value]) => [`headers.${name}`, value]);
};

/** The way that redirects lead; that there is none is told too, so that the first one is a change. */
const redirects = (facts: JsonObject): readonly Named[] => {
  const { chains, redirects: count, 'chain-text': text } = facts;
  if (Array.isArray(chains)) {
    return chains.flatMap((chain: Json): readonly Named[] =>
      isJsonObject(chain) && typeof chain['variant'] === 'string' && chain['text'] !== undefined
        ? [[`chains.${chain['variant']}`, chain['text']]]
        : [],
    );
  }
  if (typeof count !== 'number') return [];
  if (count > 0) return [['redirects', text ?? count]];
  return facts['status'] === undefined ? [] : [['redirects', 'none']];
};

/**
 * The facts of a check by which a person sees that something was changed: addresses, certificate, redirects, versions,
 * tools, the age of an index. By name, bounded; what was not seen is absent. Never what differs from look to look. Pure.
 */
export const changeFacts = ({ kind, facts }: Pick<CheckResult, 'kind' | 'facts'>): JsonObject => {
  const seen: Json = JSON.parse(JSON.stringify(facts));
  if (!isJsonObject(seen)) return {};
  const all = [
    ...picked(seen, OF_A_CONNECTION),
    ...peer(seen),
    ...picked(seen, BY_KIND.get(kind) ?? []),
    ...redirects(seen),
    ...versionHeaders(seen),
  ];
  return Object.fromEntries(all.map(([name, value]) => [name, bounded(value)]));
};
