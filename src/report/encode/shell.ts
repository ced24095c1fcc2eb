import { shellWord } from '../../model/shell-word.ts';

/** An argument vector as one line for a POSIX shell. */
export const shellCommand = (argv: readonly string[]): string => argv.map(shellWord).join(' ');
