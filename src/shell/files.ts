import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { open, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileText } from '../config/ports.ts';
import { systemCode, systemReason } from './system-error.ts';

/**
 * Reads a regular file as UTF-8, without its byte order mark. Never rejects, and never waits for a pipe: what is no
 * regular file is not opened, and if it becomes a pipe in between, opening it does not block.
 */
export const readText = async (path: string, maxBytes: number): Promise<FileText> => {
  let file: FileHandle | null = null;
  try {
    const before = await stat(path);
    if (!before.isFile()) return refused(before.isDirectory() ? 'is a directory' : 'is not a regular file');
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    if (!(await file.stat()).isFile()) return refused('is not a regular file');
    const bytes = await readUpTo(file, maxBytes);
    return bytes === null ? refused(`is longer than ${maxBytes} bytes`) : decoded(bytes);
  } catch (error) {
    return refused(systemCode(error) === 'ENOENT' ? 'does not exist' : `cannot be read: ${systemReason(error)}`);
  } finally {
    await file?.close();
  }
};

/** Appends a text to a file, which is made when it is not there; on a new line, whatever the file ends with. */
export const appendText = async (path: string, text: string): Promise<void> => {
  const file = await open(path, 'a+', 0o666);
  try {
    const { size } = await file.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await file.read(last, 0, 1, size - 1);
    await file.appendFile(size > 0 && last[0] !== 0x0a ? `\n${text}` : text);
    await file.sync();
  } finally {
    await file.close();
  }
};

/** SHA-256 of a regular file of any size, as lower-case hex; null when it cannot be read. */
export const hashFile = async (path: string): Promise<string | null> => {
  let file: FileHandle | null = null;
  try {
    if (!(await stat(path)).isFile()) return null;
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    if (!(await file.stat()).isFile()) return null;
    const hash = createHash('sha256');
    for await (const chunk of file.createReadStream({ autoClose: false })) hash.update(chunk);
    return hash.digest('hex');
  } catch {
    return null;
  } finally {
    await file?.close();
  }
};

const refused = (reason: string): FileText => ({ ok: false, reason });

const decoded = (bytes: Uint8Array): FileText => {
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return refused('is not UTF-8');
  }
};

/** The whole file, whatever size the system claims it has; null when there is more than `maxBytes`. */
const readUpTo = async (file: FileHandle, maxBytes: number): Promise<Uint8Array | null> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const chunk = new Uint8Array(64 * 1024);
    const { bytesRead } = await file.read(chunk, 0, chunk.length, null);
    if (bytesRead === 0) return Buffer.concat(chunks);
    length += bytesRead;
    if (length > maxBytes) return null;
    chunks.push(chunk.subarray(0, bytesRead));
  }
};

/**
 * Whether there is a device, a pipe or a socket, or a name among those of the system (`/dev/stdout`): a file that is
 * renamed over it takes its place for everybody.
 */
export const isDevice = async (path: string): Promise<boolean> => {
  const found = await stat(path).catch(() => null);
  if (found !== null && !found.isFile() && !found.isDirectory()) return true;
  return /^\/(?:dev|proc(?:\/.*)?)$/.test(await realpath(dirname(path)).catch(() => ''));
};

/**
 * Writes a file so that at any instant there is the old one or the new one, and never half of one: to a new file beside
 * it, flushed, and renamed over it. A symbolic link in its place is replaced, not followed; a device stays. Rejects with the system's error, and then the old file is untouched.
 */
export const writeFileAtomically = async (path: string, content: string | Uint8Array): Promise<void> => {
  if (await isDevice(path)) throw Object.assign(new Error(`${path} is no file`), { code: 'EEXIST' });
  const temporary = join(dirname(path), `.gonogo-${randomBytes(6).toString('hex')}.tmp`);
  const file = await open(temporary, 'wx', 0o666);
  try {
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
};

/** Flushes the folder's list of names. Some systems cannot; the file itself is safe already. */
const syncFolder = async (path: string): Promise<void> => {
  try {
    const folder = await open(path, constants.O_RDONLY);
    await folder.sync().finally(() => folder.close());
  } catch {
    // Windows and some network file systems refuse to open or flush a folder.
  }
};
