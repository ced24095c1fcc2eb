import { connect, isIP, type Socket } from 'node:net';
import { CouldNotLook } from '../probe.ts';
import type { ReasonCode } from '../../model/reason-code.ts';

/** One address that is tried. `state` is `open` once it answered, an error code when it refused, null while it is pending. */
export type Attempt = { readonly address: string; readonly family: 4 | 6; state: 'open' | string | null };

export type Dialled = { readonly socket: Socket; readonly address: string };

/** When an address does not answer within this, the next one is tried beside it (RFC 8305, 5). */
const NEXT_AFTER_MS = 250;

const SHOWN = 8;

const LOCAL_LIMITS: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM']);

const WORDS: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'refused the connection'],
  ['ECONNRESET', 'reset the connection'],
  ['ETIMEDOUT', 'did not answer'],
  ['EHOSTUNREACH', 'is unreachable'],
  ['ENETUNREACH', 'is unreachable: no route to its network'],
]);

const sentence = (error: string): string =>
  LOCAL_LIMITS.has(error)
    ? `could not be tried: a limit of this machine (${error})`
    : (WORDS.get(error) ?? `is unreachable (${error})`);

const CODES: readonly (readonly [error: string, code: ReasonCode])[] = [
  ['ECONNREFUSED', 'connect-refused'],
  ['ECONNRESET', 'connect-reset'],
  ['ETIMEDOUT', 'connect-timeout'],
];

/** What to say of an attempt in a fact: null when it is the one that answered. */
export const attemptError = ({ state }: Attempt): string | null => {
  if (state === 'open') return null;
  return state === null ? 'no answer yet when the attempt ended' : sentence(state);
};

const DEAD: ReadonlySet<string> = new Set(
  ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH'].map((error) => sentence(error)),
);

/** Whether what `attemptError` says is about the address: a network that this machine cannot reach says nothing of it. */
export const isDead = (error: string): boolean => DEAD.has(error);

/** Which addresses have not answered yet, for messages; null when none is being tried. */
export const attemptsPending = (attempts: readonly Attempt[], port: number): string | null => {
  const silent = attempts.filter(({ state }) => state === null).map(({ address }) => address);
  return silent.length === 0 ? null : `no answer from ${silent.slice(0, SHOWN).join(', ')}, port ${port}`;
};

/** The reason of a connection that could not be made, out of the errors of every address. */
export const connectTrouble = (attempts: readonly Attempt[], port: number): CouldNotLook => {
  const errors = attempts.map(({ state }) => state ?? 'ETIMEDOUT');
  const own = errors.every((error) => LOCAL_LIMITS.has(error));
  const [, code = 'connect-unreachable'] = CODES.find(([error]) => errors.includes(error)) ?? [];
  const told = attempts.map(({ address }, index) => `${address} ${sentence(errors[index] ?? '')}`);
  const where = attempts.length === 1 ? `port ${port}` : `port ${port}, none of ${attempts.length} addresses`;
  return new CouldNotLook(own ? 'probe-crashed' : code, `${where}: ${told.slice(0, SHOWN).join('; ')}`);
};

const familyOf = (address: string): 4 | 6 => (isIP(address) === 6 ? 6 : 4);

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : 'EUNKNOWN');

/**
 * Connects to the first address that answers, in the order given; the next is tried as soon as one fails, or 250 ms
 * later. Records every attempt in `attempts`. Throws `CouldNotLook`, or the signal's reason.
 */
export const dial = (
  addresses: readonly string[],
  port: number,
  signal: AbortSignal,
  attempts: Attempt[],
): Promise<Dialled> =>
  new Promise((resolve, reject) => {
    const open = new Set<Socket>();
    let timer: NodeJS.Timeout | undefined;
    let next = 0;

    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      for (const socket of open) socket.destroy();
    };
    const abort = (): void => {
      settle();
      reject(signal.reason);
    };
    const failed = (attempt: Attempt, socket: Socket, error: Error): void => {
      attempt.state = codeOf(error);
      open.delete(socket);
      if (next < addresses.length) return tryNext();
      if (open.size > 0) return undefined;
      settle();
      return reject(connectTrouble(attempts, port));
    };
    const tryNext = (): void => {
      clearTimeout(timer);
      const address = addresses[next];
      if (address === undefined) return;
      next += 1;
      const attempt: Attempt = { address, family: familyOf(address), state: null };
      attempts.push(attempt);
      const socket = connect({ host: address, port, noDelay: true });
      open.add(socket);
      const onError = (error: Error): void => failed(attempt, socket, error);
      socket.once('error', onError);
      socket.once('connect', () => {
        attempt.state = 'open';
        open.delete(socket);
        socket.off('error', onError);
        settle();
        resolve({ socket, address });
      });
      if (next < addresses.length) timer = setTimeout(tryNext, NEXT_AFTER_MS);
    };

    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    return tryNext();
  });
