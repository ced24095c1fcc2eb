import type { Encoding } from './encoding.ts';
import type { Line } from './read-lines.ts';

/** A line, and its text when a rule asks for it. */
export type TextLine = Line & { readonly text: () => string };

/** What is asked of the lines of one file, and after the last of them. */
export type FileRule = { readonly line: (line: TextLine) => void; readonly end: () => void };

/** What is asked of every file; told of each before its first line. */
export type Rule = (path: string, encoding: Encoding) => FileRule;
