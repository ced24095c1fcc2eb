import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { CouldNotLook } from '../probe.ts';
import { testContext } from '../test-context.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';

const closers: (() => unknown)[] = [];

/** For tests: something that has to be closed after the test. */
export const onClose = (close: () => unknown): void => void closers.push(close);

/** For tests: closes everything that a test has opened. */
export const closeAll = async (): Promise<void> => {
  for (const close of closers.splice(0)) await close();
};

/** For tests: the port of a server, put up for one test. */
export const portOf = async (server: Server, host = '127.0.0.1', port = 0): Promise<number> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  server.listen(port, host);
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};

/** For tests: a server that does with each connection what the test says. */
export const serve = (answer: (socket: Socket) => void, host = '127.0.0.1', port = 0): Promise<number> =>
  portOf(createServer(answer), host, port);

/** For tests: a port on which nothing listens. */
export const deadPort = async (): Promise<number> => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
};

const BLOCKED = `
const { createServer } = require('node:net');
const { parentPort } = require('node:worker_threads');
const server = createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  parentPort.postMessage(server.address().port);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});`;

/** For tests: a port that does not answer at all: nobody accepts, and its queue is full. */
export const silentPort = async (): Promise<number> => {
  const worker = new Worker(BLOCKED, { eval: true });
  closers.push(() => worker.terminate());
  const [port] = await once(worker, 'message');
  for (let count = 0; count < 4; count += 1) {
    const filler = connect({ port, host: '127.0.0.1' });
    filler.on('error', () => {});
    closers.push(() => filler.destroy());
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  return port;
};

/** For tests: what a look fails with. */
export const failureOf = async (spec: Spec, timeoutMs = 5000): Promise<CouldNotLook> => {
  const error: unknown = await look(spec, testContext(timeoutMs)).catch((thrown: unknown) => thrown);
  if (error instanceof CouldNotLook) return error;
  throw new Error(`the look should have failed: ${JSON.stringify(error)}`, { cause: error });
};
