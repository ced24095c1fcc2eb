import { access, constants, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { printable } from '../engine/printable.ts';
import { CouldNotLook } from '../probe.ts';

const LONGEST = 300;

const shown = (path: string): string => printable(path, LONGEST);

const folderProblem = async (folder: string): Promise<string | null> => {
  const found = await stat(folder).catch(() => null);
  if (found === null) return `the folder ${shown(folder)} that it must run in does not exist`;
  if (!found.isDirectory()) return `${shown(folder)}, where it must run, is not a folder`;
  const enters = await access(folder, constants.X_OK).then(
    () => true,
    () => false,
  );
  return enters ? null : `the folder ${shown(folder)} that it must run in may not be entered`;
};

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const reasonOf = async (program: string, folder: string, code: string): Promise<string> => {
  const path = program.includes('/') ? resolve(folder, program) : null;
  if (code === 'EACCES') return `the program ${shown(path ?? program)} may not be executed (EACCES)`;
  if (code !== 'ENOENT') return `the program ${shown(path ?? program)} could not be started (${code})`;
  if (path === null) return `there is no program ${shown(program)} on the PATH`;
  return (await isThere(path))
    ? `the program ${shown(path)} is there, and the interpreter that its first line names is not`
    : `there is no program ${shown(path)}`;
};

/** Why a program did not start: the folder that is not there is told apart from the program that is not. */
export const startFailure = async (program: string, folder: string, error: unknown): Promise<CouldNotLook> => {
  const problem = await folderProblem(folder);
  if (problem !== null) return new CouldNotLook('file-missing', problem, {}, { cause: error });
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'no reason given';
  return new CouldNotLook('command-missing', await reasonOf(program, folder, code), {}, { cause: error });
};
