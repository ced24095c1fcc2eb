import { visible, visibleAscii } from './visible.ts';

/** Text for a terminal: no character in it moves the cursor, colours, reorders or hides. */
export const forTerminal = (text: string, unicode: boolean): string => (unicode ? visible(text) : visibleAscii(text));

/**
 * Takes the power from a finished line that a CI log would obey: `::error::` (GitHub, also after blanks), and
 * `##[error]`, `##vso[`, `##teamcity[` anywhere in the line.
 */
export const disarmLine = (line: string): string =>
  line.replace(/^(\s*):(?=:)/u, '$1\\x3a').replace(/##(?=\[|vso\[|teamcity\[)/giu, '#\\x23');
