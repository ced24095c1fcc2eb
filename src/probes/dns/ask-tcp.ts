import { connect } from 'node:net';
import type { Endpoint } from '../tcp/endpoint.ts';
import type { Wait } from './ask-udp.ts';
import { brokenBy, type Question, readReply, type Reply } from './reply.ts';

const BROKEN_OFF: Reply = { state: 'broken', error: 'the connection ended before the answer was whole' };

const framed = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

/** The message in what came so far: two bytes of length, then as many (RFC 1035, 4.2.2); null while it is not whole. */
const wholeMessage = (bytes: Buffer): Buffer | null => {
  const length = bytes.length < 2 ? Infinity : bytes.readUInt16BE();
  return bytes.length < 2 + length ? null : bytes.subarray(2, 2 + length);
};

/** Asks once over TCP, on a connection for this question alone. Rejects with the signal's reason. */
export const askTcp = (server: Endpoint, question: Question, { waitMs, signal }: Wait): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: server.host, port: server.port });
    let received = Buffer.alloc(0);
    const close = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      socket.destroy();
    };
    const finish = (reply: Reply): void => {
      close();
      resolve(reply);
    };
    const abort = (): void => {
      close();
      reject(signal.reason);
    };
    const timer = setTimeout(() => finish({ state: 'silent' }), waitMs);
    signal.addEventListener('abort', abort, { once: true });
    socket.on('error', (error) => finish(brokenBy(error)));
    socket.on('close', () => finish(BROKEN_OFF));
    socket.on('connect', () => socket.write(framed(question.bytes)));
    socket.on('data', (bytes) => {
      received = Buffer.concat([received, bytes]);
      const message = wholeMessage(received);
      if (message === null) return;
      finish(readReply(question, message) ?? { state: 'broken', error: 'it answers another question' });
    });
  });
