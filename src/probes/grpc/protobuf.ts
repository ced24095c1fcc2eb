/** One field of a message. A number of fixed length is not told from its bytes: no message here has one. */
export type Field = { readonly number: number; readonly value: bigint | Uint8Array };

export type MessageReading =
  | { readonly ok: true; readonly fields: readonly Field[] }
  /** As the end of a sentence: `a field that ends after the message`. */
  | { readonly ok: false; readonly problem: string };

type Cursor = { readonly bytes: Uint8Array; at: number };

/** Thrown and caught in this file alone. */
class Malformed extends Error {}

const LONGEST_VARINT = 10;
const DEEPEST_GROUP = 100;

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const GROUP = 3;
const END_GROUP = 4;
const FIXED32 = 5;

const readVarint = (cursor: Cursor): bigint => {
  let value = 0n;
  for (let count = 0; count < LONGEST_VARINT; count += 1) {
    const byte = cursor.bytes[cursor.at];
    if (byte === undefined) throw new Malformed('a number that ends after the message');
    cursor.at += 1;
    value += BigInt(byte & 0x7f) << BigInt(7 * count);
    if (byte < 0x80) return value;
  }
  throw new Malformed(`a number of more than ${LONGEST_VARINT} bytes`);
};

const take = (cursor: Cursor, length: bigint): Uint8Array => {
  const left = cursor.bytes.length - cursor.at;
  if (length > BigInt(left)) throw new Malformed(`a field of ${length} bytes where ${left} are left`);
  const start = cursor.at;
  cursor.at += Number(length);
  return cursor.bytes.subarray(start, cursor.at);
};

const readTag = (cursor: Cursor): { readonly number: number; readonly type: number } => {
  const tag = readVarint(cursor);
  const number = tag >> 3n;
  if (number < 1n || number >= 1n << 29n) throw new Malformed(`the field number ${number}`);
  return { number: Number(number), type: Number(tag & 7n) };
};

const readValue = (cursor: Cursor, type: number): Field['value'] => {
  if (type === VARINT) return readVarint(cursor);
  if (type === FIXED64) return take(cursor, 8n);
  if (type === FIXED32) return take(cursor, 4n);
  if (type === BYTES) return take(cursor, readVarint(cursor));
  throw new Malformed(`the wire type ${type}`);
};

/** Passes over everything up to the end of a group, which proto3 no longer has and must not trip over. */
const skipGroup = (cursor: Cursor, first: number): void => {
  const open = [first];
  while (open.length > 0) {
    const { number, type } = readTag(cursor);
    if (type === GROUP) open.push(number);
    else if (type === END_GROUP && open.pop() !== number) throw new Malformed('a group that ends as another');
    else if (type !== END_GROUP) readValue(cursor, type);
    if (open.length > DEEPEST_GROUP) throw new Malformed(`groups more than ${DEEPEST_GROUP} deep`);
  }
};

const readFields = (cursor: Cursor): readonly Field[] => {
  const fields: Field[] = [];
  while (cursor.at < cursor.bytes.length) {
    const { number, type } = readTag(cursor);
    if (type === GROUP) skipGroup(cursor, number);
    else fields.push({ number, value: readValue(cursor, type) });
  }
  return fields;
};

/** The fields of a protobuf message in their order (protobuf.dev/programming-guides/encoding). The caller bounds the bytes. */
export const readMessage = (bytes: Uint8Array): MessageReading => {
  try {
    return { ok: true, fields: readFields({ bytes, at: 0 }) };
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, problem: error.message };
    throw error;
  }
};

const varint = (value: number): readonly number[] =>
  value < 0x80 ? [value] : [(value % 0x80) + 0x80, ...varint(Math.floor(value / 0x80))];

/** A message with one text; without anything where the text is empty, as proto3 writes a default. */
export const textMessage = (number: number, text: string): Uint8Array => {
  const bytes = Buffer.from(text, 'utf8');
  return bytes.length === 0
    ? new Uint8Array()
    : Buffer.concat([Uint8Array.from([...varint(number * 8 + BYTES), ...varint(bytes.length)]), bytes]);
};
