import { compilePattern } from '../../matchers/pattern.ts';
import { expandBraces } from './braces.ts';

/** One name of a path, or `**`: any number of folders. */
export type Segment =
  | { readonly type: 'literal'; readonly name: string }
  | { readonly type: 'any-depth' }
  | {
      readonly type: 'pattern';
      readonly test: (name: string) => boolean;
      /** Whether it begins with a dot that is written out. */
      readonly namesDot: boolean;
    };

/** A pattern without braces, relative to a root. */
export type Glob = readonly Segment[];

export type GlobReading =
  { readonly ok: true; readonly globs: readonly Glob[] } | { readonly ok: false; readonly message: string };

const refuse = (message: string): GlobReading => ({ ok: false, message });

const ANY_NAME: Segment = { type: 'pattern', test: () => true, namesDot: false };

const WILD = /[\\*?[\]]/;
const ASCII = /^[ -~]*$/;
const NO_WORD = /[^A-Za-z0-9\u{80}-\u{10ffff}]/u;

const escaped = (character: string): string => (NO_WORD.test(character) ? `\\${character}` : character);

/** A pattern of names as a regular expression, or what is wrong with it. */
const expressionOf = (text: string): { readonly source: string } | { readonly message: string } => {
  let source = '';
  const characters = Array.from(text);
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? '';
    if (character === '*') source += '[^/]*';
    else if (character === '?') source += '[^/]';
    else if (character === '\\') {
      at += 1;
      const next = characters[at];
      if (next === undefined) return { message: String.raw`ends with a single \ `.trim() };
      source += escaped(next);
    } else if (character === '[') {
      const read = readClass(characters, at);
      if (read === null) return { message: String.raw`has a [ that is not closed: write \[ for the character` };
      source += read.source;
      at = read.end;
    } else source += escaped(character);
  }
  return { source };
};

/** `[abc]`, `[a-z]`, `[!a-z]`; null when it is not closed. */
const readClass = (
  characters: readonly string[],
  open: number,
): { readonly source: string; readonly end: number } | null => {
  let at = open + 1;
  const denied = characters[at] === '!' || characters[at] === '^';
  if (denied) at += 1;
  let source = '';
  for (let first = true; at < characters.length; at += 1, first = false) {
    const character = characters[at] ?? '';
    if (character === ']' && !first) return { source: `[${denied ? '^/' : ''}${source}]`, end: at };
    if (character === '-' && !first && characters[at + 1] !== ']') source += '-';
    else if (character === '\\') {
      at += 1;
      source += escaped(characters[at] ?? '');
    } else source += escaped(character);
  }
  return null;
};

const readSegment = (text: string): Segment | string => {
  if (text === '**') return { type: 'any-depth' };
  if (text.includes('**')) return '** stands alone between slashes: write **/*.js rather than **.js';
  if (text === '*') return ANY_NAME;
  // Names that look alike may be written with other code points, which only a look at all names can tell.
  if (!WILD.test(text) && ASCII.test(text)) return { type: 'literal', name: text };
  const expression = expressionOf(text);
  if ('message' in expression) return expression.message;
  const pattern = compilePattern(expression.source);
  if (typeof pattern === 'string') return `has a range that cannot be: ${pattern}`;
  return { type: 'pattern', test: pattern.testExact, namesDot: /^\\?\./.test(text) };
};

const isNoise = (part: string): boolean => part === '' || part === '.';

const readOne = (text: string): Glob | string => {
  if (text.startsWith('/')) return 'is absolute: write root: with the folder, and the pattern relative to it';
  const parts = text.split('/').filter((part) => !isNoise(part));
  if (parts.includes('..')) return 'leaves root by "..": write root: with the folder to begin in';
  const segments: Segment[] = [];
  for (const part of parts) {
    const segment = readSegment(part);
    if (typeof segment === 'string') return segment;
    const repeated = segment.type === 'any-depth' && segments.at(-1)?.type === 'any-depth';
    if (!repeated) segments.push(segment);
  }
  if (segments.length === 0) return 'names root itself: write * for what lies in it';
  return segments.at(-1)?.type === 'any-depth' ? [...segments, ANY_NAME] : segments;
};

const oddity = (text: string): string | null => {
  if (text.includes('\0')) return 'holds a NUL character';
  if (text.startsWith('!')) return 'begins with !: write exclude: for what is left out';
  if (text === '~' || text.startsWith('~/')) return 'begins with ~, which is not expanded: write root: with the folder';
  if (/(^|[^\\])[!?*+@]\(/.test(text))
    return String.raw`has an extended pattern such as @(a|b): write {a,b}, or \( for the character`;
  return /\[[!^]?\[:/.test(text) ? 'has a class such as [:alpha:]: write [a-zA-Z]' : null;
};

/** Reads a pattern: `*` and `?` within a name, `[a-z]`, `{a,b}`, `**` for folders of any depth, `\` before a character. */
export const readGlob = (written: string): GlobReading => {
  const text = written.normalize('NFC');
  const odd = oddity(text);
  if (odd !== null) return refuse(odd);
  const expanded = expandBraces(text);
  if (!expanded.ok) return refuse(expanded.message);
  const globs: Glob[] = [];
  for (const one of expanded.texts) {
    const glob = readOne(one);
    if (typeof glob === 'string') return refuse(glob);
    globs.push(glob);
  }
  return { ok: true, globs };
};

/** Whether a pattern fits every path there can be, so that excluding it would leave nothing to look at. */
export const fitsAll = (glob: Glob): boolean =>
  glob.every((segment) => segment.type === 'any-depth' || segment === ANY_NAME) &&
  glob.filter((segment) => segment === ANY_NAME).length === 1;
