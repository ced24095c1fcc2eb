import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { UsageError } from '../model/fault.ts';
import { makeFolder } from './make-folder.ts';
import { writeText } from './write-text.ts';

const folders: string[] = [];
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'gonogo-write-'));
  folders.push(made);
  return made;
};
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

test('a file is written in a folder that is not there yet, and replaced only where that is said', async () => {
  const path = join(folder(), 'a', 'b.md');
  await writeText(path, 'one', { shown: 'a/b.md', replace: false });
  await expect(writeText(path, 'two', { shown: 'a/b.md', replace: false })).rejects.toThrow(
    'a/b.md cannot be written: something of that name is in the way',
  );
  expect(readFileSync(path, 'utf8')).toBe('one');
  await writeText(path, 'two', { shown: 'a/b.md', replace: true });
  expect(readFileSync(path, 'utf8')).toBe('two');
});

test('what cannot be written is a usage error, and comes at once where nothing can be made', async () => {
  const given = { shown: 'x.md', replace: true };
  await expect(writeText('/proc/nothing/x.md', '', given)).rejects.toBeInstanceOf(UsageError);
  await expect(writeText('/proc/x.md', '', given)).rejects.toBeInstanceOf(UsageError);
});

test('many may make one folder at the same time', async () => {
  const path = join(folder(), 'a', 'b', 'c');
  await Promise.all(Array.from({ length: 20 }, () => makeFolder(path)));
  expect(statSync(path).isDirectory()).toBe(true);
});
