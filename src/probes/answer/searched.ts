import type { Json } from '../../model/json.ts';
import { cut, MAX_SEARCHED } from './bounds.ts';
import { hitsInJson, type Hit } from './hits.ts';
import { jsonInText } from './json-in-text.ts';
import type { AnswerPaths } from './paths.ts';
import { findSignatures, matchesAny, type Found } from './signatures.ts';
import { stringsIn } from './strings-in.ts';

/** Texts shorter than this occur by chance in what surrounds them. */
const SHORTEST_QUOTE = 12;
const MOST_QUOTES = 200;
/** How much of a hit is read where it may be no document. */
const LONGEST_READ = 640;
const LEAST_SHARE = 0.4;

/** What a hit begins with that is made up; narrower than the list for texts, because articles are about anything. */
const MADE_UP =
  /^\W{0,10}(?:\w{1,40} )?(?:offline fallback|fall[ -]?back (?:results?|answers?|responses?|mode|data|content)|(?:sample|dummy|placeholder|canned|mock(?:ed)?|cached) (?:data|answers?|responses?|results?|documents?|content))\b/i;

/** An answer as far as it is searched: its texts, its JSON, and what of it is content of the index. */
export type Searched = {
  readonly texts: readonly string[];
  readonly json: Json | undefined;
  readonly hits: readonly Hit[];
  readonly paths: AnswerPaths;
};

/**
 * The signatures of an answer. What a hit says is the index's content, and no sign: an article may be about an index
 * that is not found. So hits are taken out, also where a text repeats them, unless they are no more than the message.
 */
export const signaturesOf = (answer: Searched, deny: readonly string[]): Found => {
  const beside = findSignatures(surroundings(answer), deny);
  return { ...messageInHits(answer.hits, deny), ...beside };
};

const surroundings = ({ texts, json, hits, paths }: Searched): string => {
  const inTexts = new Set(texts);
  const quotes = hits
    .flatMap(({ value }) => (typeof value === 'string' && inTexts.has(value) ? [] : stringsIn(value)))
    .filter((text) => text.length >= SHORTEST_QUOTE)
    .toSorted((one, other) => other.length - one.length)
    .slice(0, MOST_QUOTES);
  const parts = texts.map((text) => {
    const parsed = jsonInText(text);
    return parsed === undefined ? cut(text, MAX_SEARCHED) : outsideHits(parsed, hitsInJson(parsed, paths) ?? []);
  });
  const all = json === undefined ? parts : [...parts, outsideHits(json, hits)];
  const whole = cut(all.join('\n'), 2 * MAX_SEARCHED);
  return cut(
    quotes.reduce((rest, quote) => rest.replaceAll(quote, ' '), whole),
    MAX_SEARCHED,
  );
};

const outsideHits = (json: Json, hits: readonly Hit[]): string =>
  stringsIn(json, new Set(hits.map(({ value }) => value))).join('\n');

/** Where every hit is only a message, or says at its beginning that it is made up, it is no hit of an index. */
const messageInHits = (hits: readonly Hit[], deny: readonly string[]): Found => {
  if (hits.length === 0) return {};
  const texts = hits.map(({ value }) => stringsIn(value).map((text) => cut(text, LONGEST_READ)));
  const { missing, empty, degraded } = findSignatures(texts.flat().join('\n'), deny);
  const every = (holds: (text: string) => boolean): boolean => texts.every((all) => all.some(holds));
  return {
    ...(missing !== undefined && every((text) => isMostly(findSignatures(text).missing, text)) ? { missing } : {}),
    ...(empty !== undefined && every((text) => isMostly(findSignatures(text).empty, text)) ? { empty } : {}),
    ...(degraded !== undefined && every((text) => MADE_UP.test(text) || matchesAny(deny, text)) ? { degraded } : {}),
  };
};

/** Whether a text says hardly more than the words of the signature: it is a message in the place of a document. */
const isMostly = (words: string | undefined, text: string): boolean =>
  words !== undefined && words.length >= LEAST_SHARE * text.trim().length;
