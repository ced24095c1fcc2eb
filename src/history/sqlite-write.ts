import type { DatabaseSync } from 'node:sqlite';
import { lifeOf, type ProcessIdentity } from './process-identity.ts';
import { numberIn, textIn, type Row } from './sqlite-rows.ts';
import type { KeptRun, Retention, RunStart, Scope } from './store.ts';

/** A run of a process that cannot be asked after may have ended, and none lasts longer than this. */
const LONGEST_RUN_MS = 24 * 3_600_000;

/** Either all of it is written or nothing. Waits for other writers before it reads anything. */
export const inTransaction = <T>(database: DatabaseSync, work: () => T): T => {
  database.exec('BEGIN IMMEDIATE');
  try {
    const value = work();
    database.exec('COMMIT');
    return value;
  } catch (error) {
    // A full disk ends the transaction by itself.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
};

/** All of it is read as it was at one instant, whatever others write meanwhile. */
export const inSnapshot = <T>(database: DatabaseSync, work: () => T): T => {
  database.exec('BEGIN');
  try {
    return work();
  } finally {
    if (database.isTransaction) database.exec('ROLLBACK');
  }
};

/** The number of a scope; null when nothing has run in it. */
export const scopeNumber = (database: DatabaseSync, { file, environment }: Scope): number | null => {
  const row = database.prepare('SELECT id FROM scopes WHERE file = ? AND environment IS ?').get(file, environment);
  return row === undefined ? null : numberIn(row, 'id');
};

const makeScope = (database: DatabaseSync, scope: Scope): number => {
  const known = scopeNumber(database, scope);
  if (known !== null) return known;
  const insert = database.prepare('INSERT INTO scopes (file, environment) VALUES (?, ?) RETURNING id');
  return numberIn(insert.get(scope.file, scope.environment) ?? {}, 'id');
};

/** Milliseconds of an ISO time; what is none counts as the fallback. */
const ms = (time: string | null, fallback: number): number => {
  const parsed = time === null ? Number.NaN : Date.parse(time);
  return Number.isNaN(parsed) ? fallback : parsed;
};

const orNull = (time: string | null): number | null => {
  const parsed = ms(time, -1);
  return parsed === -1 ? null : parsed;
};

/** Its row in `runs`, new or known from its start. */
const putRun = (database: DatabaseSync, start: RunStart, owner: ProcessIdentity, nowMs: number): number => {
  const put = database.prepare(`
    INSERT INTO runs (id, scope, name, config_digest, state, started_at, pid, process_start, place)
    VALUES (?, ?, ?, ?, 'running', ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET state = 'running'
    RETURNING seq`);
  const row = put.get(
    start.id,
    makeScope(database, start),
    start.name,
    start.configDigest,
    ms(start.startedAt, nowMs),
    owner.pid,
    owner.start,
    owner.place,
  );
  return numberIn(row ?? {}, 'seq');
};

/** Notes a run that starts. Inside a transaction. */
export const writeStart = (database: DatabaseSync, start: RunStart, owner: ProcessIdentity, nowMs: number): void => {
  putRun(database, start, owner, nowMs);
};

/** Notes a run with all its checks in place of what was known of it. Inside a transaction. */
export const writeEnd = (database: DatabaseSync, run: KeptRun, owner: ProcessIdentity, nowMs: number): void => {
  const seq = putRun(database, run, owner, nowMs);
  const end = database.prepare(`
    UPDATE runs SET state = 'finished', finished_at = ?, verdict = ?, complete = ?, interrupted_by = ?, gates = ?
    WHERE seq = ?`);
  const gates = JSON.stringify(run.gates);
  end.run(orNull(run.finishedAt), run.verdict, run.complete ? 1 : 0, run.interruptedBy, gates, seq);
  database.prepare('DELETE FROM results WHERE run = ?').run(seq);
  const insert = database.prepare(`
    INSERT INTO results (run, position, scope, check_id, kind, component, outcome, standing, reason_code, layer, flaky,
      message, at, duration_ms, cause_key, facts)
    VALUES (?, ?, (SELECT scope FROM runs WHERE seq = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const startMs = ms(run.startedAt, nowMs);
  for (const [position, check] of run.checks.entries()) {
    insert.run(
      ...[seq, position, seq, check.id, check.kind, check.component, check.outcome, check.standing, check.reasonCode],
      ...[check.layer, check.flaky ? 1 : 0, check.message, ms(check.at, startMs), check.durationMs, check.causeKey],
      JSON.stringify(check.facts),
    );
  }
};

const isKilled = (row: Row, place: string, nowMs: number): boolean => {
  const start = row['process_start'];
  const owner = {
    pid: numberIn(row, 'pid'),
    start: typeof start === 'string' ? start : null,
    place: textIn(row, 'place'),
  };
  const life = lifeOf(owner, place);
  return life === 'gone' || (life === 'unknown' && nowMs - numberIn(row, 'started_at') > LONGEST_RUN_MS);
};

/** Marks the runs whose process is gone, or that cannot still be running; their ids. Inside a transaction. */
export const markKilled = (database: DatabaseSync, { place }: ProcessIdentity, nowMs: number): readonly string[] => {
  const running = database
    .prepare(`SELECT seq, id, started_at, pid, process_start, place FROM runs WHERE state = 'running' ORDER BY seq`)
    .all();
  const mark = database.prepare(`UPDATE runs SET state = 'interrupted' WHERE seq = ?`);
  return running
    .filter((row) => isKilled(row, place, nowMs))
    .map((row) => {
      mark.run(numberIn(row, 'seq'));
      return textIn(row, 'id');
    });
};

const dueRuns = (
  database: DatabaseSync,
  scope: number | null,
  { before, keep, most }: Retention,
): readonly number[] => {
  const old = before === null ? null : orNull(before);
  const byAge =
    old === null
      ? []
      : database
          .prepare(`SELECT seq FROM runs WHERE started_at < ? AND state <> 'running' ORDER BY started_at LIMIT ?`)
          .all(old, most);
  const byCount =
    keep === null || scope === null
      ? []
      : database
          .prepare(
            `SELECT seq FROM runs WHERE scope = ? AND state <> 'running' ORDER BY started_at DESC, seq DESC LIMIT ? OFFSET ?`,
          )
          .all(scope, most, Math.max(0, keep));
  return [...new Set([...byAge, ...byCount].map((row) => numberIn(row, 'seq')))];
};

/** Forgets at most `most` runs; whether more are due. Inside a transaction. */
export const forget = (
  database: DatabaseSync,
  scope: number | null,
  retention: Retention,
): { readonly gone: number; readonly more: boolean } => {
  const due = dueRuns(database, scope, { ...retention, most: retention.most + 1 });
  const going = due.slice(0, retention.most);
  const remove = database.prepare('DELETE FROM runs WHERE seq = ?');
  for (const seq of going) remove.run(seq);
  return { gone: going.length, more: due.length > going.length };
};
