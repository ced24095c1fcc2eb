import { printable } from '../engine/printable.ts';
import { CouldNotLook } from '../probe.ts';
import type { Frame } from './frames.ts';
import { notPostgres } from './open.ts';

/** What is known of us when the server asks who we are. */
export type Credentials = {
  readonly password: string | null;
  readonly encrypted: boolean;
  /** Whether the password may only be proved to who holds the key of the certificate (`channel_binding=require`). */
  readonly bound: boolean;
};

/** Stands before the client. */
export type Gate = {
  /** Whether a message of this type may come now. */
  readonly expects: (type: string) => boolean;
  /** Looks at a message before the client reads it. Throws `CouldNotLook` on what must not be answered. */
  readonly check: (frame: Frame) => void;
};

const AUTHENTICATION = 'R';
const BEFORE_LOGIN = 'RENv';
const AFTER_LOGIN = '123ACDEGHIKNRSTVWZcdnstv';

const OK = 0;
const CLEARTEXT = 3;
const MD5 = 5;
const SASL = 10;
const SASL_CONTINUE = 11;
const SASL_FINAL = 12;

/** How long the messages of the methods are that say nothing more, or a salt of four bytes. */
const SIZES: ReadonlyMap<number, number> = new Map([
  [OK, 9],
  [CLEARTEXT, 9],
  [MD5, 13],
]);

const OTHERS: ReadonlyMap<number, string> = new Map([
  [2, 'Kerberos V5'],
  [6, 'SCM credentials'],
  [7, 'GSSAPI'],
  [9, 'SSPI'],
]);

const refuse = (message: string): CouldNotLook => new CouldNotLook('sql-auth', message);

const mechanismsOf = (bytes: Buffer): readonly string[] =>
  bytes
    .toString('latin1', 9)
    .split('\0')
    .filter((one) => one !== '')
    .slice(0, 8);

const saslProblem = (bytes: Buffer, { bound }: Credentials): string | null => {
  const offered = mechanismsOf(bytes);
  const shown = offered.map((one) => printable(one, 40)).join(', ');
  if (bound && !offered.includes('SCRAM-SHA-256-PLUS')) {
    return `url asks for channel binding, and the server only offers ${shown}: the password was not sent`;
  }
  return offered.some((one) => one === 'SCRAM-SHA-256' || one === 'SCRAM-SHA-256-PLUS')
    ? null
    : `the server asks for a login by ${shown}, which is not spoken here`;
};

const requestProblem = (method: number, bytes: Buffer, credentials: Credentials): string | null => {
  const { password, encrypted, bound } = credentials;
  const other = OTHERS.get(method);
  if (other !== undefined) return `the server asks for a login by ${other}, which is not spoken here`;
  if (method !== CLEARTEXT && method !== MD5 && method !== SASL) {
    return `the server asks for a login by a method of the number ${method}, which nobody knows`;
  }
  if (password === null) return 'the server asks for a password, and url holds none';
  if (method === SASL) return saslProblem(bytes, credentials);
  if (bound) return 'url asks for channel binding, and the server offers none: the password was not sent';
  if (method === CLEARTEXT && !encrypted) {
    return 'the server asks for the password in clear text, without TLS: it was not sent';
  }
  return null;
};

/**
 * Keeps the order of a login, and the password from who should not have it: a server that asks for it in clear text
 * without TLS, one that offers less than the URL demands, one that lets us in before it has proved that it knows it.
 */
export const makeGate = (credentials: Credentials): Gate => {
  let state: 'waiting' | 'proving' | 'proved' | 'in' = 'waiting';

  const authenticate = (bytes: Buffer): void => {
    if (bytes.length < 9) throw notPostgres(bytes);
    const method = bytes.readUInt32BE(5);
    if ((SIZES.get(method) ?? bytes.length) !== bytes.length) throw notPostgres(bytes);
    if (state === 'in') throw refuse('the server asks for a login a second time');
    if (method === OK) {
      if (state === 'proving') throw refuse('the server lets us in without a proof that it knows the password');
      state = 'in';
      return;
    }
    if (method === SASL_CONTINUE || method === SASL_FINAL) {
      if (state !== 'proving') throw refuse('the server goes on with a login that has not begun');
      if (method === SASL_FINAL) state = 'proved';
      return;
    }
    if (state !== 'waiting') throw refuse('the server changes its mind about how to log in');
    const problem = requestProblem(method, bytes, credentials);
    if (problem !== null) throw refuse(problem);
    state = method === SASL ? 'proving' : 'proved';
  };

  return {
    expects: (type) => (state === 'in' ? AFTER_LOGIN : BEFORE_LOGIN).includes(type),
    check: ({ type, bytes }) => {
      if (type === AUTHENTICATION) authenticate(bytes);
    },
  };
};
