import { isJsonObject, type Json, type JsonObject } from '../../../model/json.ts';
import type { Claim, Component, HealthStatus } from '../reading.ts';
import { clip, shown, worst, type Words } from './words.ts';

/** Fields whose entries are components by their very name, so that a bare word or a boolean is a status there. */
const NAMED = ['checks', 'components', 'services', 'dependencies'];
/** Fields that may hold components, or free text: an entry counts only when it has a status that is understood. */
const LOOSE = ['details', 'entries', 'info', 'error'];
const STATUS_FIELDS = ['status', 'health', 'healthy', 'ok', 'state'];
const MAX_DEPTH = 8;

type Saying = { readonly status: HealthStatus; readonly says: string };

/** The own status of a body or of one component: the worst of its status fields; null when it has none. */
export const ownStatus = (item: JsonObject, words: Words): Saying | null => {
  const fields = STATUS_FIELDS.filter((field) => Object.hasOwn(item, field) && isStatusValue(item[field], words));
  const sayings = fields.map((field) => ({ status: words(item[field]), says: shown(item[field] ?? null) }));
  const status = worst(sayings.map((saying) => saying.status));
  return sayings.find((saying) => saying.status === status) ?? null;
};

/** A number is a status only where the format says so (an enum); elsewhere it is a count or a code. */
const isStatusValue = (value: Json | undefined, words: Words): boolean =>
  typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && words(value) !== 'unknown');

/**
 * Every component that a body tells of: entries of the well-known fields, down to parts of parts, and at the top also
 * siblings of the status that have a status of their own (`{ status, db: { status } }`).
 */
export const componentsOf = (body: JsonObject, words: Words): readonly Component[] => {
  const siblings = Object.entries(body).filter(
    ([name, value]) => ![...NAMED, ...LOOSE].includes(name) && isJsonObject(value) && ownStatus(value, words) !== null,
  );
  return distinct([
    ...partsOf(body, words, '', 0),
    ...siblings.flatMap(([name, value]) => entry(name, value, words, 1)),
  ]);
};

const partsOf = (item: JsonObject, words: Words, prefix: string, depth: number): readonly Component[] =>
  [...NAMED, ...LOOSE].flatMap((field) => {
    const value = Object.hasOwn(item, field) ? item[field] : undefined;
    if (typeof value !== 'object' || value === null) return [];
    if (depth > MAX_DEPTH) return [{ name: clip(`${prefix}${field}`), status: 'unknown', says: 'nested too deeply' }];
    return namedEntries(value)
      .filter(([, part]) => NAMED.includes(field) || hasStatus(part, words) || (depth === 0 && isWord(part, words)))
      .flatMap(([name, part]) => entry(`${prefix}${name}`, part, words, depth + 1));
  });

const namedEntries = (value: JsonObject | readonly Json[]): readonly (readonly [string, Json])[] =>
  isJsonObject(value)
    ? Object.entries(value)
    : value.map((item, index) => [isJsonObject(item) ? nameOf(item, index) : `${index + 1}`, item] as const);

const nameOf = (item: JsonObject, index: number): string => {
  const name = [item['name'], item['id'], item['key'], item['component']].find((value) => typeof value === 'string');
  return typeof name === 'string' ? name : `${index + 1}`;
};

const hasStatus = (part: Json, words: Words): boolean =>
  Array.isArray(part)
    ? part.some((item: Json) => isJsonObject(item) && ownStatus(item, words) !== null)
    : isJsonObject(part) && (ownStatus(part, words) !== null || NAMED.some((field) => Object.hasOwn(part, field)));

const isWord = (part: Json, words: Words): boolean => typeof part === 'string' && words(part) !== 'unknown';

const entry = (name: string, part: Json, words: Words, depth: number): readonly Component[] => {
  if (Array.isArray(part)) {
    return part.length === 0
      ? [{ name: clip(name), status: 'warn', says: 'no measurement' }]
      : part.flatMap((item: Json) => single(name, item, words, depth));
  }
  return single(name, part, words, depth);
};

const single = (name: string, part: Json, words: Words, depth: number): readonly Component[] => {
  if (isJsonObject(part)) {
    const own = ownStatus(part, words);
    const self = { name: clip(name), status: own?.status ?? 'unknown', says: own?.says ?? null, ...extras(part) };
    return [self, ...partsOf(part, words, `${name}/`, depth)];
  }
  const bare = typeof part === 'string' || typeof part === 'boolean';
  return [{ name: clip(name), status: bare ? words(part) : 'unknown', says: bare ? shown(part) : null }];
};

const extras = (item: JsonObject): Pick<Component, 'detail' | 'observed' | 'time'> => {
  const detail = [item, item['details'], item['data']].flatMap((holder) =>
    isJsonObject(holder) ? texts(holder) : [],
  )[0];
  const { observedValue, observedUnit, time } = item;
  const unit = typeof observedUnit === 'string' ? ` ${observedUnit}` : '';
  return {
    ...(detail === undefined ? {} : { detail: clip(detail) }),
    ...(observedValue === undefined ? {} : { observed: clip(`${shown(observedValue)}${unit}`) }),
    ...(typeof time === 'string' ? { time: clip(time) } : {}),
  };
};

const texts = (holder: JsonObject): readonly string[] =>
  ['output', 'message', 'error', 'description', 'exception', 'reason'].flatMap((field) => {
    const text = Object.hasOwn(holder, field) ? holder[field] : undefined;
    return typeof text === 'string' && text !== '' ? [text] : [];
  });

/** The claim of a JSON body with that total. A pass over a list of checks with nothing on it is only a warn. */
export const claimOf = (body: JsonObject, total: HealthStatus, says: Json, words: Words): Claim => {
  const vacuous = total === 'pass' && isEmpty(body['checks']);
  return {
    total: vacuous ? 'warn' : total,
    says: shown(says),
    components: componentsOf(body, words),
    note: vacuous ? 'its list of checks is empty, so nothing was looked at' : null,
  };
};

const isEmpty = (value: Json | undefined): boolean =>
  isJsonObject(value) ? Object.keys(value).length === 0 : Array.isArray(value) && value.length === 0;

const distinct = (components: readonly Component[]): readonly Component[] => [
  ...new Map(components.map((component) => [JSON.stringify(component), component])).values(),
];
