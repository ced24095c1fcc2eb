import type { Json } from '../../model/json.ts';

/** A body read as JSON, or one clause that says why it is not. */
export type JsonReading =
  { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly problem: string };

const DEEPEST = 100;
/** Where the string that starts at `start` ends, in text that is known to be valid JSON. */
const endOfString = (source: string, start: number): number => {
  let at = start + 1;
  while (at < source.length && source[at] !== '"') at += source[at] === '\\' ? 2 : 1;
  return at;
};

const numberAt = (source: string, start: number): string =>
  /[-+.\deE]+/y.exec(source.slice(start, start + 400))?.[0] ?? '';

/**
 * What makes valid JSON unfit to be judged: nesting beyond 100, a name twice in one object (which one counts is
 * the reader's choice), a number out of range. Null when there is nothing.
 */
const ambiguity = (source: string): string | null => {
  const open: (Set<string> | null)[] = [];
  let nameNext = false;
  for (let at = 0; at < source.length; at += 1) {
    const char = source[at] ?? '';
    if (char === '{' || char === '[') {
      open.push(char === '{' ? new Set() : null);
      if (open.length > DEEPEST) return `it is nested deeper than ${DEEPEST}`;
      nameNext = char === '{';
    } else if (char === '}' || char === ']') {
      open.pop();
    } else if (char === ',') {
      nameNext = true;
    } else if (char === '"') {
      const end = endOfString(source, at);
      const names = open.at(-1);
      if (names && nameNext) {
        const name = String(parsed(source.slice(at, end + 1)));
        if (names.has(name)) return `the name "${name.slice(0, 80)}" occurs twice in one object`;
        names.add(name);
        nameNext = false;
      }
      at = end;
    } else if (char === '-' || (char >= '0' && char <= '9')) {
      const number = numberAt(source, at);
      if (!Number.isFinite(Number(number))) return `the number ${number.slice(0, 40)} is out of range`;
      at += Math.max(number.length, 1) - 1;
    }
  }
  return null;
};

const parsed = (source: string): Json => JSON.parse(source);

/** Reads a whole body as JSON. Nothing is repaired, and nothing after the value is let pass. */
export const readJson = (source: string): JsonReading => {
  if (source.trim() === '') return { ok: false, problem: 'it is empty' };
  try {
    const value = parsed(source);
    const problem = ambiguity(source);
    return problem === null ? { ok: true, value } : { ok: false, problem };
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message.slice(0, 200) : 'it does not parse' };
  }
};
