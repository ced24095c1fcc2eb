import { UsageError } from '../../model/fault.ts';
import { closest } from '../../model/suggest.ts';
import type { Execute } from '../command.ts';
import { COMMANDS } from '../commands.ts';
import { bashCompletion } from '../completion/bash.ts';
import { fishCompletion } from '../completion/fish.ts';
import { completed, SHELLS } from '../completion/words.ts';
import { zshCompletion } from '../completion/zsh.ts';
import { print } from '../print.ts';

const MAKERS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

/** `gonogo completion SHELL`: a script for the shell, made from the commands as they are. */
export const execute: Execute = async (options, world) => {
  const [word = ''] = options.words;
  const shell = SHELLS.find((one) => one === word);
  if (shell !== undefined) return print(world, MAKERS[shell](completed(COMMANDS)));
  const near = closest(word, SHELLS);
  const hint = near === null ? `the shells are ${SHELLS.join(', ')}` : `did you mean "${near}"?`;
  throw new UsageError(`there is no completion for "${word}"`, hint);
};
