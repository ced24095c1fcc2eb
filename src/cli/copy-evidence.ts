import { copyFile, mkdir, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Merged } from '../execute/merge-events.ts';
import { systemReason } from '../shell/system-error.ts';
import { folderOfRun } from './saved-run.ts';
import type { World } from './world.ts';

/** Screenshots and transcripts move with the run; what could not be copied, as a sentence, or null. */
export const copyEvidence = async (
  { events, partOf }: Merged,
  folder: string,
  world: World,
): Promise<string | null> => {
  for (const event of events) {
    const part = event.type === 'attempt' ? partOf(event.id) : null;
    if (event.type !== 'attempt' || part === null) continue;
    const from = folderOfRun(part.name, world);
    for (const path of event.attempt.observation.evidence ?? []) {
      try {
        const source = await fileInside(from, path);
        if (source === null) continue;
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await copyFile(source, join(folder, path));
      } catch (error) {
        return `the evidence ${path} of ${part.name} could not be copied: ${systemReason(error)}`;
      }
    }
  }
  return null;
};

/** A file that lies in a folder itself; null for one to which a link leads: that could be any of this machine. */
const fileInside = async (folder: string, path: string): Promise<string | null> => {
  if (path.startsWith('/') || path.split('/').includes('..')) return null;
  const plain = join(await realpath(folder), path);
  const isItself = (await realpath(plain)) === plain;
  return isItself && (await stat(plain)).isFile() ? plain : null;
};
