/** What is heard of a text by who walks over it; offsets are into the text. True ends the walk. */
export type JsonVisitor = {
  readonly open: (isObject: boolean) => boolean;
  readonly close: () => void;
  readonly comma: () => boolean;
  /** A name of a member, with its quotes. */
  readonly name: (start: number, end: number) => boolean;
  /** A text that is a value. */
  readonly text: () => boolean;
  /** What begins as a number, where a value may stand. */
  readonly number: (start: number, end: number) => boolean;
};

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const BACKSLASH = 0x5c;
const BRACKET = 0x5b;
const BRACE = 0x7b;
const CLOSING_BRACKET = 0x5d;
const CLOSING_BRACE = 0x7d;
/** Plus, point, and e in both cases. */
const IN_NUMBERS: ReadonlySet<number> = new Set([0x2b, MINUS, 0x2e, 0x45, 0x65]);

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

const afterString = (source: string, start: number): number => {
  let at = start + 1;
  for (let code = source.charCodeAt(at); code !== QUOTE && at < source.length; code = source.charCodeAt(at)) {
    at += code === BACKSLASH ? 2 : 1;
  }
  return at + 1;
};

const afterNumber = (source: string, start: number): number => {
  let at = start + 1;
  for (let code = source.charCodeAt(at); isDigit(code) || IN_NUMBERS.has(code); code = source.charCodeAt(at)) at += 1;
  return at;
};

/**
 * Walks over the tokens of a JSON text. Proves nothing about it: of what is not JSON the visitor hears something, and
 * the walk ends. Goes by character codes and keeps nothing, since a hostile text of 10 MiB may not hold up the looks at
 * others.
 */
export const walkJson = (source: string, visitor: JsonVisitor): void => {
  const objects: boolean[] = [];
  let nameNext = false;
  let stop = false;
  let at = 0;
  while (at < source.length && !stop) {
    const start = at;
    const code = source.charCodeAt(at);
    at += 1;
    if (code === QUOTE) {
      at = afterString(source, start);
      stop = nameNext ? visitor.name(start, at) : visitor.text();
      nameNext = false;
    } else if (code === COMMA) {
      nameNext = objects.at(-1) === true;
      stop = visitor.comma();
    } else if (isDigit(code) || code === MINUS) {
      at = afterNumber(source, start);
      if (!nameNext) stop = visitor.number(start, at);
    } else if (code === BRACKET || code === BRACE) {
      nameNext = code === BRACE;
      objects.push(nameNext);
      stop = visitor.open(nameNext);
    } else if (code === CLOSING_BRACKET || code === CLOSING_BRACE) {
      nameNext = false;
      objects.pop();
      visitor.close();
    }
  }
};
