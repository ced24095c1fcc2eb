import type { Json } from '../../model/json.ts';

/** A body read as JSON, or one clause that says why it is not. */
export type JsonReading =
  { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly problem: string };

const DEEPEST = 100;
/** Five bytes of `1,1,1` become fifty in memory, so the bytes alone are no bound. */
const MOST_VALUES = 2_000_000;

const CODE = { quote: 0x22, comma: 0x2c, minus: 0x2d, dot: 0x2e, backslash: 0x5c } as const;
const OPENS: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSES: ReadonlySet<number> = new Set([0x5d, 0x7d]);
const BRACE = 0x7b;

/** Where the string that starts at `start` ends, in text that is known to be valid JSON. */
const endOfString = (source: string, start: number): number => {
  let at = start + 1;
  for (let code = source.charCodeAt(at); code !== CODE.quote && at < source.length; code = source.charCodeAt(at)) {
    at += code === CODE.backslash ? 2 : 1;
  }
  return at;
};

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

const isOfNumber = (code: number): boolean =>
  isDigit(code) || code === CODE.dot || code === CODE.minus || code === 0x2b || code === 0x45 || code === 0x65;

const endOfNumber = (source: string, start: number): number => {
  let at = start + 1;
  while (isOfNumber(source.charCodeAt(at))) at += 1;
  return at;
};

/** Numbers shorter than this are in range. */
const SHORT = 4;

const isOutOfRange = (source: string, start: number, end: number): boolean =>
  end - start >= SHORT && !Number.isFinite(Number(source.slice(start, end)));

/**
 * What makes valid JSON unfit to be judged: nesting beyond 100, a name twice in one object (which one counts is
 * the reader's choice), a number out of range. Null when there is nothing. Goes by character codes: a hostile body of
 * 10 MiB may not hold up the looks at others.
 */
const ambiguity = (source: string): string | null => {
  const open: (Set<string> | null)[] = [];
  let nameNext = false;
  for (let at = 0; at < source.length; at += 1) {
    const code = source.charCodeAt(at);
    if (code === CODE.quote) {
      const end = endOfString(source, at);
      const names = open.at(-1);
      if (names && nameNext) {
        const name = String(parsed(source.slice(at, end + 1)));
        if (names.has(name)) return `the name "${name.slice(0, 80)}" occurs twice in one object`;
        names.add(name);
        nameNext = false;
      }
      at = end;
    } else if (code === CODE.comma) {
      nameNext = true;
    } else if (isDigit(code) || code === CODE.minus) {
      const end = endOfNumber(source, at);
      if (isOutOfRange(source, at, end)) return `the number ${source.slice(at, end).slice(0, 40)} is out of range`;
      at = end - 1;
    } else if (OPENS.has(code)) {
      open.push(code === BRACE ? new Set() : null);
      if (open.length > DEEPEST) return `it is nested deeper than ${DEEPEST}`;
      nameNext = code === BRACE;
    } else if (CLOSES.has(code)) {
      open.pop();
    }
  }
  return null;
};

/** Whether there may be more values than are read: commas are counted, those in strings too. */
const hasTooMany = (source: string): boolean => {
  if (source.length <= MOST_VALUES) return false;
  let commas = 0;
  for (let at = 0; at < source.length && commas < MOST_VALUES; at += 1) {
    if (source.charCodeAt(at) === CODE.comma) commas += 1;
  }
  return commas === MOST_VALUES;
};

const parsed = (source: string): Json => JSON.parse(source);

/** Reads a whole body as JSON. Nothing is repaired, and nothing after the value is let pass. */
export const readJson = (source: string): JsonReading => {
  if (source.trim() === '') return { ok: false, problem: 'it is empty' };
  if (hasTooMany(source)) return { ok: false, problem: `it has more than ${MOST_VALUES} values` };
  try {
    const value = parsed(source);
    const problem = ambiguity(source);
    return problem === null ? { ok: true, value } : { ok: false, problem };
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message.slice(0, 200) : 'it does not parse' };
  }
};
