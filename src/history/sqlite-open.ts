import { closeSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { pid } from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { migrate, MIGRATIONS, schemaVersion } from './sqlite-schema.ts';
import { HistoryFault, isBusy, isWithoutRoom } from './sqlite-trouble.ts';

export type OpenOptions = {
  /** How long to wait while another process writes. It blocks this process. */
  readonly busyMs: number;
  /** For tests: schemas that are not there yet. */
  readonly migrations?: readonly string[];
};

/** A folder that is there already keeps its mode. */
const makeFolder = (folder: string): void => {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true || dirname(folder) === folder) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another run may have been first.
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
  }
};

/** What is in a history is for its owner. A file that is there already keeps its mode; a pipe is never opened. */
const makeFile = (path: string): void => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() === true) return;
  if (found !== undefined) throw new HistoryFault('unusable', 'the path of the history is no regular file');
  closeSync(openSync(path, 'a', 0o600));
};

/** Readers do not wait for a writer then. Where there is no WAL (some network file systems), things work without. */
const useWal = (database: DatabaseSync): void => {
  const mode = database.prepare('PRAGMA journal_mode').get()?.['journal_mode'];
  if (mode === 'wal') return;
  try {
    database.exec('PRAGMA journal_mode = WAL');
  } catch (error) {
    // Of several processes that open a new file at once, one switches; SQLite does not let the others wait for it.
    if (!isBusy(error)) throw error;
  }
};

/** What there is before an older schema is changed, for its owner alone. */
const backUp = (database: DatabaseSync, copy: string): void => {
  // Of several processes that do this at once, each has a whole copy.
  const own = `${copy}.${pid}`;
  rmSync(own, { force: true });
  closeSync(openSync(own, 'a', 0o600));
  database.prepare('VACUUM INTO ?').run(own);
  renameSync(own, copy);
};

/**
 * Opens the file, which is made when it is not there, at the newest schema. On a full disk, where nothing can be written,
 * what is in it can still be read, by one process at a time. Throws.
 */
export const openDatabase = (path: string, options: OpenOptions): DatabaseSync => {
  makeFolder(dirname(path));
  makeFile(path);
  try {
    return open(path, options, '');
  } catch (error) {
    if (!isWithoutRoom(error)) throw error;
    // The index of the log is kept in memory then, and not in a file beside it.
    return open(path, options, 'PRAGMA locking_mode = EXCLUSIVE');
  }
};

const open = (path: string, { busyMs, migrations = MIGRATIONS }: OpenOptions, mode: string): DatabaseSync => {
  const database = new DatabaseSync(path, { timeout: busyMs });
  try {
    // A verdict that was told is on the disk; and a file that somebody else made runs no code.
    database.exec(`${mode}; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF`);
    const version = schemaVersion(database, migrations);
    if (version === 0) database.exec('PRAGMA auto_vacuum = INCREMENTAL');
    useWal(database);
    if (version > 0 && version < migrations.length) backUp(database, `${path}.schema-${version}`);
    migrate(database, migrations);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};
