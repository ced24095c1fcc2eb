import { isUtf8 } from 'node:buffer';
import { printable } from '../engine/printable.ts';
import type { Encoding } from './encoding.ts';
import type { Flaws } from './flaws.ts';
import type { Rule, TextLine } from './rule.ts';

/** Why a line is no JSON, without the part of it that the engine's message quotes. */
const reasonOf = (error: unknown): string => {
  const said = error instanceof Error ? error.message : '';
  const plain = said.replace(/, (?:\.\.\.)?".*$/s, '').replace(/ in JSON\b/, '');
  const placed = plain.replace(/ at position \d+(?: \(line 1 column (\d+)\))?$/, (_, column: string | undefined) =>
    column === undefined ? '' : ` at column ${column}`,
  );
  return /^[A-Z][\w ]/.test(placed)
    ? printable(`${placed.slice(0, 1).toLowerCase()}${placed.slice(1)}`, 120)
    : 'it does not parse';
};

const faultOf = ({ bytes, text }: TextLine): string | null => {
  if (!isUtf8(bytes)) return 'it is not UTF-8';
  if (text().trim() === '') return 'it is empty';
  try {
    JSON.parse(text());
    return null;
  } catch (error) {
    return reasonOf(error);
  }
};

/** What is wrong with a line because of the mark that its file begins with. */
const markFault = ({ name, marked }: Encoding, line: number): string | null => {
  if (name !== 'utf-8') return `the file is ${name.toUpperCase()}`;
  return marked && line === 1 ? 'it begins with a byte order mark' : null;
};

/** Every line is JSON (jsonlines.org): UTF-8 without a byte order mark, one value on each line, no empty line. */
export const jsonLines =
  (flaws: Flaws): Rule =>
  (path, encoding) => ({
    line: (line) => {
      const fault = markFault(encoding, line.number) ?? faultOf(line);
      if (fault === null) return;
      const at = { path, line: line.number };
      if (line.ended) flaws.add({ about: 'invalid-lines', ...at, what: `is not valid JSON: ${fault}` });
      else
        flaws.add({ about: 'half-written', ...at, what: 'is half a line: the last one, no JSON, without a line feed' });
    },
    end: () => {},
  });
