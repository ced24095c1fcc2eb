/** A pattern without braces for each choice that they give, or what is wrong with them. */
export type Expansion =
  { readonly ok: true; readonly texts: readonly string[] } | { readonly ok: false; readonly message: string };

const MOST_CHOICES = 200;

const wrong = (message: string): Expansion => ({ ok: false, message });

/** The index behind a `[...]` that begins at `start`; the end of the text when it is not closed. */
const behindClass = (text: string, start: number): number => {
  let at = start + 1;
  if (text[at] === '!' || text[at] === '^') at += 1;
  if (text[at] === ']') at += 1;
  while (at < text.length && text[at] !== ']') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
};

/** Where the first `{` from `start` on is that means a choice; -1 when there is none. */
const firstBrace = (text: string): number => {
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '[') at = behindClass(text, at) - 1;
    else if (text[at] === '{') return at;
  }
  return -1;
};

type Group = { readonly choices: readonly string[]; readonly end: number };

/** The choices of the braces that open at `open`; null when they are not closed. */
const readGroup = (text: string, open: number): Group | null => {
  const choices: string[] = [];
  let depth = 0;
  let from = open + 1;
  for (let at = open; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (character === '[') at = behindClass(text, at) - 1;
    else if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    if (depth === 0) return { choices: [...choices, text.slice(from, at)], end: at };
    if (depth === 1 && character === ',') {
      choices.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return null;
};

/** Writes out `{a,b}`: `x{a,b/c}` is `xa` and `xb/c`. At most 200 choices in all. */
export const expandBraces = (text: string): Expansion => {
  const pending = [text];
  const texts: string[] = [];
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    const open = firstBrace(one);
    if (open < 0) {
      texts.push(one);
      continue;
    }
    const group = readGroup(one, open);
    if (group === null) return wrong(String.raw`has a { that is not closed: write \{ for the character`);
    if (group.choices.length < 2) {
      return wrong(String.raw`has braces with a single choice: write {a,b} for choices, \{ and \} for the characters`);
    }
    const [before, after] = [one.slice(0, open), one.slice(group.end + 1)];
    pending.push(...group.choices.map((choice) => `${before}${choice}${after}`).toReversed());
    if (pending.length + texts.length > MOST_CHOICES) return wrong(`gives more than ${MOST_CHOICES} choices`);
  }
  return { ok: true, texts };
};
