import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** For tests: a temporary folder with these files (a name that ends with a slash is a folder), and its removal. */
export const makeTree = async (
  files: { readonly [path: string]: string | Uint8Array } = {},
): Promise<{ readonly root: string; readonly close: () => Promise<void> }> => {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'gonogo-files-')));
  for (const [path, content] of Object.entries(files)) {
    const full = join(root, path);
    await mkdir(path.endsWith('/') ? full : dirname(full), { recursive: true });
    if (!path.endsWith('/')) await writeFile(full, content);
  }
  return { root, close: () => rm(root, { recursive: true, force: true }) };
};
