import type { HistoryTrouble, Told } from './store.ts';

/** Thrown inside the SQLite store for a condition that is known; a value outside. */
export class HistoryFault extends Error {
  override readonly name = 'HistoryFault';
  readonly code: HistoryTrouble['code'];

  constructor(code: HistoryTrouble['code'], message: string) {
    super(message);
    this.code = code;
  }
}

const CORRUPT: HistoryTrouble = {
  code: 'corrupt',
  message: 'the history is damaged: move it away, and the next run begins a new one',
};

const READ_ONLY: HistoryTrouble = { code: 'read-only', message: 'the history cannot be written' };

/** By primary result code (sqlite.org/rescode.html). */
const BY_RESULT: ReadonlyMap<number, HistoryTrouble> = new Map([
  [3, READ_ONLY],
  [5, { code: 'locked', message: 'another process holds the history locked' }],
  [6, { code: 'locked', message: 'the history is locked' }],
  [8, READ_ONLY],
  [10, { code: 'unusable', message: 'the disk reports an error at the history: it may be full' }],
  [11, CORRUPT],
  [13, { code: 'full', message: 'there is no room left for the history' }],
  [14, { code: 'unusable', message: 'the history cannot be opened' }],
  [26, CORRUPT],
]);

const BY_SYSTEM: ReadonlyMap<string, HistoryTrouble> = new Map([
  ['EACCES', READ_ONLY],
  ['EPERM', READ_ONLY],
  ['EROFS', { code: 'read-only', message: 'the file system of the history is read-only' }],
  ['ENOSPC', { code: 'full', message: 'there is no room left for the history' }],
  // A number that we never write.
  ['ERR_OUT_OF_RANGE', CORRUPT],
  ['EDQUOT', { code: 'full', message: 'the quota of the disk is used up' }],
]);

/** The primary result code of SQLite; null for another error. */
const resultOf = (error: Error): number | null =>
  'errcode' in error && typeof error.errcode === 'number' ? error.errcode % 256 : null;

/** Whether there was no room for the file in which processes share the index of the log (SQLITE_IOERR_SHMSIZE). */
export const isWithoutRoom = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === 4874;

/** Whether another process is in the way. */
export const isBusy = (error: unknown): boolean => error instanceof Error && resultOf(error) === 5;

const troubleOf = (error: unknown): HistoryTrouble => {
  if (error instanceof HistoryFault) return { code: error.code, message: error.message };
  if (!(error instanceof Error)) return { code: 'unusable', message: 'the history failed for an unknown reason' };
  const result = resultOf(error);
  const system = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (
    (result === null ? undefined : BY_RESULT.get(result)) ??
    BY_SYSTEM.get(system) ?? { code: 'unusable', message: `the history failed: ${error.message.slice(0, 200)}` }
  );
};

/**
 * What a piece of work comes to, or why it failed. Everything that it throws becomes a value: whatever is wrong with the
 * history, a bug of ours included, must not cost a run its verdict.
 */
export const told = <T>(work: () => T): Told<T> => {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    return { ok: false, trouble: troubleOf(error) };
  }
};
