import type { Selection } from '../plan/select.ts';
import type { ParsedOptions } from './parse.ts';

/** What a command line asks to run. */
export const selectionOf = (options: ParsedOptions): Selection => ({
  selectors: options.words,
  gate: options.value('gate'),
  only: options.values('only'),
});
