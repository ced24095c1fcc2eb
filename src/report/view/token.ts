/** A stretch of a line, as zero-based offsets in UTF-16 units. */
export type Token = { readonly start: number; readonly end: number };

const QUOTED = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/u;
const KEY = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#"'{}[\],&*!|>%@`](?:(?!,\s)[^#{}])*?)\s*:(?=\s|$)/u;

/** The value to underline at a column (from 1) of a YAML line: behind its key when the column points at the key. */
export const valueToken = (line: string, column: number): Token => {
  const start = Math.min(column - 1, Math.max(0, line.length - 1));
  const key = KEY.exec(line.slice(start));
  if (key === null) return scalarToken(line, start);
  const gap = /^\s*/u.exec(line.slice(start + key[0].length))?.[0].length ?? 0;
  const value = scalarToken(line, start + key[0].length + gap);
  return value.end > value.start && line[value.start] !== '#' ? value : keyToken(line, column);
};

/** The key to underline at a column (from 1) of a YAML line; the scalar there when it is no key. */
export const keyToken = (line: string, column: number): Token => {
  const start = Math.min(column - 1, Math.max(0, line.length - 1));
  const key = KEY.exec(line.slice(start));
  return key === null ? scalarToken(line, start) : { start, end: start + key[0].length - 1 };
};

const scalarToken = (line: string, start: number): Token => {
  const rest = line.slice(start);
  const quoted = QUOTED.exec(rest)?.[0] ?? (/^[{[]/u.test(rest) ? flow(rest) : null);
  const text = quoted ?? plain(rest, insideFlow(line.slice(0, start)));
  return { start, end: start + text.trimEnd().length };
};

const plain = (rest: string, inFlow: boolean): string =>
  (inFlow ? /^.*?(?=\s#|,(?:\s|$)|\s*[}\]]|$)/u : /^.*?(?=\s#|$)/u).exec(rest)?.[0] ?? '';

/** From an opening bracket to the one that closes it on this line, else to the end. */
const flow = (rest: string): string => {
  let depth = 0;
  for (const [index, character] of [...rest].entries()) {
    if (character === '{' || character === '[') depth += 1;
    if (character === '}' || character === ']') depth -= 1;
    if (depth === 0) return [...rest].slice(0, index + 1).join('');
  }
  return rest;
};

const insideFlow = (before: string): boolean => /[{[][^}\]]*$/u.test(before.replace(/\$\{[^}]*\}/gu, ''));
