import { UsageError } from '../../model/fault.ts';

const ESCAPES: { readonly [letter: string]: string } = {
  n: '\n',
  r: '\r',
  t: '\t',
  '0': '\0',
  a: '\u0007',
  e: '\u001b',
};

/**
 * Cuts a command line into words as a POSIX shell does, `$'...'` of bash included, which browsers write. Nothing is
 * expanded: a variable would have to be known. Throws `UsageError` for what a shell would not take.
 */
export const shellWords = (text: string): readonly string[] => {
  if (/\^\s*[\r\n]|\^"/.test(text)) {
    throw new UsageError('this is a command for cmd of Windows', 'copy it as cURL (bash)');
  }
  const words: string[] = [];
  let word: string | null = null;
  let at = 0;
  const take = (more: string): void => {
    word = (word ?? '') + more;
  };
  while (at < text.length) {
    const rest = text.slice(at);
    const [space] = /^(\s|\\\r?\n)+/.exec(rest) ?? [];
    if (space !== undefined) {
      if (word !== null) words.push(word);
      word = null;
      at += space.length;
      continue;
    }
    const part = readPart(rest);
    take(part.text);
    at += part.length;
  }
  return word === null ? words : [...words, word];
};

type Part = { readonly text: string; readonly length: number };

/** One quoted or plain part of a word. */
const readPart = (rest: string): Part => {
  if (rest.startsWith("$'")) return readAnsi(rest);
  if (rest.startsWith("'")) {
    const end = rest.indexOf("'", 1);
    return end < 0 ? unclosed("'") : { text: rest.slice(1, end), length: end + 1 };
  }
  if (rest.startsWith('"')) return readDouble(rest);
  if (rest.startsWith('\\')) return { text: rest.slice(1, 2), length: 2 };
  const [operator] = /^[|&;<>()`]/.exec(rest) ?? [];
  if (operator !== undefined) {
    throw new UsageError(`"${operator}" is no part of a curl command`, 'give one curl command, in single quotes');
  }
  const [variable] = /^\$(\w+|\{\w+\})/.exec(rest) ?? [];
  if (variable !== undefined) throw unknownVariable(variable);
  const [plain = ''] = /^[^\s'"\\|&;<>()`$]+|^\$/.exec(rest) ?? [];
  return { text: plain, length: Math.max(1, plain.length) };
};

const readDouble = (rest: string): Part => {
  let text = '';
  for (let at = 1; at < rest.length; at += 1) {
    const sign = rest[at] ?? '';
    if (sign === '"') return { text, length: at + 1 };
    const [variable] = /^\$(\w+|\{\w+\})/.exec(rest.slice(at)) ?? [];
    if (variable !== undefined) throw unknownVariable(variable);
    const next = rest[at + 1] ?? '';
    if (sign === '\\' && /["\\$`\n]/.test(next)) {
      text += next === '\n' ? '' : next;
      at += 1;
    } else text += sign;
  }
  return unclosed('"');
};

/** `$'...'`: escapes as in C. */
const readAnsi = (rest: string): Part => {
  const [whole, inner] = /^\$'((?:[^'\\]|\\[\s\S])*)'/.exec(rest) ?? [];
  if (whole === undefined || inner === undefined) return unclosed("$'");
  const text = inner.replaceAll(
    /\\(u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|x[0-9a-fA-F]{1,2}|[\s\S])/g,
    (_, escape: string) =>
      escape.length > 1 ? String.fromCodePoint(Number.parseInt(escape.slice(1), 16)) : (ESCAPES[escape] ?? escape),
  );
  return { text, length: whole.length };
};

const unclosed = (quote: string): never => {
  throw new UsageError(
    `the quote ${quote} is never closed`,
    'give the curl command in single quotes, or as it was copied',
  );
};

const unknownVariable = (variable: string): UsageError =>
  new UsageError(`${variable} stands in the curl command, and its value is not known here`, 'write the value there');
