import { UsageError } from '../../model/fault.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';
import { secretKeeper, type SecretKeeper } from './secrets.ts';
import type { CurlRequest } from './parse.ts';

/** A curl command as the spec of a step: secrets are placeholders, and nothing else in it is one. */
export type CurlSpec = {
  readonly spec: JsonObject;
  readonly method: string;
  /** What the placeholders stand for, by name; `from` says where it stood. */
  readonly secrets: SecretKeeper['kept'];
  /** Headers that were left out, because gonogo says them itself or they are about a browser. */
  readonly leftOut: readonly string[];
  readonly timeout: string | null;
};

/** What a browser adds, and what the engine says itself. */
const NOISE =
  /^(accept-encoding|connection|content-length|host|priority|te|dnt|pragma|cache-control|upgrade-insecure-requests|sec-.*|if-none-match|if-modified-since)$/i;
const SECRET_NAME = /auth|token|secret|api-?_?key|pass(word|wd|phrase)?$|session|signature|credential|csrf|xsrf/i;

/** What is written as it stands: no placeholder is meant. */
export const literal = (text: string): string => text.replaceAll('${', () => '$${');

/** Throws `UsageError` for a URL that is none, and for secrets too short to be hidden. */
export const toSpec = (request: CurlRequest): CurlSpec => {
  const keeper = secretKeeper();
  const url = addressOf(request, keeper);
  const body = bodyOf(request, keeper);
  const { headers, leftOut } = headersOf(request, body.type, keeper);
  const method = (request.method ?? (body.spec === null ? 'GET' : 'POST')).toUpperCase();
  const usual = body.spec === null ? 'GET' : 'POST';
  const { headers: own = {}, ...content } = body.spec ?? {};
  const all = { ...(isJsonObject(own) ? own : {}), ...Object.fromEntries(headers) };
  const cookie = request.cookie === null ? null : keeper.keep(request.cookie, 'COOKIE', 'the cookies');
  const spec: JsonObject = {
    ...(method === usual ? {} : { method }),
    url: url.text,
    ...content,
    ...authOf(request, url.user, keeper),
    ...(Object.keys(all).length === 0 && cookie === null
      ? {}
      : { headers: { ...all, ...(cookie === null ? {} : { cookie }) } }),
    ...(request.follow ? { follow: request.maxRedirects === null ? true : { max: Number(request.maxRedirects) } } : {}),
    ...(request.insecure || request.ca !== null
      ? { tls: { ...(request.insecure ? { verify: false } : {}), ...(request.ca === null ? {} : { ca: request.ca }) } }
      : {}),
    ...(request.proxy === null ? {} : { proxy: literal(request.proxy) }),
    ...(request.http2 ? { http2: true } : {}),
  };
  const timeout = request.maxTime === null ? null : `${request.maxTime}s`;
  return { spec, method, secrets: keeper.kept, leftOut, timeout };
};

