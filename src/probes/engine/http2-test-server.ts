import { createServer, type Server, type Socket } from 'node:net';
import { listen } from '../../../tests/stack/listen.ts';
import { getRequest, realContext, troubleOf } from '../../../tests/stack/requests.ts';
import type { CouldNotLook } from '../probe.ts';
import { exchange } from './exchange.ts';
import { DATA, END_HEADERS, HEADERS, PREFACE, readFrames, SETTINGS } from './http2-frames.ts';
import type { HttpRequest } from './request.ts';

/** For tests: one frame as bytes, whether it makes sense or not. */
export const frame = (type: number, flags: number, stream: number, payload: Uint8Array | string = ''): Buffer => {
  const body = typeof payload === 'string' ? Buffer.from(payload, 'latin1') : Buffer.from(payload);
  const start = Buffer.alloc(9);
  start.writeUIntBE(body.length, 0, 3);
  start.writeUInt8(type, 3);
  start.writeUInt8(flags, 4);
  start.writeUInt32BE(stream, 5);
  return Buffer.concat([start, body]);
};

/** For tests: numbers of four bytes. */
export const words = (...values: readonly number[]): Buffer =>
  Buffer.concat(
    values.map((value) => {
      const word = Buffer.alloc(4);
      word.writeUInt32BE(value);
      return word;
    }),
  );

/** For tests: a SETTINGS frame of these values by number. */
export const settings = (...pairs: readonly (readonly [id: number, value: number])[]): Buffer =>
  frame(SETTINGS, 0, 0, Buffer.concat(pairs.map(([id, value]) => Buffer.concat([Buffer.from([0, id]), words(value)]))));

/** For tests: a field that no table holds, as HPACK writes it (RFC 7541, 6.2.2); name and value under 127 bytes. */
export const literal = (name: string, value: string): Buffer =>
  Buffer.from(`\0${String.fromCodePoint(name.length)}${name}${String.fromCodePoint(value.length)}${value}`, 'latin1');

/** For tests: `:status: 200` out of the static table of HPACK. */
export const STATUS_200 = Buffer.from([0x88]);

/** For tests: whether everything that was opened is closed again. */
export type RawServer = { readonly port: number; readonly closed: () => Promise<void>; readonly stop: () => void };

/** For tests: a server that says what it is told, once a request has come, or at once when `greets`. */
export const startRawServer = async (act: (socket: Socket) => void, greets = false): Promise<RawServer> => {
  const closings: Promise<void>[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    closings.push(new Promise((resolve) => socket.once('close', () => resolve())));
    let asked = greets;
    if (greets) act(socket);
    const read = readFrames(
      {
        begin: () => {},
        end: ({ type }) => {
          if (type === HEADERS && !asked) {
            asked = true;
            act(socket);
          }
          return false;
        },
      },
      PREFACE.length,
    );
    socket.on('data', read);
  });
  const port = await listen(server);
  return {
    port,
    closed: async () => {
      await Promise.all(closings);
    },
    stop: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
};

/** For tests: the head of an answer 200 on the first stream. */
export const ok = (flags = END_HEADERS): Buffer => frame(HEADERS, flags, 1, STATUS_200);

/** For tests: a piece of its body. */
export const data = (text: string, flags = 0): Buffer => frame(DATA, flags, 1, text);

const servers: RawServer[] = [];

/** For tests: stops everything that `start` and `saying` have put up. */
export const stopAll = (): void => {
  for (const server of servers.splice(0)) server.stop();
};

/** For tests: `startRawServer`, stopped with the others. */
export const start = async (act: (socket: Socket) => void, greets = false): Promise<RawServer> => {
  const server = await startRawServer(act, greets);
  servers.push(server);
  return server;
};

/** For tests: a server that says these frames behind its SETTINGS once it was asked. */
export const saying = (...frames: readonly Uint8Array[]): Promise<RawServer> =>
  start((socket) => socket.write(Buffer.concat([settings(), ...frames])));

/** For tests: what an exchange with a server comes to. Our end of the connection is closed afterwards. */
export const troubleAt = async (
  server: RawServer,
  changes: Partial<HttpRequest> = {},
  ms = 5000,
): Promise<CouldNotLook> => {
  const request = getRequest(`http://127.0.0.1:${server.port}/`, { http2: true, ...changes });
  const trouble = await troubleOf(exchange(request, realContext(ms)));
  await server.closed();
  return trouble;
};
