import type { LineTable } from './lines.ts';
import { lineTable, lineText } from './lines.ts';
import type { Problem } from './problem.ts';
import { visible } from './visible.ts';

/** Longer lines are cut around the token. */
const WIDTH = 120;
const MAX_MESSAGE = 2000;

/**
 * A problem as a person reads it: message, `file:line:column`, the line with the token underlined, and what to do.
 * `text` is the whole file; null leaves the code frame out. No line feed at the end.
 */
export const renderProblem = (problem: Problem, text: string | null): string =>
  render(problem, text === null ? null : { text, lines: lineTable(text) });

type Source = { readonly text: string; readonly lines: LineTable };

const render = (problem: Problem, file: Source | null): string => {
  const head = `${problem.severity}: ${cut(visible(problem.message))}`;
  const { position } = problem;
  const hint = problem.hint === null ? null : cut(visible(problem.hint));
  if (position === null) return lines([head, hint === null ? null : `   = ${hint}`]);
  const place = `${visible(position.file)}:${position.line}:${position.column}`;
  const number = String(position.line);
  const gutter = ' '.repeat(number.length);
  const hintLine = hint === null ? null : `${gutter}  = ${hint}`;
  const source = file === null ? '' : withoutPasswords(lineText(file.text, file.lines, position.line));
  if (source.trim() === '') return lines([head, `${gutter} --> ${place}`, hintLine]);
  const { shown, indent, carets } = underline(source, position.column - 1, problem.length);
  return lines([
    head,
    `${gutter} --> ${place}`,
    `${gutter}  |`,
    `${number}  | ${shown}`,
    `${gutter}  | ${' '.repeat(indent)}${'^'.repeat(carets)}`.trimEnd(),
    hintLine,
  ]);
};

/** A line may hold a URL with a password in it; as many stars, so that the carets stay where they are. */
const withoutPasswords = (line: string): string =>
  line.replaceAll(
    /(:\/\/[^\s/@:]*:)([^\s/@]+)(?=@)/g,
    (_, head: string, password: string) => head + '*'.repeat(password.length),
  );

/** Every problem as a block of its own, with the text of its file. */
export const renderEach = (problems: readonly Problem[], texts: ReadonlyMap<string, string>): readonly string[] => {
  const sources = new Map([...texts].map(([file, text]) => [file, { text, lines: lineTable(text) }]));
  return problems.map((problem) =>
    render(problem, problem.position === null ? null : (sources.get(problem.position.file) ?? null)),
  );
};

/** Every problem as a block, with the text of its file, and a last line that counts them. Ends with a line feed. */
export const renderProblems = (problems: readonly Problem[], texts: ReadonlyMap<string, string>): string => {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const counts = [count(errors, 'error'), count(problems.length - errors, 'warning')].filter((part) => part !== null);
  return `${[...renderEach(problems, texts), counts.join(', ')].join('\n\n')}\n`;
};

const count = (number: number, word: string): string | null =>
  number === 0 ? null : `${number} ${word}${number === 1 ? '' : 's'}`;

const lines = (parts: readonly (string | null)[]): string => parts.filter((part) => part !== null).join('\n');

const cut = (text: string): string => (text.length > MAX_MESSAGE ? `${text.slice(0, MAX_MESSAGE)}…` : text);

/** The line as shown, escaped and cut around the token, with where the carets start and how many there are. */
const underline = (source: string, start: number, length: number) => {
  const from = start + Math.min(length, WIDTH) > WIDTH ? Math.max(0, start - 40) : 0;
  const to = Math.min(source.length, from + WIDTH);
  const lead = from > 0 ? '…' : '';
  const before = `${lead}${visible(source.slice(from, start))}`;
  const token = visible(source.slice(start, Math.min(start + length, to)));
  const after = visible(source.slice(Math.min(start + length, to), to));
  return {
    shown: `${before}${token}${after}${to < source.length ? '…' : ''}`,
    indent: before.length,
    carets: Math.max(length > 0 ? 1 : 0, token.length),
  };
};
