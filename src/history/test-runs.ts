import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgeRun } from '../judge/judge-run.ts';
import { attempt, broken, gate, observed, plannedCheck, recordOf, result, runRecord } from '../judge/test-run.ts';
import type { CheckRecord } from '../execute/event.ts';
import type { Facts } from '../model/observation.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Run } from '../model/run.ts';
import type { RecordedCheck, RecordedPlan } from '../plan/plan.ts';
import { openHistory, type HistoryOptions } from './sqlite-store.ts';
import type { HistoryStore, Scope, Told } from './store.ts';

/** For tests: the file and environment of everything that does not say otherwise. */
export const SCOPE: Scope = { file: 'gonogo.yaml', environment: null };

/** For tests: minute 0 of everything. */
const FIRST = Date.parse('2026-11-21T12:00:00.000Z');

/** For tests: the ISO time of a minute. */
export const minute = (count: number): string => new Date(FIRST + count * 60_000).toISOString();

/** For tests: an outcome, or one with the facts that the look showed. */
export type Ending = Outcome | { readonly outcome: 'pass' | 'fail'; readonly facts: Facts };

const recordedAt = (ending: Ending, at: string): CheckRecord => {
  const record =
    typeof ending === 'string'
      ? recordOf[ending]
      : {
          ...recordOf[ending.outcome],
          attempts: [attempt(observed(ending.facts), [ending.outcome === 'pass' ? result() : broken()])],
        };
  return { ...record, attempts: record.attempts.map((one) => ({ ...one, startedAt: at })) };
};

export type RunOptions = {
  readonly checks?: Readonly<Record<string, Partial<RecordedCheck>>>;
  readonly plan?: Partial<RecordedPlan>;
  readonly complete?: boolean;
};

/** For tests: a judged run whose checks ended like this, begun at a minute and over in the next. */
export const runOf = (
  id: string,
  at: number,
  endings: Readonly<Record<string, Ending>>,
  { checks = {}, plan = {}, complete = true }: RunOptions = {},
): Run =>
  judgeRun(
    runRecord({
      checks: Object.entries(endings).map(([check, ending]) => [
        plannedCheck(check, checks[check]),
        recordedAt(ending, minute(at)),
      ]),
      gates: [gate('default', Object.keys(endings))],
      plan,
      run: {
        runId: id,
        startedAt: minute(at),
        finishedAt: complete ? minute(at + 1) : null,
        interruptedBy: null,
      },
    }),
    new Date(minute(at + 1)),
  );

/** For tests: the value, or the test fails with the trouble. */
export const valueOf = <T>(answer: Told<T>): T => {
  if (answer.ok) return answer.value;
  throw new Error(`${answer.trouble.code}: ${answer.trouble.message}`);
};

/** For tests: the trouble, or the test fails. */
export const troubleOf = <T>(answer: Told<T>): string => {
  if (!answer.ok) return answer.trouble.code;
  throw new Error('there was no trouble');
};

/** For tests: folders and stores that `tidy` takes away again. */
export const testHistories = () => {
  const folders: string[] = [];
  const stores: HistoryStore[] = [];
  const folder = (): string => {
    const made = mkdtempSync(join(tmpdir(), 'gonogo-history-'));
    folders.push(made);
    return made;
  };
  const open = (path: string, options: Partial<HistoryOptions> = {}): Told<HistoryStore> => {
    const opened = openHistory(path, { now: () => new Date(minute(1000)), busyMs: 200, ...options });
    if (opened.ok) stores.push(opened.value);
    return opened;
  };
  const tidy = async (): Promise<void> => {
    for (const store of stores.splice(0)) await store.close();
    for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
  };
  return { folder, open, tidy };
};
