import type { DatabaseSync } from 'node:sqlite';
import { HistoryFault } from './sqlite-trouble.ts';

/** Tells our files from others' (`PRAGMA application_id`): `gong` in ASCII. */
const APPLICATION_ID = 0x676f_6e67;

const FIRST = `
  CREATE TABLE scopes (
    id INTEGER PRIMARY KEY,
    file TEXT NOT NULL,
    environment TEXT
  ) STRICT;

  CREATE TABLE runs (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    scope INTEGER NOT NULL REFERENCES scopes (id),
    name TEXT NOT NULL,
    config_digest TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'finished', 'interrupted')),
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    verdict TEXT,
    complete INTEGER NOT NULL DEFAULT 0,
    interrupted_by TEXT,
    gates TEXT NOT NULL DEFAULT '[]',
    pid INTEGER NOT NULL,
    process_start TEXT,
    place TEXT NOT NULL
  ) STRICT;
  CREATE INDEX runs_by_scope ON runs (scope, started_at);
  CREATE INDEX runs_by_time ON runs (started_at);
  CREATE INDEX runs_running ON runs (seq) WHERE state = 'running';

  CREATE TABLE results (
    run INTEGER NOT NULL REFERENCES runs (seq) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    scope INTEGER NOT NULL,
    check_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    component TEXT,
    outcome TEXT NOT NULL,
    standing TEXT CHECK (standing IN ('good', 'bad')),
    reason_code TEXT,
    layer TEXT,
    flaky INTEGER NOT NULL,
    message TEXT NOT NULL,
    at INTEGER NOT NULL,
    duration_ms REAL,
    cause_key TEXT,
    facts TEXT NOT NULL,
    PRIMARY KEY (run, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX results_by_check ON results (scope, check_id, at, run);
  CREATE INDEX results_by_component ON results (scope, component, run) WHERE component IS NOT NULL;
`;

/** One text of SQL for each version of the schema, oldest first; never changed once released. */
export const MIGRATIONS: readonly string[] = [FIRST];

const pragma = (database: DatabaseSync, name: string): number => {
  const value = database.prepare(`PRAGMA ${name}`).get()?.[name];
  return typeof value === 'number' ? value : 0;
};

const refuseForeign = (database: DatabaseSync): void => {
  if (pragma(database, 'application_id') === APPLICATION_ID) return;
  const tables = database.prepare('SELECT count(*) AS count FROM sqlite_schema').get()?.['count'];
  if (tables !== 0) throw new HistoryFault('foreign', 'the file is a database of another program');
};

/** The version of the schema, 0 for an empty file; nothing is written. Throws for what may not be touched. */
export const schemaVersion = (database: DatabaseSync, migrations: readonly string[] = MIGRATIONS): number => {
  refuseForeign(database);
  const version = pragma(database, 'user_version');
  if (version <= migrations.length) return version;
  throw new HistoryFault(
    'newer',
    `the history was written by a newer version (schema ${version}, and this one knows up to ${migrations.length})`,
  );
};

/**
 * Brings a database to the newest schema, in one transaction: several processes may do it at once, and a killed one
 * leaves what there was.
 */
export const migrate = (database: DatabaseSync, migrations: readonly string[] = MIGRATIONS): void => {
  if (schemaVersion(database, migrations) === migrations.length) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    // Another process may have been first.
    for (const statements of migrations.slice(schemaVersion(database, migrations))) database.exec(statements);
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${migrations.length}`);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
};
