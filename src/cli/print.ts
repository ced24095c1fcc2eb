import { writeOut } from '../shell/output.ts';
import type { World } from './world.ts';

/** Writes all of a command's answer to stdout; the exit code is 4 when it did not arrive (`| head`, a full disk). */
export const print = async ({ stdout, stderr }: World, text: string): Promise<0 | 4> => {
  const trouble = await writeOut(stdout, text);
  if (trouble === null) return 0;
  if (!trouble.readerGone) stderr.write(`gonogo: the answer could not be written to stdout: ${trouble.reason}\n`);
  return 4;
};
