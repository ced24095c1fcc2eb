import type { Socket } from 'node:net';
import { testContext } from '../test-context.ts';
import { runRaw, type Running } from '../tls/test-servers.ts';
import { CouldNotLook } from '../probe.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';

/** For tests: a message of a server, with a length that is right unless another one is given. */
export const message = (type: string, body: Uint8Array = Buffer.alloc(0), length = body.length + 4): Buffer => {
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeUInt32BE(length, 1);
  return Buffer.concat([head, body]);
};

/** For tests: a number of four bytes. */
export const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};

/** For tests: a number of two bytes. */
export const int16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
};

/** For tests: a text with the zero that ends it. */
export const text = (value: string): Buffer => Buffer.from(`${value}\0`, 'utf8');

/** For tests: a request for a login, by its number. */
export const authentication = (method: number, rest: Uint8Array = Buffer.alloc(0)): Buffer =>
  message('R', Buffer.concat([int32(method), rest]));

/** For tests: an error as a server words it. */
export const errorMessage = (fields: { readonly [field: string]: string }, type = 'E'): Buffer =>
  message(
    type,
    Buffer.concat([...Object.entries(fields).map(([field, value]) => text(`${field}${value}`)), Buffer.of(0)]),
  );

/** For tests: the description of columns of type text. */
export const columnsMessage = (names: readonly string[]): Buffer =>
  message(
    'T',
    Buffer.concat([
      int16(names.length),
      ...names.map((name) =>
        Buffer.concat([text(name), int32(0), int16(0), int32(25), int16(-1), int32(-1), int16(0)]),
      ),
    ]),
  );

/** For tests: a row of texts. */
export const rowMessage = (values: readonly string[]): Buffer =>
  message(
    'D',
    Buffer.concat([
      int16(values.length),
      ...values.map((value) => Buffer.concat([int32(Buffer.byteLength(value)), Buffer.from(value)])),
    ]),
  );

export const READY = message('Z', Buffer.from('T'));
export const LET_IN = Buffer.concat([authentication(0), message('K', Buffer.alloc(8, 1)), READY]);
const DONE = message('C', text('SELECT 1'));

/** For tests: what a server says at a point of its script. */
export const says =
  (...parts: readonly (Buffer | string)[]) =>
  (socket: Socket): void =>
    void socket.write(Buffer.concat(parts.map((part) => Buffer.from(part))));

/** For tests: answers our own statements as a server does that has nothing. */
const OWN = Buffer.concat([
  message('1'),
  message('2'),
  columnsMessage(['a', 'b']),
  rowMessage(['me', 'false']),
  DONE,
  READY,
]);

const isStartup = (data: Buffer): boolean => data.length > 8 && data.readUInt32BE(4) === 0x0003_0000;

/** The statement that a client wants parsed. */
const statementIn = (data: Buffer): string | null =>
  data[0] === 0x50 ? data.toString('utf8', 6, data.indexOf(0, 6)) : null;

/** For tests: what a server says to a connection, to the login, and to a statement that is not one of our own. */
export type Script = {
  readonly login?: (socket: Socket) => void;
  readonly query?: (socket: Socket) => void;
};

/** For tests: a server without TLS that follows a script and is honest in everything else; `heard` is all it was sent. */
export const runBackend = async (script: Script) => {
  const heard: Buffer[] = [];
  const server = await runRaw((socket) => {
    socket.on('data', (data: Buffer) => {
      heard.push(data);
      if (data.length === 8) return void socket.write('N');
      if (isStartup(data)) return script.login === undefined ? void socket.write(LET_IN) : script.login(socket);
      const statement = statementIn(data);
      if (statement === null) return undefined;
      if (statement.startsWith('select bad') && script.query !== undefined) return script.query(socket);
      return void socket.write(OWN);
    });
  });
  return { server, heard: () => Buffer.concat(heard).toString('latin1') };
};

/** For tests: a look at a server on this machine, and how it failed. */
export const failureAt = async (
  { port }: Pick<Running, 'port'>,
  spec: Partial<Spec> = {},
  timeoutMs = 5000,
): Promise<CouldNotLook> => {
  const url = `postgres://me:sesame-open@127.0.0.1:${port}/db`;
  const error: unknown = await look({ url, ...spec }, testContext(timeoutMs)).catch((thrown: unknown) => thrown);
  if (error instanceof CouldNotLook) return error;
  throw new Error('the look should have failed', { cause: error });
};
