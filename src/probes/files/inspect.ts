import { encodingOf, type Encoding } from './encoding.ts';
import type { Match } from './gather.ts';
import { openFile } from './open-file.ts';
import { CHUNK_BYTES, readLines } from './read-lines.ts';
import type { FileRule, Rule } from './rule.ts';
import { tooMuch } from './trouble.ts';

type Inspection = {
  readonly rules: readonly Rule[];
  readonly pause: () => void;
  readonly tell: (progress: string) => void;
};

const NONE = Buffer.alloc(0);

/** Reads one file and holds its lines against the rules. The number of lines; null for a file that is gone. */
const inspectOne = async (
  { raw, path }: Match,
  { rules, pause }: Inspection,
  buffer: Buffer,
): Promise<number | null> => {
  const opened = await openFile(raw, path);
  if (opened === null) return null;
  let asked: readonly FileRule[] | null = null;
  const begin = (encoding: Encoding): readonly FileRule[] => (asked ??= rules.map((rule) => rule(path, encoding)));
  try {
    const count = await readLines({
      buffer,
      ...opened,
      path,
      pause,
      begin,
      line: (line) => {
        let decoded: string | null = null;
        const text = (): string => (decoded ??= line.bytes.toString('utf8'));
        const one = { ...line, text };
        for (const rule of asked ?? []) rule.line(one);
      },
    });
    for (const rule of begin(encodingOf(NONE))) rule.end();
    return count;
  } finally {
    await opened.file.close();
  }
};

/**
 * Reads all files, one after the other, and answers how many lines they have. Throws `CouldNotLook` when one cannot be
 * read, and when all of them are gone by now: then nothing was held against anything.
 */
export const inspect = async (matches: readonly Match[], inspection: Inspection): Promise<number> => {
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let lines = 0;
  let read = 0;
  for (const [index, match] of matches.entries()) {
    inspection.tell(`reading file ${index + 1} of ${matches.length}`);
    const count = await inspectOne(match, inspection, buffer);
    if (count !== null) read += 1;
    lines += count ?? 0;
  }
  if (read === 0) throw tooMuch('every file that matched was gone before it could be read: look again');
  return lines;
};
