import type { Json } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import { beatTime } from '../heartbeat/beat-time.ts';
import type { Answer } from './answer.ts';
import { quoted } from './bounds.ts';
import { stringsIn } from './strings-in.ts';

/** Clocks differ; a build that lies further ahead than this is no time of a build. */
const MOST_AHEAD_MS = 5 * 60 * 1000;

/** When the index was built, as far as the answer tells: `built-at`, `age`, or what is wrong with the time. */
export const builtFacts = (builtAt: Json | undefined, now: Date): Facts => {
  if (builtAt === undefined) return {};
  const at = beatTime(builtAt);
  if (at === null)
    return { 'built-at-problem': `${quoted(JSON.stringify(builtAt), 80)} is no time with a day and an hour` };
  const built = { 'built-at': new Date(at).toISOString() };
  const age = now.getTime() - at;
  return age < -MOST_AHEAD_MS
    ? { ...built, 'built-at-problem': `the index says that it was built in the future, ${built['built-at']}` }
    : { ...built, age: Math.max(0, age) };
};

/**
 * Whether an answer holds the sentinel: the id of a document, or a build id, that the index must have by now. It must
 * stand for itself: `build-4` is not in `build-42`.
 */
export const holdsSentinel = (answer: Answer, sentinel: string): boolean => {
  if (answer.isError || answer.hits === null || answer.hits.length === 0) return false;
  if (answer.hits.some(({ id }) => id === sentinel) || answer.citations.includes(sentinel)) return true;
  const texts = answer.hits.flatMap(({ value }) => stringsIn(value));
  return texts.some((text) => standsIn(text, sentinel));
};

const standsIn = (text: string, sentinel: string): boolean => {
  for (let at = text.indexOf(sentinel); at >= 0; at = text.indexOf(sentinel, at + 1)) {
    const before = text.slice(0, at).at(-1) ?? ' ';
    const after = text[at + sentinel.length] ?? ' ';
    if (!/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after)) return true;
  }
  return false;
};
