import type { Problem } from '../../config/problem.ts';
import { readRunbook, type RunbookHeading } from '../read-runbook.ts';

/** A runbook file as the rules look at it. */
export type Page = {
  readonly path: string;
  readonly text: string;
  readonly lines: readonly string[];
  readonly headings: readonly RunbookHeading[];
};

export const readPage = (path: string, text: string): Page => ({
  path,
  text,
  lines: text.split(/\r\n|\n|\r/),
  headings: readRunbook(text),
});

/** A place in a page; `length` is how much of the line is meant. */
export type Place = { readonly line: number; readonly column: number; readonly length: number };

type Said = Pick<Problem, 'message'> & Partial<Pick<Problem, 'hint' | 'severity'>>;

/** A problem of a page; an error without a hint, unless it is told otherwise. */
export const problemAt = ({ path }: Page, { line, column, length }: Place, said: Said): Problem => ({
  severity: 'error',
  hint: null,
  ...said,
  position: { file: path, line, column },
  length,
});

/** The text of a heading in its line, without the marks in front. */
export const headingPlace = ({ lines }: Page, { line }: Pick<RunbookHeading, 'line'>): Place => {
  const text = lines[line - 1] ?? '';
  const lead = /^\s*#*\s*/.exec(text)?.[0].length ?? 0;
  return { line, column: lead + 1, length: Math.max(1, text.trimEnd().length - lead) };
};
