import { DatabaseError } from 'pg';
import type { ReasonCode } from '../../model/reason-code.ts';
import { printable } from '../engine/printable.ts';
import { CouldNotLook } from '../probe.ts';
import { GivesNoRows } from './ask.ts';

/** What was being done when the server said no. */
export type Doing = {
  readonly stage: 'login' | 'look' | 'role' | 'setting' | 'query';
  /** The statement, when it is the check's own: positions are in it. */
  readonly query: string | null;
  /** Takes the password and the URL out of what the server says. */
  readonly scrub: (text: string) => string;
  /** Whether the time that the statement had is over. */
  readonly late: () => boolean;
};

const MOST_CHARACTERS = 300;

const BY_STATE: ReadonlyMap<string, ReasonCode> = new Map([
  ['28000', 'sql-auth'],
  ['28P01', 'sql-auth'],
  ['42501', 'sql-auth'],
  ['42P01', 'table-missing'],
  ['42703', 'column-missing'],
]);

/** The server ended the statement: it waited for a lock, or worked for too long. */
const STOPPED: ReadonlySet<string> = new Set(['57014', '55P03']);

const PREFIXES: { readonly [Stage in Doing['stage']]: string } = {
  login: 'the server refuses the login: ',
  look: 'the look at the database failed: ',
  role: 'the role of as-role cannot be taken: ',
  setting: 'a setting of set cannot be made: ',
  query: '',
};

/** `line 2, column 8`; a position counts characters from 1. */
const placeIn = (query: string | null, position: string | undefined): string | null => {
  const count = Number(position);
  if (query === null || !Number.isInteger(count) || count < 1) return null;
  const before = [...query]
    .slice(0, count - 1)
    .join('')
    .split('\n');
  return `line ${before.length}, column ${[...(before.at(-1) ?? '')].length + 1}`;
};

const codeOf = (state: string, { stage, late }: Doing): ReasonCode => {
  if (STOPPED.has(state) && late()) return 'timeout';
  const known = BY_STATE.get(state) ?? 'query-failed';
  const ofQuery = known === 'table-missing' || known === 'column-missing';
  return ofQuery && stage !== 'query' ? 'query-failed' : known;
};

const said = (text: string | undefined, scrub: Doing['scrub']): string =>
  printable(scrub(text ?? ''), MOST_CHARACTERS) || 'an error without words';

const serverTrouble = (error: DatabaseError, doing: Doing): CouldNotLook => {
  const state = /^[0-9A-Z]{5}$/.test(error.code ?? '') ? (error.code ?? '') : 'no code';
  const place = placeIn(doing.query, error.position);
  const hint = error.hint === undefined ? '' : `. ${said(error.hint, doing.scrub)}`;
  const where = place === null ? '' : `${place}; `;
  const message = `${PREFIXES[doing.stage]}${said(error.message, doing.scrub)} (${where}${state})${hint}`;
  return new CouldNotLook(codeOf(state, doing), message, {}, { cause: error });
};

/**
 * What to throw for what a statement or a login ended with: `CouldNotLook` for all that a server can cause, else the
 * error itself. A query that may not read something is `sql-auth`: nothing was seen, so nothing can be told.
 */
export const databaseTrouble = (error: unknown, doing: Doing): unknown => {
  if (error instanceof GivesNoRows) {
    const message = 'the query gives no rows, so it was not run: write a SELECT (a look changes nothing)';
    return new CouldNotLook('query-failed', message);
  }
  if (error instanceof DatabaseError) return serverTrouble(error, doing);
  if (!(error instanceof Error) || !error.message.startsWith('SASL')) return error;
  const message = `the login cannot be finished: ${said(error.message, doing.scrub)}`;
  return new CouldNotLook('sql-auth', message, {}, { cause: error });
};
