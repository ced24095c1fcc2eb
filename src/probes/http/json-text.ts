import type { Json } from '../../model/json.ts';
import { DEFAULT_LIMITS } from '../engine/request.ts';
import { type InexactNumber, type JsonScan, scanJson } from './json-scan.ts';
import { walkJson } from './json-walk.ts';

/** A body read as JSON, or one clause that says why it is not. */
export type JsonReading =
  | {
      readonly ok: true;
      readonly value: Json;
      /** Where whole numbers beyond 2^53 stand in `value` as texts of their digits, as JSONPaths; the first 20. */
      readonly numbersAsText: readonly string[];
    }
  | { readonly ok: false; readonly problem: string };

const MOST_TOLD = 20;

/** A value for each so many bytes of the longest body: then reading takes no more memory than the body and its text. */
const BYTES_A_VALUE = 32;
const HEAVIEST = DEFAULT_LIMITS.decodedBodyBytes / BYTES_A_VALUE;

/** How much the values of a body may weigh where it may be as long as `bodyBytes`: whoever allows more gets more. */
export const heaviestJson = (bodyBytes: number): number => Math.max(HEAVIEST, Math.floor(bodyBytes / BYTES_A_VALUE));

/** All that can be more than one word or text: what begins otherwise is left to the parser, which ends at once. */
const BEGINS = /^\s*[[{\-\d]/;
const NOTHING_SEEN: JsonScan = { problem: null, members: 0, inexact: [] };

const parsed = (source: string): Json => JSON.parse(source);

/** The text with those numbers in quotes: `JSON.parse` would round them without a word. */
const withDigits = (source: string, numbers: readonly InexactNumber[]): string => {
  let text = '';
  let done = 0;
  for (const { start, end } of numbers) {
    text += `${source.slice(done, start)}"${source.slice(start, end)}"`;
    done = end;
  }
  return text + source.slice(done);
};

/** Members that are left once the last of those with the same name has won. Copies nothing: a list may be long. */
const membersOf = (value: Json): number => {
  if (typeof value !== 'object' || value === null) return 0;
  const isList = Array.isArray(value);
  const items: readonly Json[] = isList ? value : Object.values(value);
  let count = isList ? 0 : items.length;
  for (const item of items) if (typeof item === 'object') count += membersOf(item);
  return count;
};

/** The first name that occurs twice in one object of a text that is JSON. */
const repeatedName = (source: string): string => {
  const open: Set<string>[] = [];
  let found = '';
  walkJson(source, {
    open: () => open.push(new Set()) < 0,
    close: () => open.pop(),
    comma: () => false,
    text: () => false,
    number: () => false,
    name: (start, end) => {
      const name = String(parsed(source.slice(start, end)));
      const isRepeated = open.at(-1)?.has(name) === true;
      if (isRepeated) found = name;
      open.at(-1)?.add(name);
      return isRepeated;
    },
  });
  return found;
};

/**
 * Reads a whole body as JSON. Nothing is repaired, and nothing after the value is let pass. Refused is also what two
 * readers could understand differently: a name twice in one object, a number out of range, nesting beyond 100.
 */
export const readJson = (source: string, heaviest = HEAVIEST): JsonReading => {
  if (source.trim() === '') return { ok: false, problem: 'it is empty' };
  const { problem, members, inexact } = BEGINS.test(source) ? scanJson(source, heaviest) : NOTHING_SEEN;
  if (problem !== null) return { ok: false, problem };
  try {
    const value = parsed(inexact.length === 0 ? source : withDigits(source, inexact));
    if (membersOf(value) === members) {
      return { ok: true, value, numbersAsText: inexact.slice(0, MOST_TOLD).map(({ path }) => path) };
    }
    return { ok: false, problem: `the name "${repeatedName(source).slice(0, 80)}" occurs twice in one object` };
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message.slice(0, 200) : 'it does not parse' };
  }
};
