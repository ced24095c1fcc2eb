import type { WebSocket } from 'ws';
import { aftermathMs } from '../tcp/aftermath.ts';
import { CLOSING_MS } from './handshake.ts';
import type { Spec } from './schema.ts';
import type { Settings } from './settings.ts';
import type { Closing, Talk } from './talk.ts';

/** An open connection with what is noted about it. */
export type Open = {
  readonly socket: WebSocket;
  readonly talk: Talk;
  readonly openedAt: number;
  readonly settings: Settings;
  readonly monotonicMs: () => number;
};

/** Waits until something is so, or the connection has ended; at most for `ms`. */
const waitFor = (talk: Talk, isSo: () => boolean, ms: number): Promise<void> =>
  new Promise((resolve) => {
    const isDone = (): boolean => talk.closing !== null || talk.fault !== null || isSo();
    const finish = (): void => {
      clearTimeout(timer);
      talk.changed = () => {};
      resolve();
    };
    const timer = setTimeout(finish, Math.max(0, ms));
    talk.changed = () => {
      if (isDone()) finish();
    };
    talk.changed();
  });

const NEVER = (): boolean => false;

const say = ({ socket, talk, monotonicMs }: Open, { send }: Spec): void => {
  if (send === undefined || socket.readyState !== socket.OPEN) return;
  talk.askedAt = monotonicMs();
  // What goes wrong with sending ends the connection, which is heard of elsewhere.
  socket.send(typeof send === 'string' ? send : JSON.stringify(send), () => {});
};

/** Whether it would go unnoticed otherwise that a server greets, or does not mean it and closes right after opening. */
const needsMoment = ({ settings }: Open, { send, answer }: Spec): boolean =>
  send === undefined
    ? !settings.awaitsAnswer && !settings.awaitsClose && settings.forMs === null
    : answer === undefined;

/** Up to which instant a connection was watched, and how the server closed it before; null when it did not. */
export type TalkEnd = { readonly until: number; readonly closing: Closing | null };

/**
 * Says what the spec says and waits for what it waits for: the answer, the closing, or the end of `for`. Throws what
 * broke the talk.
 */
export const converse = async (open: Open, spec: Spec, connectMs: number): Promise<TalkEnd> => {
  const { socket, talk, openedAt, settings, monotonicMs } = open;
  const { withinMs, awaitsAnswer, awaitsClose } = settings;
  const forMs = awaitsClose ? null : settings.forMs;
  // A greeting comes now, and so is not taken for an answer to what is sent after it.
  if (needsMoment(open, spec)) await waitFor(talk, NEVER, aftermathMs(connectMs));
  say(open, spec);
  if (awaitsAnswer) await waitFor(talk, () => talk.answer !== null, withinMs);
  if (awaitsClose) await waitFor(talk, NEVER, withinMs);
  else if (forMs !== null) await waitFor(talk, NEVER, openedAt + forMs - monotonicMs());
  const end = forMs === null ? monotonicMs() : openedAt + forMs;
  // A server that has said goodbye has closed the connection, even if it keeps it open.
  if (socket.readyState !== socket.OPEN) await waitFor(talk, NEVER, 2 * CLOSING_MS);
  const { fault, closing } = talk;
  if (fault !== null) throw fault;
  return closing === null || closing.at > end ? { until: end, closing: null } : { until: closing.at, closing };
};

/** Closes an open connection in an orderly way, for a moment; whoever opened it ends it then. */
export const sayGoodbye = async ({ socket, talk }: Pick<Open, 'socket' | 'talk'>): Promise<void> => {
  if (socket.readyState !== socket.OPEN) return;
  socket.close(1000);
  await waitFor(talk, NEVER, CLOSING_MS);
};
