import { printable } from '../engine/printable.ts';

/** How much of a target's text a fact keeps. */
export const MAX_TEXT = 64 * 1024;
/** How many hits, ids and citations a fact keeps. */
export const MAX_HITS = 50;
/** How much of an answer is searched for signatures: more would hold up the timers of other checks. */
export const MAX_SEARCHED = 64 * 1024;

/** The beginning of a text, at most `most` characters, never half a surrogate pair. */
export const cut = (text: string, most: number): string =>
  text.length <= most ? text : text.slice(0, /[\uD800-\uDBFF]/.test(text[most - 1] ?? '') ? most - 1 : most);

/** A target's text inside one of our sentences: quoted, on one line, short, with control characters escaped. */
export const quoted = (text: string, most = 200): string => `"${printable(text, most)}"`;
