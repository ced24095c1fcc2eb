import type { Client } from 'pg';
import type { Facts } from '../../model/observation.ts';
import { within } from '../engine/within.ts';
import { type Answer, ask } from './ask.ts';
import type { Spec } from './schema.ts';
import { lookAtStructure } from './structure.ts';
import { databaseTrouble, type Doing } from './trouble.ts';
import { rowsOf } from './values.ts';

/** What a session has to work with. */
export type Session = {
  readonly client: Client;
  /** Rejects when the connection breaks; every wait of a session ends with it. */
  readonly broken: Promise<never>;
  readonly scrub: Doing['scrub'];
  readonly monotonicMs: () => number;
  /** Monotonic instant at which the server is to give up. */
  readonly deadlineMs: number;
  /** Hears of facts as they become known. */
  readonly learn: (facts: Facts) => void;
};

const MOST_ROWS = 1000;
const MOST_BYTES = 1024 * 1024;
/** The tables of one schema. */
const MOST_OWN_ROWS = 2000;
const MOST_OWN_BYTES = 8 * 1024 * 1024;
/** A clock that is a little ahead of ours may end a statement a little early. */
const EARLY_MS = 50;
/** How long a goodbye may take. */
const GOODBYE_MS = 250;

/** Every wait of the server ends a little before the look does, so that it can still say why. */
const SET_UP = `
  select session_user::text, pg_catalog.pg_is_in_recovery()::text,
    set_config('statement_timeout', $1, true), set_config('lock_timeout', $2, true),
    set_config('idle_in_transaction_session_timeout', $1, true),
    set_config('datestyle', 'ISO', true), set_config('client_min_messages', 'error', true)`;

const SET = 'select set_config($1, $2, true)';

type Values = readonly (string | null)[];

const statements = (session: Session) => {
  const { client, broken, scrub, monotonicMs, deadlineMs } = session;
  const late = (): boolean => monotonicMs() >= deadlineMs - EARLY_MS;
  const put = async (question: Parameters<typeof ask>[1], doing: Omit<Doing, 'scrub' | 'late'>): Promise<Answer> => {
    try {
      return await Promise.race([ask(client, question), broken]);
    } catch (error) {
      throw databaseTrouble(error, { ...doing, scrub, late });
    }
  };
  return {
    own: (text: string, values: Values, stage: Doing['stage'] = 'look') =>
      put({ text, values, foreign: false, mostRows: MOST_OWN_ROWS, mostBytes: MOST_OWN_BYTES }, { stage, query: null }),
    foreign: (text: string, values: Values) =>
      put({ text, values, foreign: true, mostRows: MOST_ROWS, mostBytes: MOST_BYTES }, { stage: 'query', query: text }),
  };
};

type Statements = ReturnType<typeof statements>;

const setUp = async ({ own }: Statements, { monotonicMs, deadlineMs, learn }: Session): Promise<void> => {
  await own('begin transaction read only', []);
  const leftMs = Math.max(2, Math.floor(deadlineMs - monotonicMs()));
  const { rows } = await own(SET_UP, [String(leftMs), String(leftMs - 1)]);
  const [[role = null, recovery = null] = []] = rows;
  learn({
    ...(role === null ? {} : { role }),
    ...(recovery === null ? {} : { 'in-recovery': recovery === 'true' }),
  });
};

const askQuery = async (spec: Spec & { readonly query: string }, { own, foreign }: Statements): Promise<Facts> => {
  const role = spec['as-role'];
  if (role !== undefined) await own(SET, ['role', role], 'role');
  for (const [name, value] of Object.entries(spec.set ?? {})) await own(SET, [name, String(value)], 'setting');
  const values = (spec.params ?? []).map((value) => (value === null ? null : String(value)));
  const answer = await foreign(spec.query, values);
  const rows = rowsOf(answer);
  return { rows, json: rows, cut: answer.cut, ...(answer.cut ? {} : { 'row-count': rows.length }) };
};

/**
 * Everything between login and goodbye, in one read-only transaction that is rolled back: the structure as who logged
 * in, then the role, the settings and the query.
 */
export const lookInside = async (spec: Spec, session: Session): Promise<void> => {
  const put = statements(session);
  await setUp(put, session);
  session.learn(await lookAtStructure(spec, (text, value) => put.own(text, [value])));
  const { query } = spec;
  if (query !== undefined) session.learn(await askQuery({ ...spec, query }, put));
};

/** Ends the transaction and the session in an orderly way, if the server takes part in it. */
export const sayGoodbye = async ({ client, broken }: Session): Promise<void> => {
  const rollback = ask(client, { text: 'rollback', values: [], foreign: false, mostRows: 1, mostBytes: 1024 });
  const goodbye = rollback.then(() => client.connection.end());
  await within(
    Promise.race([goodbye, broken]).catch(() => {}),
    GOODBYE_MS,
  );
};
