import { RE2JS } from 're2js';
import { keepAtMost } from '../../matchers/keep.ts';
import { cut, MAX_SEARCHED } from './bounds.ts';
import { ABSTAINS, NOTHING_FOUND, SIGNATURES, type Condition } from './signature-list.ts';

/** The words of an answer that give a condition away, as the answer has them; at most one for each condition. */
export type Found = { readonly [condition in Condition]?: string };

const keep = keepAtMost<RE2JS>(500);

/** A pattern of a file, on an engine that is linear in the text. It was checked at load; case does not matter. */
const compiled = (source: string): RE2JS =>
  keep(source, () => RE2JS.compile(RE2JS.translateRegExp(source), RE2JS.CASE_INSENSITIVE));

const ofTheFile = (patterns: readonly string[], text: string): string | undefined => {
  for (const source of patterns) {
    const matcher = compiled(source).matcher(text);
    if (matcher.find()) return shortened(matcher.group() ?? source);
  }
  return undefined;
};

const shortened = (words: string): string => cut(words.trim(), 200);

const builtIn = (condition: Condition, text: string): string | undefined => {
  for (const { says, pattern } of SIGNATURES) {
    const words = says === condition ? pattern.exec(text)?.[0] : undefined;
    if (words !== undefined) return shortened(words);
  }
  return undefined;
};

/** The signatures in the first 64 Ki characters of a text; `deny` patterns come first among those of `degraded`. */
export const findSignatures = (text: string, deny: readonly string[] = []): Found => {
  const searched = cut(text, MAX_SEARCHED);
  const missing = builtIn('missing', searched);
  const empty = builtIn('empty', searched);
  const stale = builtIn('stale', searched);
  const degraded = ofTheFile(deny, searched) ?? builtIn('degraded', searched);
  return {
    ...(missing === undefined ? {} : { missing }),
    ...(empty === undefined ? {} : { empty }),
    ...(stale === undefined ? {} : { stale }),
    ...(degraded === undefined ? {} : { degraded }),
  };
};

/** Whether one of the patterns of a file occurs in the first 64 Ki characters of a text; case does not matter. */
export const matchesAny = (patterns: readonly string[], text: string): boolean =>
  ofTheFile(patterns, cut(text, MAX_SEARCHED)) !== undefined;

/** Whether a whole text only says that nothing was found. */
export const saysNothingFound = (text: string): boolean =>
  text.length <= 1000 && NOTHING_FOUND.some((pattern) => pattern.test(text.trim()));

/** Whether a text says, in its first 400 characters, that the question is not answered. */
export const saysNoAnswer = (text: string): boolean =>
  saysNothingFound(text) || ABSTAINS.some((pattern) => pattern.test(cut(text, 400)));
