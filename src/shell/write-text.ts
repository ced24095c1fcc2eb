import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '../model/fault.ts';
import { writeFileAtomically } from './files.ts';
import { makeFolder } from './make-folder.ts';
import { systemReason } from './system-error.ts';

/**
 * Writes a file that somebody asked for by name, `shown` as they wrote it, in a folder that may not be there yet. A file
 * that is there is only replaced where `replace` says so. Throws `UsageError` with the reason of the system.
 */
export const writeText = async (
  path: string,
  text: string,
  { shown, replace }: { readonly shown: string; readonly replace: boolean },
): Promise<void> => {
  try {
    await makeFolder(dirname(path));
    if (replace) await writeFileAtomically(path, text);
    else await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    const reason = `${shown} cannot be written: ${systemReason(error)}`;
    throw new UsageError(reason, 'name another file with --out', { cause: error });
  }
};
