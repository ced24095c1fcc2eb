import zlib from 'node:zlib';
import { CouldNotLook } from '../probe.ts';
import { createInflater } from './inflater.ts';

const corrupt = (sentence: string): CouldNotLook => new CouldNotLook('decode-error', sentence);

const LONGEST_HEADER = 4096;
const TRAILER = 8;

const afterText = (bytes: Uint8Array, from: number): number | null => {
  const end = bytes.indexOf(0, from);
  return end === -1 ? null : end + 1;
};

/** Where the compressed data begin (RFC 1952, 2.3); null when the header is not whole yet. */
export const gzipHeaderEnd = (bytes: Uint8Array): number | null => {
  const [id1 = 0x1f, id2 = 0x8b, method = 8, flags = 0] = bytes;
  if (id1 !== 0x1f || id2 !== 0x8b || method !== 8 || flags > 31) throw corrupt('the body is not valid gzip');
  if (bytes.length < 10) return null;
  let end: number | null = 10;
  if ((flags & 4) !== 0) {
    const [low, high] = bytes.subarray(10, 12);
    end = low === undefined || high === undefined ? null : 12 + low + 256 * high;
  }
  if (end !== null && (flags & 8) !== 0) end = afterText(bytes, end);
  if (end !== null && (flags & 16) !== 0) end = afterText(bytes, end);
  if (end !== null && (flags & 2) !== 0) end += 2;
  return end === null || end > bytes.length ? null : end;
};

const checkTrailer = (trailer: Uint8Array, crc: number, size: number): void => {
  const view = Buffer.from(trailer);
  if (view.length < TRAILER) throw corrupt('the gzip body is truncated');
  if (view.readUInt32LE(0) !== crc) throw corrupt('the gzip body is corrupt: its CRC does not match');
  if (view.readUInt32LE(4) !== size % 2 ** 32) throw corrupt('the gzip body is corrupt: its length does not match');
  if (view.length === TRAILER) return;
  const second = view[TRAILER] === 0x1f && (view[TRAILER + 1] ?? 0x8b) === 0x8b;
  throw corrupt(
    second ? 'a second gzip member follows the first, which clients read differently' : 'bytes follow the gzip body',
  );
};

/** Decodes exactly one gzip member: header, CRC and length are checked, and nothing may follow. */
export const gunzip = async function* (source: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  const inflater = createInflater('raw', 'gzip', limit);
  let header: Uint8Array | null = new Uint8Array();
  let trailer: Uint8Array | null = null;
  let crc = 0;
  let size = 0;
  try {
    for await (const chunk of source) {
      let bytes = chunk;
      if (header !== null) {
        header = Buffer.concat([header, chunk]);
        const end = gzipHeaderEnd(header);
        if (end === null && header.length > LONGEST_HEADER) throw corrupt('the gzip header is over 4 KiB');
        if (end === null) continue;
        bytes = header.subarray(end);
        header = null;
      }
      if (trailer === null) {
        const { output, rest } = await inflater.push(bytes);
        trailer = rest;
        for (const piece of output) {
          crc = zlib.crc32(piece, crc);
          size += piece.length;
          yield piece;
        }
      } else {
        trailer = Buffer.concat([trailer, bytes]);
      }
      if (trailer !== null && trailer.length > TRAILER) checkTrailer(trailer, crc, size);
    }
    if (trailer === null) throw corrupt('the gzip body is truncated');
    checkTrailer(trailer, crc, size);
  } finally {
    inflater.close();
  }
};
