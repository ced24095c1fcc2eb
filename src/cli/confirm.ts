import { createInterface } from 'node:readline/promises';
import { UsageError } from '../model/fault.ts';
import type { World } from './world.ts';

/** Asks on a terminal whether to go on; elsewhere `--yes` has to say so. Throws `UsageError` where nobody can answer. */
export const confirm = async (what: string, yes: boolean, { stdin, stderr }: World): Promise<boolean> => {
  if (yes) return true;
  if (!stdin.isTTY || !stderr.isTTY) {
    throw new UsageError(`${what}: nobody is there to confirm it`, 'add --yes to do it without being asked');
  }
  const dialogue = createInterface({ input: stdin, output: stderr });
  try {
    const answer = await dialogue.question(`${what}. Sure? [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    dialogue.close();
  }
};
