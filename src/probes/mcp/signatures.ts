import { RE2JS } from 're2js';
import { cut } from './bounds.ts';

/** Says that an index is not there, whatever the channel. Matched without regard to case. */
const INDEX_MISSING = [
  String.raw`no latest index(?: was)? found`,
  String.raw`no (?:\w+ )?index (?:is |was )?(?:available|found|loaded|built)`,
  String.raw`index(?: \S{1,80})?(?: is| was| has)? not (?:yet )?(?:been )?(?:found|built|loaded|available|ready|exist)`,
  String.raw`index(?: \S{1,80})? (?:does not|doesn['’]t) exist`,
  String.raw`no such index`,
  String.raw`index_not_found`,
  String.raw`collection .{1,120}(?:not found|doesn['’]t exist|does not exist)`,
  String.raw`relation .{1,120} does not exist`,
  String.raw`\b0 documents\b`,
  String.raw`offline chunks not found`,
  String.raw`^\s*empty response\s*\.?\s*$`,
];

/** Says that an answer did not come from the index. Matched without regard to case. */
const DEGRADED = [
  String.raw`offline fallback`,
  String.raw`\bfall[ -]?back\b`,
  String.raw`\bmock(?:ed)?\b`,
  String.raw`\b(?:sample|dummy|placeholder|canned|stub(?:bed)?) (?:data|answer|answers|response|responses|result|results)\b`,
  String.raw`\bcached (?:response|answer|result)s?\b`,
  String.raw`\bi(?:['’]m| am) sorry\b`,
];

/** Says in words that nothing was found: such a text is not a hit. */
const NOTHING_FOUND = [
  String.raw`^\s*(?:no|0|zero) (?:\w+ ){0,2}(?:matches|results?|hits|documents|entries|items|records|answers?)(?: (?:were |was )?(?:found|available|returned|for .{0,200}))?(?: for .{0,200})?[.!]?\s*$`,
  String.raw`^\s*(?:nothing|none)(?: (?:was )?found)?[.!]?\s*$`,
  String.raw`^\s*(?:i |we )?(?:could not|couldn['’]t|did not|didn['’]t|cannot|can['’]t) find [^.!?]{1,200}[.!?]?\s*$`,
  String.raw`^\s*(?:not found|n/a|null|undefined|\[\s*\]|\{\s*\})\s*[.!]?\s*$`,
];

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

/** The words by which a text says that the index is not there; undefined when it does not. */
export const indexSignature = (text: string): string | undefined => firstMatch(INDEX_MISSING, text);

/** The words by which a text says that it is a fallback, a mock or canned; `deny` patterns come first. */
export const degradedSignature = (text: string, deny: readonly string[]): string | undefined =>
  firstMatch([...deny, ...DEGRADED], text);

/** Whether a whole text only says that nothing was found. */
export const saysNothingFound = (text: string): boolean => firstMatch(NOTHING_FOUND, text) !== undefined;
