import type { Facts } from '../../../model/observation.ts';
import { lastWords } from '../../command/last-words.ts';
import { quoted } from '../../answer/bounds.ts';
import type { ProgramEnd } from '../../process/start-program.ts';

const how = ({ exitCode, signal }: ProgramEnd): string =>
  signal === null ? `with exit code ${exitCode ?? 'unknown'}` : `by ${signal}`;

const begun = (line: Buffer): string =>
  line.length === 0 ? '' : ` in the middle of a line (${quoted(line.toString('utf8', 0, 200), 80)})`;

/** One sentence on a server that is gone; `unfinished` is the line that it was writing. */
export const exitMessage = (end: ProgramEnd, waitingFor: string, unfinished: Buffer, stderr: Facts): string =>
  `the server ended ${how(end)}${begun(unfinished)} before it answered ${waitingFor}${lastWords(stderr)}`;

/** One sentence on a server that still runs and cannot answer any more. */
export const deafMessage = (waitingFor: string, unfinished: Buffer, stderr: Facts): string =>
  `the server closed its stdout${begun(unfinished)} before it answered ${waitingFor}, and goes on running${lastWords(stderr)}`;
