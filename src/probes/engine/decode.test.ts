import zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { troubleOf } from '../../../tests/stack/requests.ts';
import type { Coding } from './codings.ts';
import { boundedBody, decodeBody } from './decode.ts';

const TEXT = Buffer.from('hello world '.repeat(500));
const LIMIT = 1024 * 1024;

const encoders: { readonly [coding in Coding]: (bytes: Uint8Array) => Buffer } = {
  gzip: zlib.gzipSync,
  deflate: zlib.deflateSync,
  br: zlib.brotliCompressSync,
  zstd: zlib.zstdCompressSync,
};
const codings: readonly Coding[] = ['gzip', 'deflate', 'br', 'zstd'];

const pieces = async function* (bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
};

const decode = async (
  applied: readonly Coding[],
  bytes: Uint8Array,
  size = 1 << 20,
  limit = LIMIT,
): Promise<string> => {
  const parts: Uint8Array[] = [];
  for await (const part of decodeBody(applied, pieces(bytes, size), limit)) parts.push(part);
  return Buffer.concat(parts).toString();
};

const changed = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(copy.length + at) ^ 0xff, copy.length + at);
  return copy;
};

describe.each(codings)('a body in %s', (coding) => {
  const whole = encoders[coding](TEXT);

  it.each([1, 7, 1 << 20])('is decoded out of pieces of %i bytes', async (size) => {
    expect(await decode([coding], whole, size)).toBe(TEXT.toString());
  });

  it.each([1, 1 << 20])('is refused wherever it is cut, in pieces of %i bytes', async (size) => {
    const cuts = [0, 1, 2, 5, Math.floor(whole.length / 2), whole.length - 9, whole.length - 1];
    for (const cut of cuts.filter((at) => at >= 0 && at < whole.length)) {
      const trouble = await troubleOf(decode([coding], whole.subarray(0, cut), size));
      expect([cut, trouble.code]).toEqual([cut, 'decode-error']);
    }
  });

  it.each([1, 1 << 20])('is refused with bytes after it, in pieces of %i bytes', async (size) => {
    for (const extra of ['x', 'xyz', '\0\0\0\0']) {
      const trouble = await troubleOf(decode([coding], Buffer.concat([whole, Buffer.from(extra)]), size));
      expect([extra, trouble.code]).toEqual([extra, 'decode-error']);
    }
  });

  it('is refused when it is something else', async () => {
    const trouble = await troubleOf(decode([coding], Buffer.from('{"status":"pass"}')));
    expect([trouble.code, trouble.message]).toEqual(['decode-error', `the body is not valid ${coding}`]);
  });

  it('stops at the limit, long before a bomb has gone off', async () => {
    const bomb = encoders[coding](Buffer.alloc(64 * LIMIT));
    const before = process.memoryUsage().rss;
    const trouble = await troubleOf(decode([coding], bomb));
    expect([trouble.code, trouble.message]).toEqual(['body-limit', 'the decoded body is over 1 MiB']);
    expect(process.memoryUsage().rss - before).toBeLessThan(32 * LIMIT);
  });
});

