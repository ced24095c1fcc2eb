import { isList } from '../matchers/equality.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import type { Facts } from '../model/observation.ts';

const LONGEST_TEXT = 4096;
const MOST_ITEMS = 100;
const MOST_KEYS = 200;
const DEEPEST = 20;
const FACTS_BYTES = 64 * 1024;
const VALUE_BYTES = 4 * 1024;

/** At this share of the limits every value is a few words. */
const SMALLEST = 1 / 4096;

/**
 * The part of the facts that a report keeps, once they are evaluated: texts up to 4 KiB, lists up to 100 items,
 * objects up to 200 keys, 20 levels, 64 KiB of JSON in all. Every cut says how much is gone. The largest facts give
 * way first, so that one huge answer does not cost the small ones beside it.
 */
export const excerptFacts = (facts: Facts): Facts => {
  const entries = Object.entries(facts);
  let parts = entries.slice(0, MOST_KEYS).map(([name, value]) => partOf(trimText(name, 1 / 64), value, 1));
  while (sum(parts.map(({ bytes }) => bytes)) > FACTS_BYTES) {
    const largest = parts.reduce((a, b) => (b.bytes > a.bytes ? b : a));
    if (largest.share <= SMALLEST) break;
    parts = parts.map((part) => (part === largest ? partOf(part.name, part.whole, part.share / 2) : part));
  }
  const kept = parts.map(({ name, cut }): [string, Json] => [name, cut]);
  return Object.fromEntries(withKeysNote(kept, entries.length - kept.length));
};

/** As `excerptFacts`, for one value beside an expectation: 4 KiB of JSON at most. */
export const excerptValue = (value: Json): Json => {
  let share = 1;
  let cut = trim(value, share, 1);
  while (jsonBytes(cut) > VALUE_BYTES && share > SMALLEST) {
    share /= 2;
    cut = trim(value, share, 1);
  }
  return cut;
};

/** The first 4 KiB of a text, with a note of how much was cut. */
export const excerptText = (text: string): string => trimText(text, 1);

type Part = {
  readonly name: string;
  readonly whole: Json;
  readonly share: number;
  readonly cut: Json;
  readonly bytes: number;
};

const partOf = (name: string, whole: Json, share: number): Part => {
  const cut = trim(whole, share, 1);
  return { name, whole, share, cut, bytes: jsonBytes({ [name]: cut }) };
};

const trim = (value: Json, share: number, depth: number): Json => {
  if (typeof value === 'string') return trimText(value, share);
  if (isList(value)) return depth > DEEPEST ? TOO_DEEP : trimList(value, share, depth);
  if (isJsonObject(value)) return depth > DEEPEST ? TOO_DEEP : trimObject(value, share, depth);
  return value;
};

const TOO_DEEP = `(cut: nested deeper than ${DEEPEST})`;

const trimText = (text: string, share: number): string => {
  const longest = atLeastOne(LONGEST_TEXT * share);
  if (text.length <= longest) return text;
  const head = text.slice(0, isHighSurrogate(text.charCodeAt(longest - 1)) ? longest - 1 : longest);
  return `${head}… (cut: ${text.length - head.length} more characters)`;
};

const trimList = (list: readonly Json[], share: number, depth: number): Json => {
  const most = atLeastOne(MOST_ITEMS * share);
  const kept = list.slice(0, most).map((item) => trim(item, share, depth + 1));
  return list.length <= most ? kept : [...kept, `(cut: ${list.length - most} more items)`];
};

const trimObject = (object: Facts, share: number, depth: number): Json => {
  const most = atLeastOne(MOST_KEYS * share);
  const keys = Object.keys(object);
  const kept = keys
    .slice(0, most)
    .map((key): [string, Json] => [trimText(key, share / 16), trim(object[key] ?? null, share, depth + 1)]);
  return Object.fromEntries(withKeysNote(kept, keys.length - kept.length));
};

const withKeysNote = (kept: readonly [string, Json][], gone: number): readonly [string, Json][] =>
  gone === 0 ? kept : [...kept, ['(cut)', `${gone} more keys`]];

const atLeastOne = (limit: number): number => Math.max(1, Math.floor(limit));

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

const jsonBytes = (value: Json): number => Buffer.byteLength(JSON.stringify(value));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
