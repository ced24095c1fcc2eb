import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { VERDICTS, type Verdict } from '../model/outcome.ts';
import { readText, writeFileAtomically } from '../shell/files.ts';
import type { World } from './world.ts';

/** Where it is kept, from the working folder: a file for each, so that runs at the same time leave each other's alone. */
const NOTIFIED = join('.gonogo', 'notified');
const LONGEST_BYTES = 64 * 1024;

const pathOf = (id: string, scope: string, { workingDirectory }: World): string => {
  const name = createHash('sha256')
    .update(JSON.stringify([id, scope]))
    .digest('hex');
  return join(workingDirectory, NOTIFIED, `${name}.json`);
};

/**
 * The verdict that those behind an entry of `notify:` know of: the last one that was sent to them, or that was none to be
 * sent. Null when nothing is known.
 */
export const verdictKnown = async (id: string, scope: string, world: World): Promise<Verdict | null> => {
  const read = await readText(pathOf(id, scope, world), LONGEST_BYTES);
  const kept = read.ok ? /"verdict": "([A-Z-]+)"/.exec(read.text)?.[1] : undefined;
  return VERDICTS.find((verdict) => verdict === kept) ?? null;
};

/** Notes that they know of this one. Rejects with the system's error. */
export const noteKnown = async (id: string, scope: string, verdict: Verdict, world: World): Promise<void> => {
  const path = pathOf(id, scope, world);
  await mkdir(dirname(path), { recursive: true });
  await writeFileAtomically(path, `${JSON.stringify({ id, scope, verdict }, null, 2)}\n`);
};
