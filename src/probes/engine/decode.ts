import { CouldNotLook } from '../probe.ts';
import type { Coding } from './codings.ts';
import { gunzip } from './gzip.ts';
import { createInflater, type Format } from './inflater.ts';
import { byteSize } from './printable.ts';

/** A zlib header as browsers tell it from raw deflate: method 8, window up to 32 KiB, check bits right (RFC 1950). */
const isZlib = ([first = 0, second = 0]: Uint8Array): boolean =>
  (first & 0x0f) === 8 && first >> 4 <= 7 && (first * 256 + second) % 31 === 0;

const follows = (coding: string): CouldNotLook => new CouldNotLook('decode-error', `bytes follow the ${coding} body`);

/** One compressed stream and nothing after it; zstd alone may be several frames, as its standard defines (RFC 8878, 3). */
const inflate = async function* (
  format: Format,
  coding: Coding,
  source: AsyncIterable<Uint8Array>,
  limit: number,
): AsyncGenerator<Uint8Array> {
  let inflater = createInflater(format, coding, limit);
  let spent = 0;
  try {
    for await (const chunk of source) {
      let bytes = chunk;
      while (bytes.length > 0) {
        const { output, rest } = await inflater.push(bytes);
        yield* output;
        spent += output.reduce((sum, piece) => sum + piece.length, 0);
        if (rest !== null && (format !== 'zstd' || rest.length === bytes.length)) throw follows(coding);
        if (rest !== null) {
          inflater.close();
          inflater = createInflater(format, coding, limit, spent);
        }
        bytes = rest ?? new Uint8Array();
      }
    }
    yield* await inflater.finish();
  } finally {
    inflater.close();
  }
};

const inflateDeflate = async function* (source: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]();
  let start: Uint8Array = new Uint8Array();
  while (start.length < 2) {
    const { done, value } = await chunks.next();
    if (done === true) break;
    start = Buffer.concat([start, value]);
  }
  const all = async function* (): AsyncGenerator<Uint8Array> {
    yield start;
    yield* { [Symbol.asyncIterator]: () => chunks };
  };
  yield* inflate(isZlib(start) ? 'zlib' : 'raw', 'deflate', all(), limit);
};

const decodeOne = (coding: Coding, source: AsyncIterable<Uint8Array>, limit: number): AsyncIterable<Uint8Array> => {
  if (coding === 'gzip') return gunzip(source, limit);
  if (coding === 'deflate') return inflateDeflate(source, limit);
  return inflate(coding, coding, source, limit);
};

/**
 * Undoes the codings of a body, last one first, chunk by chunk. The output of every stage is at most `limit` bytes in
 * all. Throws `CouldNotLook`: `decode-error` for anything but a whole and exact stream, `body-limit` over the limit.
 */
export const decodeBody = (
  codings: readonly Coding[],
  source: AsyncIterable<Uint8Array>,
  limit: number,
): AsyncIterable<Uint8Array> => codings.reduceRight((body, coding) => decodeOne(coding, body, limit), source);

/** The same chunks, at most `limit` bytes of them in all: the bound of a body that has no coding. */
export const boundedBody = async function* (
  source: AsyncIterable<Uint8Array>,
  limit: number,
): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of source) {
    total += chunk.length;
    if (total > limit) throw new CouldNotLook('body-limit', `the decoded body is over ${byteSize(limit)}`);
    if (chunk.length > 0) yield chunk;
  }
};
