import { RE2JS } from 're2js';
import { cut, MAX_SEARCHED } from './bounds.ts';
import { ABSTAINS, NOTHING_FOUND, SIGNATURES, type Condition } from './signature-list.ts';

/** The words of an answer that give a condition away, as the answer has them; at most one for each condition. */
export type Found = { readonly [condition in Condition]?: string };

const MOST_KEPT = 500;
const kept = new Map<string, RE2JS>();

/** Compiled on an engine that is linear in the text; case does not matter. Patterns of a file were checked at load. */
const compiled = (source: string): RE2JS => {
  const known = kept.get(source);
  if (known !== undefined) return known;
  const pattern = RE2JS.compile(RE2JS.translateRegExp(source), RE2JS.CASE_INSENSITIVE);
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(source, pattern);
  return pattern;
};

const firstMatch = (patterns: readonly string[], text: string): string | undefined => {
  for (const source of patterns) {
    const matcher = compiled(source).matcher(text);
    if (matcher.find()) return cut(matcher.group()?.trim() ?? source, 200);
  }
  return undefined;
};

const patternsOf = (condition: Condition): readonly string[] =>
  SIGNATURES.filter(({ says }) => says === condition).map(({ pattern }) => pattern);

const BUILT_IN = {
  missing: patternsOf('missing'),
  empty: patternsOf('empty'),
  stale: patternsOf('stale'),
  degraded: patternsOf('degraded'),
} as const;

/** The signatures in the first 64 Ki characters of a text; `deny` patterns come first among those of `degraded`. */
export const findSignatures = (text: string, deny: readonly string[] = []): Found => {
  const searched = cut(text, MAX_SEARCHED);
  const missing = firstMatch(BUILT_IN.missing, searched);
  const empty = firstMatch(BUILT_IN.empty, searched);
  const stale = firstMatch(BUILT_IN.stale, searched);
  const degraded = firstMatch([...deny, ...BUILT_IN.degraded], searched);
  return {
    ...(missing === undefined ? {} : { missing }),
    ...(empty === undefined ? {} : { empty }),
    ...(stale === undefined ? {} : { stale }),
    ...(degraded === undefined ? {} : { degraded }),
  };
};

/** Whether one of the patterns of a file occurs in a text; case does not matter. */
export const matchesAny = (patterns: readonly string[], text: string): boolean =>
  firstMatch(patterns, cut(text, MAX_SEARCHED)) !== undefined;

/** Whether a whole text only says that nothing was found. */
export const saysNothingFound = (text: string): boolean =>
  text.length <= 1000 && firstMatch(NOTHING_FOUND, text) !== undefined;

/** Whether a text says, in its first 400 characters, that the question is not answered. */
export const saysNoAnswer = (text: string): boolean =>
  saysNothingFound(text) || firstMatch(ABSTAINS, cut(text, 400)) !== undefined;
