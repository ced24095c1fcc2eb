import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The folder in the report folder that holds what looks kept. */
export const EVIDENCE = 'evidence';

const MOST_OF_ONE_NAME = 10_000;

/** Letters, digits and a few signs, so that an id or a name is one part of a path everywhere. */
const asPart = (text: string): string => {
  const part = text.replaceAll(/[^A-Za-z0-9._-]+/g, '-').slice(0, 120);
  return /^\.*$/.test(part) ? 'file' : part;
};

/**
 * Writes a file of evidence without ever writing over another one, and answers its path in the report folder, with `/`
 * between parts. Rejects with the system's error.
 */
export const keepEvidence = async (
  reportFolder: string,
  check: string,
  name: string,
  content: Uint8Array | string,
): Promise<string> => {
  const folder = asPart(check);
  await mkdir(join(reportFolder, EVIDENCE, folder), { recursive: true });
  for (let number = 1; number <= MOST_OF_ONE_NAME; number++) {
    const file = `${number}-${asPart(name)}`;
    try {
      await writeFile(join(reportFolder, EVIDENCE, folder, file), content, { flag: 'wx' });
      return [EVIDENCE, folder, file].join('/');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
  throw new Error(`there are ${MOST_OF_ONE_NAME} files "${name}" of the check "${check}" already`);
};
