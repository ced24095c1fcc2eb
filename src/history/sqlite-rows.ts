import type { SQLOutputValue } from 'node:sqlite';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { OUTCOMES, VERDICTS } from '../model/outcome.ts';
import { HistoryFault } from './sqlite-trouble.ts';
import type { KeptCheck, KeptGate, RunEntry, RunState } from './store.ts';

/** A row as SQLite gives it; whatever is not as we write it means that the file is damaged. */
export type Row = { readonly [column: string]: SQLOutputValue };

const STATES: readonly RunState[] = ['running', 'finished', 'interrupted'];

const damaged = (column: string): HistoryFault =>
  new HistoryFault('corrupt', `the history is damaged: a value in the column ${column} cannot be read`);

const textOrNull = (row: Row, column: string): string | null => {
  const value = row[column] ?? null;
  if (value === null || typeof value === 'string') return value;
  throw damaged(column);
};

const text = (row: Row, column: string): string => {
  const value = textOrNull(row, column);
  if (value === null) throw damaged(column);
  return value;
};

/** A number, or null. */
export const numberOrNull = (row: Row, column: string): number | null => {
  const value = row[column] ?? null;
  if (value === null || typeof value === 'number') return value;
  throw damaged(column);
};

/** A number that must be there. */
export const numberIn = (row: Row, column: string): number => {
  const value = numberOrNull(row, column);
  if (value === null) throw damaged(column);
  return value;
};

/** A text that must be there. */
export const textIn = text;

const oneOf = <const Name extends string>(names: readonly Name[], row: Row, column: string): Name => {
  const value = text(row, column);
  const found = names.find((name) => name === value);
  if (found === undefined) throw damaged(column);
  return found;
};

const time = (row: Row, column: string): string => {
  const date = new Date(numberIn(row, column));
  if (Number.isNaN(date.getTime())) throw damaged(column);
  return date.toISOString();
};

const json = (row: Row, column: string): Json => {
  try {
    return JSON.parse(text(row, column));
  } catch {
    throw damaged(column);
  }
};

const factsOf = (row: Row): JsonObject => {
  const value = json(row, 'facts');
  if (!isJsonObject(value)) throw damaged('facts');
  return value;
};

const gatesOf = (row: Row): readonly KeptGate[] => {
  const value = json(row, 'gates');
  if (!Array.isArray(value)) throw damaged('gates');
  return value.map((gate: Json) => {
    if (!isJsonObject(gate)) throw damaged('gates');
    const { id, blockedBy } = gate;
    const verdict = VERDICTS.find((name) => name === gate['verdict']);
    if (typeof id !== 'string' || verdict === undefined || !Array.isArray(blockedBy)) throw damaged('gates');
    return { id, verdict, blockedBy: blockedBy.filter((item: Json) => typeof item === 'string') };
  });
};

/** The columns that `runEntry` reads. */
export const RUN_COLUMNS = `runs.id, scopes.file, scopes.environment, runs.name, runs.config_digest, runs.state,
  runs.started_at, runs.finished_at, runs.verdict, runs.complete, runs.interrupted_by, runs.gates`;

/** A run out of `runs JOIN scopes`. */
export const runEntry = (row: Row): RunEntry => ({
  id: text(row, 'id'),
  file: text(row, 'file'),
  environment: textOrNull(row, 'environment'),
  name: text(row, 'name'),
  configDigest: text(row, 'config_digest'),
  state: oneOf(STATES, row, 'state'),
  startedAt: time(row, 'started_at'),
  finishedAt: numberOrNull(row, 'finished_at') === null ? null : time(row, 'finished_at'),
  verdict: textOrNull(row, 'verdict') === null ? null : oneOf(VERDICTS, row, 'verdict'),
  complete: numberIn(row, 'complete') === 1,
  interruptedBy: textOrNull(row, 'interrupted_by'),
  gates: gatesOf(row),
});

/** A check out of `results`. */
export const keptCheckOf = (row: Row): KeptCheck => ({
  id: text(row, 'check_id'),
  kind: text(row, 'kind'),
  component: textOrNull(row, 'component'),
  outcome: oneOf(OUTCOMES, row, 'outcome'),
  standing: textOrNull(row, 'standing') === null ? null : oneOf(['good', 'bad'], row, 'standing'),
  reasonCode: textOrNull(row, 'reason_code'),
  layer: textOrNull(row, 'layer'),
  flaky: numberIn(row, 'flaky') === 1,
  message: text(row, 'message'),
  at: time(row, 'at'),
  durationMs: numberOrNull(row, 'duration_ms'),
  causeKey: textOrNull(row, 'cause_key'),
  facts: factsOf(row),
});
