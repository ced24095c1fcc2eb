import { visible, visibleAscii } from './visible.ts';

/** Words that a CI log obeys wherever they stand in a line: Azure and old GitHub (`##[`), Azure, TeamCity. */
const LOG_COMMAND = /##(?=\[|vso\[|teamcity\[)/giu;

/** Text for a terminal or a log: nothing in it moves the cursor, colours, reorders, hides, or commands the log. */
export const forTerminal = (text: string, unicode: boolean): string =>
  (unicode ? visible(text) : visibleAscii(text)).replace(LOG_COMMAND, String.raw`#\x23`);

/** Takes the power from a finished line: GitHub obeys `::error::` at its start, blanks before it or not. */
export const disarmLine = (line: string): string =>
  line.replace(/^(\s*):(?=:)/u, String.raw`$1\x3a`).replace(LOG_COMMAND, String.raw`#\x23`);
