import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';

/** What one name answers. An alias is answered with everything that the server knows along it. */
export type DnsRecord = {
  readonly a?: readonly string[];
  readonly aaaa?: readonly string[];
  readonly cname?: string;
  /**
   * Instead of an answer, for every type: an error, an empty NOERROR, nothing at all, an answer to another question,
   * one that was cut off (with nobody there over TCP), or bytes that are no message.
   */
  readonly answers?: 'nxdomain' | 'servfail' | 'refused' | 'empty' | 'silent' | 'wrong-id' | 'truncated' | 'garbage';
  /** Types that get no answer at all, beside others that do. */
  readonly silentFor?: readonly ('a' | 'aaaa' | 'cname')[];
};

export type DnsRecords = ReadonlyMap<string, DnsRecord>;

export type DnsServer = {
  /** `127.0.0.1:port`. */
  readonly address: string;
  readonly setRecords: (records: DnsRecords) => void;
  readonly close: () => Promise<void>;
};

const TYPES: ReadonlyMap<number, 'a' | 'cname' | 'aaaa'> = new Map([
  [1, 'a'],
  [5, 'cname'],
  [28, 'aaaa'],
]);
const NUMBERS = { a: 1, cname: 5, aaaa: 28 } as const;
const NXDOMAIN = 3;
const RCODES = { nxdomain: NXDOMAIN, servfail: 2, refused: 5 } as const;
/** A response, authoritative, recursion asked for and given; and that it was cut off. */
const FLAGS = 0x8580;
const TRUNCATED = 0x0200;
const MOST_ALIASES = 8;
const TTL_SECONDS = 60;

type Question = { readonly name: string; readonly type: number; readonly end: number };
type Answer = { readonly name: string; readonly type: keyof typeof NUMBERS; readonly value: string };
type Reply = {
  readonly rcode: number;
  readonly answers: readonly Answer[];
  readonly fault?: 'wrong-id' | 'truncated' | 'garbage';
};

const readQuestion = (query: Buffer): Question => {
  const labels: string[] = [];
  let at = 12;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
};

const encodeName = (name: string): Buffer =>
  Buffer.concat([
    ...name.split('.').map((label) => Buffer.from(`${String.fromCodePoint(label.length)}${label}`, 'latin1')),
    Buffer.from([0]),
  ]);

const ipv6Bytes = (address: string): Buffer => {
  const [head = '', tail] = address.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const before = groups(head);
  const after = groups(tail ?? '');
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  const all = [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
  return Buffer.from(all.map((group) => group.padStart(4, '0')).join(''), 'hex');
};

const encodeValue = ({ type, value }: Answer): Buffer => {
  if (type === 'cname') return encodeName(value);
  return isIPv6(value) ? ipv6Bytes(value) : Buffer.from(value.split('.').map(Number));
};

const encodeAnswer = (answer: Answer): Buffer => {
  const value = encodeValue(answer);
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(NUMBERS[answer.type], 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt32BE(TTL_SECONDS, 4);
  fixed.writeUInt16BE(value.length, 8);
  return Buffer.concat([encodeName(answer.name), fixed, value]);
};

/** The reply to a question; null for silence. */
const replyTo = ({ name, type }: Question, records: DnsRecords): Reply | null => {
  const wanted = TYPES.get(type);
  const answers: Answer[] = [];
  let at = name;
  for (;;) {
    const record = records.get(at);
    if (record === undefined) return { rcode: NXDOMAIN, answers };
    if (record.answers === 'silent' || (wanted !== undefined && record.silentFor?.includes(wanted))) return null;
    if (record.answers === 'empty') return { rcode: 0, answers };
    if (record.answers === 'wrong-id' || record.answers === 'truncated' || record.answers === 'garbage') {
      return { rcode: 0, answers, fault: record.answers };
    }
    if (record.answers !== undefined) return { rcode: RCODES[record.answers], answers };
    if (record.cname === undefined) {
      const values = wanted === 'a' ? record.a : wanted === 'aaaa' ? record.aaaa : [];
      const own = (values ?? []).map((value) => ({ name: at, type: wanted ?? 'a', value }));
      return { rcode: 0, answers: [...answers, ...own] };
    }
    answers.push({ name: at, type: 'cname', value: record.cname });
    if (wanted === 'cname' || answers.length > MOST_ALIASES) return { rcode: 0, answers };
    at = record.cname;
  }
};

const encodeReply = (query: Buffer, question: Question, reply: Reply): Buffer => {
  const header = Buffer.alloc(12);
  const id = query.readUInt16BE(0);
  if (reply.fault === 'garbage')
    return Buffer.concat([query.subarray(0, 2), Buffer.from('\x85\x80no message', 'latin1')]);
  header.writeUInt16BE(reply.fault === 'wrong-id' ? id ^ 0xffff : id, 0);
  header.writeUInt16BE(FLAGS | reply.rcode | (reply.fault === 'truncated' ? TRUNCATED : 0), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(reply.answers.length, 6);
  return Buffer.concat([header, query.subarray(12, question.end), ...reply.answers.map(encodeAnswer)]);
};

/** A name server on loopback, over UDP. Names are in lower case without a last dot; an unknown one is NXDOMAIN. */
export const startDnsServer = async (options: {
  readonly records: DnsRecords;
  readonly port?: number;
}): Promise<DnsServer> => {
  let records = options.records;
  const socket = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 });
  socket.on('message', (query, { address, port }) => {
    const question = readQuestion(query);
    const reply = replyTo(question, records);
    if (reply !== null) socket.send(encodeReply(query, question, reply), port, address);
  });
  socket.bind(options.port ?? 0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    setRecords: (next) => {
      records = next;
    },
    close: async () => {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
};
