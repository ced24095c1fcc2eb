import { invalidResponse } from '../engine/parse-head.ts';
import { byteSize, printable } from '../engine/printable.ts';
import { CouldNotLook } from '../probe.ts';

/** Flag and length before a message (github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md). */
const PREFIX = 5;

/** A health answer has two bytes; what is this much larger is something else. */
const LONGEST = 64 * 1024;

/** A message as it travels: not compressed. */
export const framed = (message: Uint8Array): Uint8Array => {
  const prefix = Buffer.alloc(PREFIX);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
};

/** Takes the body of an answer piece by piece, within bounds. Throws `CouldNotLook`. */
export type BodyReader = {
  readonly push: (bytes: Uint8Array) => void;
  /** Bytes so far. */
  readonly count: () => number;
  readonly whole: () => Uint8Array;
};

const overLimit = (what: string): CouldNotLook =>
  new CouldNotLook('body-limit', `${what}, and a health answer has at most ${byteSize(LONGEST)}`);

const lengthIn = (bytes: Uint8Array): number =>
  bytes.length < PREFIX ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(1);

/** A reader for the answer to one call: refuses a length that no health answer has before its bytes come. */
export const readBody = (): BodyReader => {
  const pieces: Uint8Array[] = [];
  let prefix: Uint8Array = new Uint8Array();
  let count = 0;
  return {
    count: () => count,
    whole: () => Buffer.concat(pieces),
    push: (piece) => {
      pieces.push(piece);
      count += piece.length;
      prefix = Buffer.concat([prefix, piece.subarray(0, PREFIX - prefix.length)]);
      const announced = lengthIn(prefix);
      if (announced > LONGEST) throw overLimit(`the message is announced with ${byteSize(announced)}`);
      if (count > PREFIX + LONGEST) throw overLimit('the body goes on after what was announced');
    },
  };
};

const refuseFlag = (flag: number, encoding: string | null): void => {
  if (flag === 0) return;
  if (flag !== 1) throw invalidResponse(`the flag before the message is ${flag}, which gRPC does not define`);
  const how = encoding === null ? 'no grpc-encoding says how' : `grpc-encoding: ${printable(encoding, 40)}`;
  throw new CouldNotLook('decode-error', `the message is compressed, which was not asked for (${how})`);
};

/**
 * The one message of a whole body; `encoding` is its `grpc-encoding`, null for none. Throws `CouldNotLook` for anything
 * but exactly one that is not compressed.
 */
export const unframed = (body: Uint8Array, encoding: string | null): Uint8Array => {
  if (body.length === 0) throw invalidResponse('the call ended with status 0 and without a message');
  if (body.length < PREFIX)
    throw invalidResponse(`the body ends in the prefix of a message, after ${byteSize(body.length)}`);
  refuseFlag(body[0] ?? 0, encoding);
  const length = lengthIn(body);
  const came = body.length - PREFIX;
  if (came < length) throw invalidResponse(`the message ends after ${came} of ${byteSize(length)}`);
  if (came > length) throw invalidResponse(`${byteSize(came - length)} follow the message: a unary call has one`);
  return body.subarray(PREFIX);
};
