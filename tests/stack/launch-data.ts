import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Postgres } from './postgres.ts';
import type { StackState } from './stack.ts';

/** Who writes evidence of what was done, a file of JSON lines each. */
const WRITERS = ['engineer', 'qa', 'data', 'support', 'designer', 'manager'] as const;

const line = (writer: string, index: number): string =>
  JSON.stringify({ at: new Date(Date.now() - index * 60_000).toISOString(), by: writer, did: `step ${index + 1}` });

/** Six files of evidence. Broken, the designer has written none, and the line that support wrote last is cut off. */
export const writeEvidence = (folder: string, state: StackState): void => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const writer of WRITERS.filter((name) => state === 'healed' || name !== 'designer')) {
    const lines = [0, 1, 2].map((index) => line(writer, index));
    const cut = state === 'broken' && writer === 'support' ? '\n{"at":"2026-11' : '\n';
    const path = join(folder, `${writer}.jsonl`);
    writeFileSync(path, `${lines.join('\n')}${cut}`);
    utimesSync(path, new Date(), new Date());
  }
};

/** The log of decisions: in its new table, or still in the old one. Each state has a role that sees its own schema. */
const stateSql = (state: StackState): string => `
  create schema ${state};
  create role ${roleOf(state)} login password '${PASSWORD}';
  grant usage on schema ${state} to ${roleOf(state)};
  alter role ${roleOf(state)} set search_path = ${state};
  create table ${state}.decision_sync_event_logs (id bigint generated always as identity, written_at timestamptz not null);
  insert into ${state}.decision_sync_event_logs (written_at)
    select now() - interval '${state === 'broken' ? '5 minutes' : '40 days'}' * step from generate_series(1, 3) as step;
  ${state === 'broken' ? '' : `create table ${state}.decision_log (like ${state}.decision_sync_event_logs); insert into ${state}.decision_log values (1, now());`}
  grant select on all tables in schema ${state} to ${roleOf(state)};`;

const PASSWORD = 'launch-look-only';

const roleOf = (state: StackState): string => `launch_${state}`;

/** Makes the tables of both states in a database of its own; answers the address to look at, by state. */
export const makeDecisionLog = async (postgres: Postgres) => {
  await postgres.run(`${stateSql('broken')}${stateSql('healed')}`);
  return (state: StackState): string => postgres.url('postgres', roleOf(state), PASSWORD);
};
