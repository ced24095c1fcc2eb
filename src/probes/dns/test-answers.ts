import { createSocket, type RemoteInfo, type Socket as DgramSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { canonicalIpv6 } from './canonical.ts';
import { type RecordType, TYPES } from './types.ts';
import { encodeName } from './wire-name.ts';

/** For tests: a record as it is to be sent; `data` in the form of a zone file, or as bytes. */
export type Sent = {
  readonly name: string;
  readonly type: RecordType | number;
  readonly data: string | Buffer;
  readonly ttl?: number;
  readonly class?: number;
};

/** For tests: what is wrong or special about an answer. */
export type AnswerOptions = {
  readonly rcode?: number;
  readonly flags?: number;
  readonly id?: number;
  readonly question?: Buffer;
  readonly count?: number;
};

const wire = (name: string): Buffer => encodeName(name === '.' ? [] : name.split('.')) ?? Buffer.from([0]);

const u16 = (...numbers: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(2 * numbers.length);
  for (const [index, number] of numbers.entries()) bytes.writeUInt16BE(number, 2 * index);
  return bytes;
};

const u32 = (...numbers: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (const [index, number] of numbers.entries()) bytes.writeUInt32BE(number, 4 * index);
  return bytes;
};

const ipv6 = (text: string): Buffer => {
  const [head = '', tail] = (canonicalIpv6(text) ?? text).split('::');
  const groups = (part: string): readonly string[] => (part === '' ? [] : part.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return u16(...[...before, ...zeros, ...after].map((group) => Number.parseInt(group, 16)));
};

const strings = (text: string): Buffer => {
  const bytes = Buffer.from(text, 'utf8');
  const parts = Array.from({ length: Math.max(1, Math.ceil(bytes.length / 255)) }, (_, index) =>
    bytes.subarray(255 * index, 255 * (index + 1)),
  );
  return Buffer.concat(parts.flatMap((part) => [Buffer.from([part.length]), part]));
};

const dataOf = (type: RecordType | number, text: string): Buffer => {
  const parts = text.split(' ');
  const [first = '', second = '', third = '', fourth = ''] = parts;
  switch (type) {
    case 'A':
      return Buffer.from(text.split('.').map(Number));
    case 'AAAA':
      return ipv6(text);
    case 'TXT':
      return strings(text);
    case 'MX':
      return Buffer.concat([u16(Number(first)), wire(second)]);
    case 'SRV':
      return Buffer.concat([u16(Number(first), Number(second), Number(third)), wire(fourth)]);
    case 'SOA':
      return Buffer.concat([wire(first), wire(second), u32(...parts.slice(2).map(Number))]);
    case 'CAA': {
      const value = text.slice(first.length + second.length + 2).replaceAll(/^"|"$/g, '');
      return Buffer.concat([Buffer.from([Number(first), second.length]), Buffer.from(second + value, 'utf8')]);
    }
    default:
      return wire(text);
  }
};

/** For tests: one record as it travels. */
export const encodeRecord = ({ name, type, data, ttl = 300, class: of = 1 }: Sent): Buffer => {
  const bytes = typeof data === 'string' ? dataOf(type, data) : data;
  const number = typeof type === 'number' ? type : TYPES[type];
  return Buffer.concat([wire(name), u16(number, of), u32(ttl), u16(bytes.length), bytes]);
};

/** For tests: the answer of a recursive server to a query. */
export const encodeAnswer = (query: Buffer, records: readonly Sent[], options: AnswerOptions = {}): Buffer => {
  const { rcode = 0, flags = 0x8180, question = query.subarray(12) } = options;
  const id = options.id ?? query.readUInt16BE(0);
  const header = u16(id, flags | rcode, question.length === 0 ? 0 : 1, options.count ?? records.length, 0, 0);
  return Buffer.concat([header, question, ...records.map(encodeRecord)]);
};

/** For tests: what a name server does with a query; `reply` may be called often, or never. */
export type Serve = (query: Buffer, reply: (bytes: Buffer) => void, transport: 'udp' | 'tcp') => void;

export type TestServer = { readonly address: string; readonly close: () => Promise<void> };

const serveTcp = (socket: Socket, serve: Serve): void => {
  socket.on('error', () => {});
  socket.once('data', (framed: Buffer) =>
    serve(framed.subarray(2), (bytes) => socket.write(Buffer.concat([u16(bytes.length), bytes])), 'tcp'),
  );
};

const bindUdp = async (): Promise<{ readonly udp: DgramSocket; readonly port: number }> => {
  const udp = createSocket('udp4');
  udp.bind(0, '127.0.0.1');
  await once(udp, 'listening');
  return { udp, port: udp.address().port };
};

const listenTcp = (server: Server, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });

/** A port that is free for both; somebody else may have the one of TCP. */
const bindBoth = async (server: Server): Promise<Awaited<ReturnType<typeof bindUdp>>> => {
  const bound = await bindUdp();
  if (await listenTcp(server, bound.port)) return bound;
  bound.udp.close();
  return bindBoth(server);
};

/** For tests: a name server on loopback, over UDP and, unless told otherwise, over TCP on the same port. */
export const startTestServer = async (serve: Serve, tcp = true): Promise<TestServer> => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    serveTcp(socket, serve);
  });
  const { udp, port } = tcp ? await bindBoth(server) : await bindUdp();
  udp.on('message', (query: Buffer, from: RemoteInfo) =>
    serve(query, (bytes) => udp.send(bytes, from.port, from.address), 'udp'),
  );
  return {
    address: `127.0.0.1:${port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      const closed = once(udp, 'close');
      udp.close();
      await closed;
    },
  };
};
