/** A filter over tags: `a`, `not a`, `a and b`, `a or b`, with parentheses; `and` binds tighter than `or`. */
export type TagExpression =
  | { readonly ok: true; readonly tags: readonly string[]; readonly matches: (tags: readonly string[]) => boolean }
  | { readonly ok: false; readonly message: string };

type Test = (tags: readonly string[]) => boolean;

type Reader = { readonly words: readonly string[]; readonly tags: Set<string>; at: number; depth: number };

class WrongExpression extends Error {}

const MAX_LENGTH = 500;
const MAX_DEPTH = 20;

export const parseTagExpression = (text: string): TagExpression => {
  if (text.length > MAX_LENGTH)
    return { ok: false, message: `the tag expression is longer than ${MAX_LENGTH} characters` };
  const reader: Reader = { words: text.match(/[()]|[^\s()]+/g) ?? [], tags: new Set(), at: 0, depth: 0 };
  try {
    const matches = readOr(reader);
    const rest = reader.words[reader.at];
    if (rest !== undefined) throw new WrongExpression(`expected "and" or "or" before "${rest}"`);
    return { ok: true, tags: [...reader.tags], matches };
  } catch (error) {
    if (error instanceof WrongExpression)
      return { ok: false, message: `"${text}" is not a tag expression: ${error.message}` };
    throw error;
  }
};

const readOr = (reader: Reader): Test => {
  const tests = [readAnd(reader)];
  while (take(reader, 'or')) tests.push(readAnd(reader));
  return (tags) => tests.some((test) => test(tags));
};

const readAnd = (reader: Reader): Test => {
  const tests = [readOne(reader)];
  while (take(reader, 'and')) tests.push(readOne(reader));
  return (tags) => tests.every((test) => test(tags));
};

const readOne = (reader: Reader): Test => {
  reader.depth += 1;
  if (reader.depth > MAX_DEPTH) throw new WrongExpression('it is nested too deeply');
  const test = take(reader, 'not') ? negate(readOne(reader)) : take(reader, '(') ? readGroup(reader) : readTag(reader);
  reader.depth -= 1;
  return test;
};

const negate =
  (test: Test): Test =>
  (tags) =>
    !test(tags);

const readGroup = (reader: Reader): Test => {
  const test = readOr(reader);
  if (!take(reader, ')')) throw new WrongExpression('a parenthesis is never closed');
  return test;
};

const readTag = (reader: Reader): Test => {
  const tag = reader.words[reader.at];
  if (tag === undefined) throw new WrongExpression('a tag is missing at its end');
  if (['and', 'or', ')'].includes(tag)) throw new WrongExpression(`a tag is missing before "${tag}"`);
  reader.at += 1;
  reader.tags.add(tag);
  return (tags) => tags.includes(tag);
};

const take = (reader: Reader, word: string): boolean => {
  if (reader.words[reader.at] !== word) return false;
  reader.at += 1;
  return true;
};
