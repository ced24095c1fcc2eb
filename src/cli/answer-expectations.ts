import { isList, typeOf } from '../matchers/equality.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { isJsonObject } from '../model/json.ts';
import type { Facts } from '../model/observation.ts';

/** What an answer had, as `expect:` and `capture:` of a step that sees it again. */
export type Expected = { readonly expect: JsonObject; readonly capture: JsonObject };

const MOST = 20;
const DEEPEST = 3;
const MOST_NAMES = 15;

/**
 * Expectations out of what was seen: the status, the type of the content, and the fields of a JSON body. A field that
 * looks as if it were always the same is held by its value, any other by its type. Facts are redacted: what holds a mask
 * is held by its type.
 */
export const expectationsFrom = (facts: Facts): Expected => {
  const { status, headers, json } = facts;
  const type = isJsonObject(headers ?? null) && isJsonObject(headers) ? headers['content-type'] : undefined;
  const media = typeof type === 'string' ? (type.split(';', 1)[0] ?? '').trim() : '';
  const fields = json === undefined ? [] : fieldsOf('$', json, 0).slice(0, MOST);
  return {
    expect: {
      ...(typeof status === 'number' ? { status } : {}),
      ...(media === '' ? {} : { 'headers.content-type': { 'starts-with': media } }),
      ...Object.fromEntries(fields),
    },
    capture: isJsonObject(json ?? null) && isJsonObject(json) ? capturesFrom(json) : {},
  };
};

/** The id of what was made, and tokens, which are to be hidden from then on. */
const capturesFrom = (json: JsonObject): JsonObject => {
  const secrets = Object.entries(json).filter(([name, value]) => SECRET_NAME.test(name) && typeof value === 'string');
  return {
    ...(isId(json['id']) ? { id: '$.id' } : {}),
    ...Object.fromEntries(secrets.map(([name]) => [nameOf(name), { json: memberOf('$', name), secret: true }])),
  };
};

const SECRET_NAME = /token|secret|password|api-?_?key|credential/i;

/** As `capture:` takes it. */
const nameOf = (member: string): string => member.replaceAll(/[^A-Za-z0-9_.-]/g, '-').replace(/^[^A-Za-z]+/, 'x');

type Field = readonly [path: string, matcher: Json];

const fieldsOf = (path: string, value: Json, depth: number): readonly Field[] => {
  if (isJsonObject(value)) {
    const names = depth < DEEPEST ? Object.keys(value).slice(0, MOST_NAMES) : [];
    const inside = names.flatMap((name) => fieldsOf(memberOf(path, name), value[name] ?? null, depth + 1));
    return inside.length > 0 || path === '$' ? inside : [[path, { type: 'object' }]];
  }
  if (isList(value)) return [[path, value.length > 0 ? { type: 'list', empty: false } : { type: 'list' }]];
  return [[path, isStable(path, value) ? value : { type: typeOf(value) }]];
};

/** A name in a JSONPath; one that is no word is quoted. */
const memberOf = (path: string, name: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? `${path}.${name}` : `${path}['${name.replaceAll(/['\\]/g, '\\$&')}']`;

/** Words, and what says in which state something is; not what looks like a name, a time, a count or a key. */
const isStable = (path: string, value: Json): boolean => {
  if (value === null || typeof value === 'boolean') return true;
  if (typeof value !== 'string') return false;
  if (value.includes('***') || value.includes('${')) return false;
  if (/(^|[.'_-])(id|uuid|key|token|hash|name|title|text|message|email|date|time|at|on|by)\b/i.test(path)) return false;
  return /^[a-z][a-z_-]{0,39}$/i.test(value) || /^v?\d{1,2}$/.test(value);
};

const isId = (value: Json | undefined): boolean =>
  (typeof value === 'string' && value !== '' && value.length <= 200) || typeof value === 'number';