const addressOf = ({ url: text, data, get }: CurlRequest, keeper: SecretKeeper) => {
  if (!URL.canParse(text)) throw new UsageError(`"${text}" is no URL`);
  const url = new URL(text);
  const user = url.username === '' ? null : `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  url.username = '';
  url.password = '';
  url.hash = '';
  const query = [url.search.slice(1), ...(get ? data : [])].filter((part) => part !== '').join('&');
  url.search = '';
  const pairs = query === '' ? [] : query.split('&').map((pair) => pairOf(pair, keeper));
  return { text: `${literal(url.href)}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`, user };
};

const pairOf = (pair: string, keeper: SecretKeeper): string => {
  const equals = pair.indexOf('=');
  const name = equals < 0 ? pair : pair.slice(0, equals);
  if (equals < 0 || !SECRET_NAME.test(name) || pair.length === equals + 1) return literal(pair);
  return `${literal(name)}=${keeper.keep(pair.slice(equals + 1), name, `${name} in the query`)}`;
};

type Body = { readonly spec: JsonObject | null; readonly type: string | null };

/** The body, and the content type that goes with it by itself. */
const bodyOf = (request: CurlRequest, keeper: SecretKeeper): Body => {
  if (request.form.length > 0)
    return { spec: { multipart: multipartOf(request.form, keeper) }, type: 'multipart/form-data' };
  if (request.get || request.data.length === 0) return { spec: null, type: null };
  const text = request.json ? request.data.join('') : request.data.join('&');
  const given = request.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null;
  const type = given ?? (request.json ? 'application/json' : 'application/x-www-form-urlencoded');
  const json = /[/+]json\b/i.test(type) ? readJson(text) : undefined;
  if (json !== undefined) return { spec: { json: withoutSecrets(json, keeper) }, type: 'application/json' };
  const form = /^application\/x-www-form-urlencoded/i.test(type) ? readForm(text) : null;
  if (form !== null) return { spec: { form: withoutSecrets(form, keeper) }, type: 'application/x-www-form-urlencoded' };
  return {
    spec: { body: literal(text), ...(given === null ? { headers: { 'content-type': type } } : {}) },
    type: null,
  };
};

const readJson = (text: string): Json | undefined => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Null where a form would not be sent as the same text: a name that stands twice, another encoding. */
const readForm = (text: string): JsonObject | null => {
  const pairs = new URLSearchParams(text);
  const names = [...pairs.keys()];
  return pairs.toString() === text && new Set(names).size === names.length ? Object.fromEntries(pairs) : null;
};

/** A JSON value in which texts under telling names are secrets. */
const withoutSecrets = (value: Json, keeper: SecretKeeper, name = ''): Json => {
  if (typeof value === 'string') {
    return SECRET_NAME.test(name) && value !== '' ? keeper.keep(value, name, `${name} in the body`) : literal(value);
  }
  if (isJsonObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutSecrets(inner, keeper, key)]));
  }
  const items: Json = value;
  return Array.isArray(items) ? items.map((item: Json) => withoutSecrets(item, keeper, name)) : items;
};

/** `-F name=text` and `-F name=@path;type=text/plain`. */
const multipartOf = (fields: readonly string[], keeper: SecretKeeper): JsonObject =>
  Object.fromEntries(
    fields.map((field) => {
      const equals = field.indexOf('=');
      if (equals < 1) throw new UsageError(`"${field}" is no field of a form`, "for example -F 'name=text'");
      const name = field.slice(0, equals);
      const value = field.slice(equals + 1);
      if (value.startsWith('<')) throw new UsageError(`curl's -F ${name}=< reads a file`, `write -F ${name}=@path`);
      if (!value.startsWith('@')) return [name, withoutSecrets(value, keeper, name)];
      const [path = '', ...options] = value.slice(1).split(';');
      const type = options.find((option) => option.startsWith('type='))?.slice('type='.length);
      return [name, { file: literal(path), ...(type === undefined ? {} : { type }) }];
    }),
  );

const headersOf = (request: CurlRequest, sentBySelf: string | null, keeper: SecretKeeper) => {
  const leftOut: string[] = [];
  const kept = request.headers.flatMap(([name, value]): readonly (readonly [string, string])[] => {
    const lower = name.toLowerCase();
    const repeated = lower === 'content-type' && sentBySelf !== null && value.toLowerCase() === sentBySelf;
    const browser = lower === 'user-agent' && /mozilla/i.test(value);
    if (lower === 'authorization' && isKnownScheme(value)) return [];
    if (NOISE.test(name) || browser || value === '' || (lower === 'accept' && value === '*/*')) {
      leftOut.push(name);
      return [];
    }
    if (repeated || (lower === 'content-type' && sentBySelf?.startsWith('multipart/') === true)) return [];
    const secret = lower === 'cookie' || SECRET_NAME.test(name);
    return [[name, secret ? keeper.keep(value, name, `the header ${name}`) : literal(value)]];
  });
  const accept = request.json && !kept.some(([name]) => name.toLowerCase() === 'accept');
  return { headers: accept ? [...kept, ['Accept', 'application/json'] as const] : kept, leftOut };
};

const isKnownScheme = (value: string): boolean => /^(bearer|basic) \S+$/i.test(value);

const authOf = (request: CurlRequest, userinfo: string | null, keeper: SecretKeeper): JsonObject => {
  const header = request.headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? '';
  const [, scheme = '', given = ''] = /^(\w+) (\S+)$/.exec(header) ?? [];
  const isBasic = scheme.toLowerCase() === 'basic';
  const user = request.user ?? userinfo ?? (isBasic ? Buffer.from(given, 'base64').toString('utf8') : null);
  const bearer = request.bearer ?? (scheme.toLowerCase() === 'bearer' ? given : null);
  if (bearer !== null) return { auth: { bearer: keeper.keep(bearer, 'TOKEN', 'the bearer token') } };
  if (user === null) return {};
  const colon = user.indexOf(':');
  if (colon < 0) throw new UsageError(`curl's -u has a name and no password, which curl would ask for`);
  const username = literal(user.slice(0, colon));
  const password = keeper.keep(user.slice(colon + 1), 'PASSWORD', `the password of ${user.slice(0, colon)}`);
  return { auth: { [request.digest ? 'digest' : 'basic']: { username, password } } };
};
