import { BadMessage } from './bad-message.ts';
import { recordText } from './record-text.ts';
import { decodeName, encodeName, type Labels, showName } from './wire-name.ts';

/** One record of an answer. `name` and `text` are canonical; `ttl` is in seconds. */
export type DnsRecord = {
  readonly name: string;
  readonly type: number;
  readonly ttl: number;
  readonly text: string;
};

/** What a DNS message says, as far as a check asks (RFC 1035, 4.1). */
export type DnsMessage = {
  readonly id: number;
  readonly isResponse: boolean;
  readonly authoritative: boolean;
  readonly truncated: boolean;
  readonly rcode: number;
  /** Null when the message repeats no question. */
  readonly question: { readonly name: string; readonly type: number } | null;
  /** Empty for a truncated message: a part of a set of records is none. */
  readonly answers: readonly DnsRecord[];
};

const HEADER = 12;
const CLASS_IN = 1;
const MOST_RECORDS = 4000;
const RECURSION_DESIRED = 0x0100;

/** The query for a name and type, with recursion asked for. Null when the name does not fit. */
export const encodeQuery = (id: number, labels: Labels, type: number): Buffer | null => {
  const name = encodeName(labels);
  if (name === null) return null;
  const header = Buffer.alloc(HEADER);
  header.writeUInt16BE(id, 0);
  header.writeUInt16BE(RECURSION_DESIRED, 2);
  header.writeUInt16BE(1, 4);
  const end = Buffer.alloc(4);
  end.writeUInt16BE(type, 0);
  end.writeUInt16BE(CLASS_IN, 2);
  return Buffer.concat([header, name, end]);
};

type Place<T> = { readonly value: T; readonly end: number };

const readQuestion = (message: Buffer, start: number): Place<DnsMessage['question']> => {
  const { labels, end } = decodeName(message, start);
  if (end + 4 > message.length) throw new BadMessage('the question is cut short');
  return { value: { name: showName(labels), type: message.readUInt16BE(end) }, end: end + 4 };
};

/** The record at `start`; null for one of another class or of a type that no check asks for. */
const readRecord = (message: Buffer, start: number): Place<DnsRecord | null> => {
  const { labels, end } = decodeName(message, start);
  if (end + 10 > message.length) throw new BadMessage('a record is cut short');
  const type = message.readUInt16BE(end);
  const seconds = message.readUInt32BE(end + 4);
  const data = { message, start: end + 10, end: end + 10 + message.readUInt16BE(end + 8) };
  if (data.end > message.length) throw new BadMessage('a record goes past the end');
  const text = message.readUInt16BE(end + 2) === CLASS_IN ? recordText(type, data) : null;
  const ttl = seconds > 0x7f_ff_ff_ff ? 0 : seconds;
  return { value: text === null ? null : { name: showName(labels), type, ttl, text }, end: data.end };
};

const readRecords = (message: Buffer, start: number, count: number): readonly DnsRecord[] => {
  if (count > MOST_RECORDS) throw new BadMessage(`there are more than ${MOST_RECORDS} records`);
  const records: DnsRecord[] = [];
  let at = start;
  for (let index = 0; index < count; index += 1) {
    const { value, end } = readRecord(message, at);
    if (value !== null) records.push(value);
    at = end;
  }
  return records;
};

/** The number that ties an answer to its query; null when not even that is there. */
export const messageId = (message: Buffer): number | null => (message.length < HEADER ? null : message.readUInt16BE(0));

/** Reads a message up to the end of its answers; what comes after is not looked at. Throws `BadMessage`. */
export const decodeMessage = (message: Buffer): DnsMessage => {
  if (message.length < HEADER) throw new BadMessage('it is shorter than a header');
  const flags = message.readUInt16BE(2);
  const questions = message.readUInt16BE(4);
  if (questions > 1) throw new BadMessage('it repeats more than one question');
  const question = questions === 1 ? readQuestion(message, HEADER) : { value: null, end: HEADER };
  const truncated = (flags & 0x0200) !== 0;
  return {
    id: message.readUInt16BE(0),
    isResponse: (flags & 0x8000) !== 0 && (flags & 0x7800) === 0,
    authoritative: (flags & 0x0400) !== 0,
    truncated,
    rcode: flags & 0x000f,
    question: question.value,
    answers: truncated ? [] : readRecords(message, question.end, message.readUInt16BE(6)),
  };
};
