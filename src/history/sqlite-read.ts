import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { keptCheckOf, numberIn, RUN_COLUMNS, runEntry, textIn, type Row } from './sqlite-rows.ts';
import { scopeNumber } from './sqlite-write.ts';
import type { Broken, Episode, KeptResult, KeptRun, RunEntry, Scope, Subject } from './store.ts';

const RESULTS = 'SELECT results.*, runs.id AS run_id FROM results JOIN runs ON runs.seq = results.run';

const resultOf = (row: Row): KeptResult => ({ ...keptCheckOf(row), run: textIn(row, 'run_id') });

const firstOf = (row: Row | undefined): KeptResult | null => (row === undefined ? null : resultOf(row));

/** The newest runs first; of every scope where it is null. */
export const readRuns = (database: DatabaseSync, scope: Scope | null, limit: number): readonly RunEntry[] => {
  const runs = `SELECT ${RUN_COLUMNS} FROM runs JOIN scopes ON scopes.id = runs.scope`;
  const order = 'ORDER BY runs.started_at DESC, runs.seq DESC LIMIT ?';
  const rows =
    scope === null
      ? database.prepare(`${runs} ${order}`).all(limit)
      : database.prepare(`${runs} WHERE runs.scope = ? ${order}`).all(scopeNumber(database, scope), limit);
  return rows.map(runEntry);
};

/** A run with its checks; null when there is none of that id. */
export const readRun = (database: DatabaseSync, id: string): KeptRun | null => {
  const run = database
    .prepare(`SELECT runs.seq, ${RUN_COLUMNS} FROM runs JOIN scopes ON scopes.id = runs.scope WHERE runs.id = ?`)
    .get(id);
  if (run === undefined) return null;
  const checks = database.prepare('SELECT * FROM results WHERE run = ? ORDER BY position').all(numberIn(run, 'seq'));
  return { ...runEntry(run), checks: checks.map(keptCheckOf) };
};

/** The newest `limit` results of a check since a time, oldest first. */
export const readResults = (
  database: DatabaseSync,
  scope: Scope,
  check: string,
  { since, limit }: { readonly since: string | null; readonly limit: number },
): readonly KeptResult[] => {
  const rows = database
    .prepare(
      `${RESULTS} WHERE results.scope = ? AND check_id = ? AND at >= ? ORDER BY at DESC, results.run DESC LIMIT ?`,
    )
    .all(scopeNumber(database, scope), check, since === null ? -8.64e15 : Date.parse(since), limit);
  return rows.map(resultOf).toReversed();
};

/** Which runs were good for a subject, as a condition of SQL with its values. */
const goodRuns = (subject: Subject, scope: number | null): readonly [condition: string, ...values: SQLInputValue[]] => {
  if (subject === 'run') return [`verdict IN ('GO', 'CONDITIONAL') AND complete = 1`];
  if ('check' in subject) {
    const good = `SELECT run FROM results WHERE scope = ? AND check_id = ? AND standing = 'good'`;
    return [`runs.seq IN (${good})`, scope, subject.check];
  }
  // A minimum passes over results that tell nothing, and 'bad' comes before 'good'.
  const standing = 'SELECT min(standing) FROM results WHERE results.scope = ? AND component = ? AND run = runs.seq';
  return [`(${standing}) = 'good'`, scope, subject.component];
};

/**
 * The last run in which all of the subject that told anything was good. `before` leaves out that run and later ones; a
 * run that is not known leaves out none.
 */
export const readLastGood = (
  database: DatabaseSync,
  scope: Scope,
  subject: Subject,
  before: string | null,
): RunEntry | null => {
  const number = scopeNumber(database, scope);
  const [condition, ...values] = goodRuns(subject, number);
  const row = database
    .prepare(
      `SELECT ${RUN_COLUMNS} FROM runs JOIN scopes ON scopes.id = runs.scope
       WHERE runs.scope = ? AND state = 'finished' AND ${condition} AND (
         NOT EXISTS (SELECT 1 FROM runs WHERE id = ?)
         OR (started_at, seq) < (SELECT started_at, seq FROM runs WHERE id = ?)
       )
       ORDER BY started_at DESC, seq DESC LIMIT 1`,
    )
    .get(number, ...values, before, before);
  return row === undefined ? null : runEntry(row);
};

/** Finds the first or last result of a check of one standing, on one side of an instant. */
const finder = (database: DatabaseSync, scope: Scope, check: string) => {
  const number = scopeNumber(database, scope);
  const find =
    (side: '<' | '>', order: 'ASC' | 'DESC') =>
    (standing: 'good' | 'bad', at: string | null, causeKey: string | null = null): KeptResult | null => {
      const edge = at === null ? (side === '<' ? 8.64e15 : -8.64e15) : Date.parse(at);
      const row = database
        .prepare(
          `${RESULTS} WHERE results.scope = ? AND check_id = ? AND standing = ? AND at ${side} ?
             AND (? IS NULL OR cause_key = ?)
           ORDER BY at ${order}, results.run ${order} LIMIT 1`,
        )
        .get(number, check, standing, edge, causeKey, causeKey);
      return firstOf(row);
    };
  return { lastBefore: find('<', 'DESC'), firstAfter: find('>', 'ASC') };
};

/** Since when a check is bad. `firstBad` is null when its last result that tells anything is good. */
export const readBroken = (database: DatabaseSync, scope: Scope, check: string): Broken => {
  const { lastBefore, firstAfter } = finder(database, scope, check);
  const lastGood = lastBefore('good', null);
  return { lastGood, firstBad: firstAfter('bad', lastGood?.at ?? null) };
};

/** The latest time of the same cause that a good result has ended. */
export const readEpisode = (database: DatabaseSync, scope: Scope, check: string, causeKey: string): Episode | null => {
  const { lastBefore, firstAfter } = finder(database, scope, check);
  const lastGood = lastBefore('good', null);
  const last = lastGood === null ? null : lastBefore('bad', lastGood.at, causeKey);
  if (last === null) return null;
  const ended = firstAfter('good', last.at);
  const began = firstAfter('bad', lastBefore('good', last.at)?.at ?? null);
  return ended === null || began === null ? null : { began, last, ended };
};
