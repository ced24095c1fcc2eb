import { Server, ServerCredentials, type ServiceDefinition, type handleUnaryCall } from '@grpc/grpc-js';
import { createServer, type Http2Server, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { Server as NetServer, Socket } from 'node:net';
import { listen } from '../../../tests/stack/listen.ts';

/** For tests: a call that the server got, and what it does with it. */
export type Handler = handleUnaryCall<Call, number>;

/** For tests: whatever was started, by its port. */
export type Running = { readonly port: number; readonly stop: () => void };

type Call = { readonly service: string };

/** A HealthCheckRequest, read by its bytes and not by the code under test. */
const deserialize = (bytes: Buffer): Call => {
  if (bytes.length === 0) return { service: '' };
  if (bytes[0] !== 0x0a || bytes[1] !== bytes.length - 2) throw new Error('not a HealthCheckRequest');
  return { service: bytes.subarray(2).toString('utf8') };
};

const definition: ServiceDefinition = {
  check: {
    path: '/grpc.health.v1.Health/Check',
    requestStream: false,
    responseStream: false,
    requestSerialize: () => Buffer.of(),
    requestDeserialize: deserialize,
    responseSerialize: (status: number) => (status === 0 ? Buffer.of() : Buffer.of(0x08, status)),
    responseDeserialize: (bytes) => bytes,
  },
};

/** For tests: a gRPC server as they are used, with a health service or, for null, without one. */
export const startGrpc = async (
  check: Handler | null,
  credentials: ServerCredentials = ServerCredentials.createInsecure(),
): Promise<Running> => {
  const server = new Server();
  if (check !== null) server.addService(definition, { check });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', credentials, (error, bound) => (error === null ? resolve(bound) : reject(error))),
  );
  return { port, stop: () => server.forceShutdown() };
};

/** For tests: any server, whose connections end with it. */
export const startServer = async (server: NetServer | Http2Server): Promise<Running> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  const port = await listen(server);
  return {
    port,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
};

/** For tests: an HTTP/2 server that does with each stream what the test says. */
export const startStreams = (
  answer: (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => void,
): Promise<Running> => {
  const server = createServer();
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {});
    answer(stream, headers);
  });
  server.on('sessionError', () => {});
  return startServer(server);
};

/** For tests: what a stream is answered with, all of it at once. */
export type Reply = {
  readonly head?: { readonly [name: string]: string | number };
  readonly body?: Uint8Array | string;
  /** Null ends the stream without any. */
  readonly trailers?: { readonly [name: string]: string } | null;
};

/** For tests: a whole answer of gRPC, right but for what the test makes wrong. */
export const reply = (
  stream: ServerHttp2Stream,
  { head = {}, body = '', trailers = { 'grpc-status': '0' } }: Reply,
): void => {
  stream.respond(
    { ':status': 200, 'content-type': 'application/grpc', ...head },
    { waitForTrailers: trailers !== null, endStream: body === '' && trailers === null },
  );
  if (trailers !== null) stream.on('wantTrailers', () => stream.sendTrailers({ ...trailers }));
  if (body !== '' || trailers !== null) stream.end(body);
};

/** For tests: a message with its prefix, which may lie. */
export const message = (bytes: readonly number[], flag = 0, length = bytes.length): Buffer => {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt8(flag);
  prefix.writeUInt32BE(length, 1);
  return Buffer.concat([prefix, Buffer.from(bytes)]);
};

/** For tests: the message that says SERVING. */
export const SERVING = message([0x08, 0x01]);