describe('decodeBody', () => {
  it.each(['gzip', 'deflate', 'br'] as const)('refuses a second body in %s behind the first', async (coding) => {
    const whole = encoders[coding](TEXT);
    expect((await troubleOf(decode([coding], Buffer.concat([whole, whole])))).code).toBe('decode-error');
  });

  it('undoes two codings, the last one first', async () => {
    expect(await decode(['gzip', 'br'], zlib.brotliCompressSync(zlib.gzipSync(TEXT)), 10)).toBe(TEXT.toString());
  });

  it('bounds what lies between two codings', async () => {
    const nested = zlib.gzipSync(zlib.gzipSync(Buffer.alloc(64 * LIMIT)));
    expect((await troubleOf(decode(['gzip', 'gzip'], nested, 1 << 20, 10_000))).code).toBe('body-limit');
  });

  it('leaves a body without codings as it is', async () => {
    expect(await decode([], TEXT)).toBe(TEXT.toString());
  });

  it('reads deflate with and without the zlib header', async () => {
    expect(await decode(['deflate'], zlib.deflateRawSync(TEXT), 1)).toBe(TEXT.toString());
  });

  it('reads a gzip header with a file name, a comment, extra fields and a check', async () => {
    const plain = zlib.gzipSync(TEXT);
    const rich = Buffer.concat([
      Buffer.from([0x1f, 0x8b, 8, 2 + 4 + 8 + 16]),
      plain.subarray(4, 10),
      Buffer.from('\x03\0abcname\0comment\0\x12\x34', 'latin1'),
      plain.subarray(10),
    ]);
    expect(await decode(['gzip'], rich, 1)).toBe(TEXT.toString());
    expect(await decode(['gzip'], rich)).toBe(TEXT.toString());
  });

  it.each([
    ['a wrong CRC', changed(zlib.gzipSync(TEXT), -8), 'the gzip body is corrupt: its CRC does not match'],
    ['a wrong length', changed(zlib.gzipSync(TEXT), -4), 'the gzip body is corrupt: its length does not match'],
    ['a cut trailer', zlib.gzipSync(TEXT).subarray(0, -3), 'the gzip body is truncated'],
    ['a byte after the end', Buffer.concat([zlib.gzipSync(TEXT), Buffer.from('x')]), 'bytes follow the gzip body'],
    [
      'a second member',
      Buffer.concat([zlib.gzipSync(TEXT), zlib.gzipSync(TEXT)]),
      'a second gzip member follows the first, which clients read differently',
    ],
    [
      'an endless header',
      Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3]), Buffer.alloc(5000, 120)]),
      'the gzip header is over 4 KiB',
    ],
  ])('names %s', async (_, bytes, message) => {
    for (const size of [1, 1 << 20]) expect((await troubleOf(decode(['gzip'], bytes, size))).message).toBe(message);
  });

  it('reads several zstd frames wherever they are cut', async () => {
    const two = Buffer.concat([zlib.zstdCompressSync(TEXT), zlib.zstdCompressSync(Buffer.from('!'))]);
    for (const size of [1, 5, 1 << 20]) expect(await decode(['zstd'], two, size)).toBe(`${TEXT.toString()}!`);
  });

  it('counts the frames of zstd together', async () => {
    const frame = zlib.zstdCompressSync(Buffer.alloc(600_000));
    const trouble = await troubleOf(decode(['zstd'], Buffer.concat([frame, frame])));
    expect(trouble.message).toBe('the decoded body is over 1 MiB');
  });

  it('hands out what a server has flushed although the body goes on', async () => {
    let next: (bytes: Uint8Array | null) => void = () => {};
    const source = async function* (): AsyncGenerator<Uint8Array> {
      for (;;) {
        const bytes = await new Promise<Uint8Array | null>((resolve) => {
          next = resolve;
        });
        if (bytes === null) return;
        yield bytes;
      }
    };
    const gzip = zlib.createGzip();
    const decoded = decodeBody(['gzip'], source(), LIMIT)[Symbol.asyncIterator]();
    for (const event of ['data: 1\n\n', 'data: 2\n\n']) {
      gzip.write(event);
      await new Promise<void>((resolve) => gzip.flush(() => resolve()));
      const part = decoded.next();
      await new Promise((resolve) => setImmediate(resolve));
      next(gzip.read());
      expect(Buffer.from((await part).value ?? '').toString()).toBe(event);
    }
    await Promise.all([decoded.return?.(), next(null)]);
  });

  it('passes on what the connection throws', async () => {
    const source = async function* (): AsyncGenerator<Uint8Array> {
      yield zlib.gzipSync(TEXT).subarray(0, 10);
      throw new Error('reset');
    };
    const read = async (): Promise<void> => {
      for await (const part of decodeBody(['gzip'], source(), LIMIT)) expect(part.length).toBeGreaterThan(0);
    };
    await expect(read()).rejects.toThrow('reset');
  });
});

it('bounds a body that has no coding', async () => {
  const read = async (limit: number): Promise<number> => {
    let total = 0;
    for await (const part of boundedBody(pieces(TEXT, 100), limit)) total += part.length;
    return total;
  };
  expect(await read(6000)).toBe(6000);
  expect((await troubleOf(read(5999))).message).toBe('the decoded body is over 5999 bytes');
});
