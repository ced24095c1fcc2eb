import { createInterface } from 'node:readline/promises';
import { UsageError } from '../model/fault.ts';
import { forTerminal } from '../report/encode/terminal.ts';
import type { World } from './world.ts';

const INTERRUPTED = 130;
const REFUSED = 1;

/**
 * Asks on a terminal whether to go on; elsewhere `--yes` has to say so. Answers null when it is confirmed, else the exit
 * code: nothing was written then. Throws `UsageError` where nobody can answer.
 */
export const confirm = async (what: string, yes: boolean, { stdin, stderr }: World): Promise<number | null> => {
  if (yes) return null;
  const shown = forTerminal(what, true);
  if (!stdin.isTTY || !stderr.isTTY) {
    throw new UsageError(`${shown}: nobody is there to confirm it`, 'add --yes to do it without being asked');
  }
  const dialogue = createInterface({ input: stdin, output: stderr });
  // Without an answer the question would wait for ever: Ctrl-C and the end of the input are answers.
  const left = new Promise<number>((resolve) => {
    dialogue.once('SIGINT', () => resolve(INTERRUPTED));
    dialogue.once('close', () => resolve(REFUSED));
  });
  const answer = dialogue.question(`${shown}. Sure? [y/N] `).then(
    (text) => (/^y(es)?$/i.test(text.trim()) ? null : REFUSED),
    () => REFUSED,
  );
  const code = await Promise.race([left, answer]);
  dialogue.close();
  if (code !== null) stderr.write('nothing was written\n');
  return code;
};
