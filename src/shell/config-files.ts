import { randomUUID } from 'node:crypto';
import { glob, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { MAX_FILE_BYTES, type LoadPorts } from '../config/ports.ts';
import { hashFile, readText } from './files.ts';

/** What loading takes from the process. */
type LoadWorld = Pick<LoadPorts, 'environment' | 'workingDirectory' | 'runId'>;

/** The ports of the config loader on this machine's file system. */
export const makeLoadPorts = ({ environment, workingDirectory, runId }: LoadWorld): LoadPorts => {
  const read: LoadPorts['readText'] = (path) => readText(resolve(workingDirectory, path), MAX_FILE_BYTES);
  return {
    readText: read,
    readSecretFile: read,
    glob: (patterns, baseDir) => filesMatching(patterns, resolve(workingDirectory, baseDir), workingDirectory),
    hashFile: (path) => hashFile(resolve(workingDirectory, path)),
    verifySignature: async (given) => {
      const { verifySignature } = await import('./ssh-signature.ts');
      return verifySignature(
        { ...given, allowedSigners: resolve(workingDirectory, given.allowedSigners) },
        environment,
      );
    },
    environment,
    uuid: () => randomUUID(),
    runId,
    workingDirectory,
  };
};

/** Names are compared by code unit, so that the order is the same on every machine. */
const filesMatching = async (
  patterns: readonly string[],
  folder: string,
  workingDirectory: string,
): Promise<readonly string[]> => {
  const paths = new Set<string>();
  for (const pattern of patterns) {
    for await (const match of glob(pattern, { cwd: folder })) paths.add(resolve(folder, match));
  }
  const files: string[] = [];
  for (const path of paths) if (await isRegularFile(path)) files.push(shown(path, workingDirectory));
  return files.toSorted();
};

const isRegularFile = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
};

/** Relative to the working folder when the path lies in it, else absolute; with `/` between the parts. */
const shown = (path: string, workingDirectory: string): string => {
  const inside = relative(workingDirectory, path);
  const outside = inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside);
  return (outside ? path : inside).split(sep).join('/');
};
