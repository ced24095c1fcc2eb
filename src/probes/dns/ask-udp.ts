import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { Endpoint } from '../tcp/endpoint.ts';
import { BadMessage } from './bad-message.ts';
import { decodeMessage, type DnsMessage, messageId } from './message.ts';

/** A query that is ready to go, and what an answer to it looks like. */
export type Question = {
  readonly id: number;
  readonly bytes: Buffer;
  readonly name: string;
  readonly type: number;
};

/** What came of asking one server once. `ignored` counts datagrams that were no answer to this question. */
export type Reply =
  | { readonly state: 'answer'; readonly message: DnsMessage }
  | { readonly state: 'silent'; readonly ignored: number }
  | { readonly state: 'closed' }
  | { readonly state: 'broken'; readonly error: string };

/** Whether a message answers the question: its id, and the question that it repeats. An error may leave that out. */
export const isAnswerTo = ({ id, name, type }: Question, message: DnsMessage): boolean =>
  message.isResponse &&
  message.id === id &&
  (message.question === null ? message.rcode !== 0 : message.question.name === name && message.question.type === type);

/** Reads what came; null for what is no answer to the question. A bad message with the right id is the server's fault. */
export const readReply = (question: Question, bytes: Buffer): Reply | null => {
  if (messageId(bytes) !== question.id) return null;
  try {
    const message = decodeMessage(bytes);
    return isAnswerTo(question, message) ? { state: 'answer', message } : null;
  } catch (error) {
    if (!(error instanceof BadMessage)) throw error;
    return { state: 'broken', error: error.message };
  }
};

const errorCode = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : error.message);

/**
 * Asks over UDP and waits so long for the answer; other datagrams are ignored. The socket is connected, so that only
 * this server is heard and a port that nobody listens on is noticed. Rejects with the signal's reason.
 */
export const askUdp = (server: Endpoint, question: Question, waitMs: number, signal: AbortSignal): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const socket = createSocket(isIPv6(server.host.replace(/%.*$/, '')) ? 'udp6' : 'udp4');
    let ignored = 0;
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      socket.removeAllListeners();
      socket.on('error', () => {});
      socket.close();
      settle();
    };
    const finish = (reply: Reply): void => end(() => resolve(reply));
    const abort = (): void => end(() => reject(new Silence(signal.reason, ignored)));
    const timer = setTimeout(() => finish({ state: 'silent', ignored }), waitMs);
    socket.on('error', (error) => {
      const code = errorCode(error);
      finish(code === 'ECONNREFUSED' ? { state: 'closed' } : { state: 'broken', error: code });
    });
    socket.on('message', (bytes) => {
      const reply = readReply(question, bytes);
      if (reply === null) ignored += 1;
      else finish(reply);
    });
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    return socket.connect(server.port, server.host, () => socket.send(question.bytes));
  });

/** Thrown when the signal ended a wait: its reason, and what was heard and ignored until then. */
export class Silence extends Error {
  override readonly name = 'Silence';
  readonly reason: unknown;
  readonly ignored: number;

  constructor(reason: unknown, ignored: number) {
    super('the wait for an answer was ended');
    this.reason = reason;
    this.ignored = ignored;
  }
}
