import { createSocket } from 'node:dgram';
import type { Endpoint } from '../tcp/endpoint.ts';
import { brokenBy, type Question, readReply, type Reply } from './reply.ts';

/** How long to wait, and what to count meanwhile. */
export type Wait = {
  readonly waitMs: number;
  readonly signal: AbortSignal;
  /** Counts what came and was no answer to the question. */
  readonly tally: { ignored: number };
};

/**
 * Asks once over UDP; what is no answer to this question is ignored. The socket is connected, so that only this server
 * is heard, and a port on which nobody listens is noticed. Rejects with the signal's reason.
 */
export const askUdp = (server: Endpoint, question: Question, { waitMs, signal, tally }: Wait): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const socket = createSocket(server.host.includes(':') ? 'udp6' : 'udp4');
    const close = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      socket.removeAllListeners('message').removeAllListeners('error');
      socket.on('error', () => {});
      socket.close();
    };
    const finish = (reply: Reply): void => {
      close();
      resolve(reply);
    };
    const abort = (): void => {
      close();
      reject(signal.reason);
    };
    const fail = (error: Error | null | undefined): void => {
      if (error) finish(brokenBy(error));
    };
    const timer = setTimeout(() => finish({ state: 'silent' }), waitMs);
    signal.addEventListener('abort', abort, { once: true });
    socket.on('error', fail);
    socket.on('message', (bytes) => {
      const reply = readReply(question, bytes);
      if (reply === null) tally.ignored += 1;
      else finish(reply);
    });
    socket.connect(server.port, server.host, () => socket.send(question.bytes, fail));
  });
