import type { Json } from '../model/json.ts';
import { closest } from '../model/suggest.ts';
import type { Finding } from './finding.ts';
import { findingAt } from './finding.ts';
import type { SourceFile } from './source-file.ts';
import { textAt, textsAt } from './written.ts';
import type { Path } from './yaml/places.ts';

/** A value that names something declared elsewhere, read from `root` and written at `at` in the file. */
type Reference = { readonly text: string; readonly at: Path };

/** Names that are declared nowhere, each with the nearest that is. `word` is what is meant: `owner`, `check`. */
export const unknownNames = (
  references: readonly Reference[],
  word: string,
  known: ReadonlyMap<string, unknown>,
  file: SourceFile,
): readonly Finding[] =>
  references
    .filter(({ text }) => !known.has(text))
    .map(({ text, at }) =>
      findingAt(file, at, 'value', `there is no ${word} "${text}"`, { hint: () => suggestName(text, word, known) }),
    );

export const suggestName = (text: string, word: string, known: ReadonlyMap<string, unknown>): string => {
  const near = closest(text, known.keys());
  if (near !== null) return `did you mean "${near}"?`;
  if (known.size === 0) return `no ${word} is declared`;
  return known.size > 10 ? `declare it, or name another ${word}` : `there are ${[...known.keys()].join(', ')}`;
};

/** The text at a path inside a declaration, as a reference; none when there is no text. */
export const referenceAt = (value: Json, base: Path, ...path: Path): readonly Reference[] => {
  const text = textAt(value, path);
  return text === null ? [] : [{ text, at: [...base, ...path] }];
};

export const referencesAt = (value: Json, base: Path, ...path: Path): readonly Reference[] =>
  textsAt(value, path).map(({ text, path: inner }) => ({ text, at: [...base, ...inner] }));
