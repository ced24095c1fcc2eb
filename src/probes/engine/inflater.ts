import zlib from 'node:zlib';
import { CouldNotLook } from '../probe.ts';
import { byteSize } from './printable.ts';

/** One compressed stream of the zlib module under our own bounds. Whoever makes one closes it. */
export type Inflater = {
  /** The output of these bytes. `rest` is what follows the compressed stream once it has ended, else null. */
  readonly push: (bytes: Uint8Array) => Promise<Inflated>;
  /** The remaining output; throws when the compressed stream has not ended. */
  readonly finish: () => Promise<readonly Uint8Array[]>;
  readonly close: () => void;
};

export type Inflated = { readonly output: readonly Uint8Array[]; readonly rest: Uint8Array | null };

/** `raw` and `zlib` are the two meanings of deflate. */
export type Format = 'raw' | 'zlib' | 'br' | 'zstd';

/** 8 MiB, the largest window that a content-coding may use (RFC 9659). */
const ZSTD_WINDOW_LOG = 23;

const engineFor = (format: Format) => {
  if (format === 'raw') return zlib.createInflateRaw();
  if (format === 'zlib') return zlib.createInflate();
  if (format === 'br') return zlib.createBrotliDecompress();
  return zlib.createZstdDecompress({ params: { [zlib.constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG } });
};

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

const asDecodeError = (error: Error, coding: string): CouldNotLook => {
  if (error instanceof CouldNotLook) return error;
  const truncated = codeOf(error) === 'Z_BUF_ERROR';
  const message = truncated ? `the ${coding} body is truncated` : `the body is not valid ${coding}`;
  return new CouldNotLook('decode-error', message, {}, { cause: error });
};

/** `coding` is the name for messages; `limit` bounds the output, of which `spent` bytes are gone already. */
export const createInflater = (format: Format, coding: string, limit: number, spent = 0): Inflater => {
  const engine = engineFor(format);
  let output: Uint8Array[] = [];
  let total = spent;
  let fed = 0;
  let failure: CouldNotLook | null = null;
  const over = new CouldNotLook('body-limit', `the decoded body is over ${byteSize(limit)}`);

  const ended = new Promise<void>((resolve) => {
    engine.once('end', resolve).once('close', resolve);
    engine.once('error', (error) => {
      failure ??= asDecodeError(error, coding);
      resolve();
    });
  });
  engine.on('data', (bytes: Uint8Array) => {
    total += bytes.length;
    output.push(bytes);
    if (total > limit) {
      failure ??= over;
      output = [];
      engine.destroy();
    }
  });

  const take = (): readonly Uint8Array[] => {
    if (failure !== null) throw failure;
    const taken = output;
    output = [];
    return taken;
  };

  return {
    push: async (bytes) => {
      fed += bytes.length;
      const written = new Promise<void>((resolve) => {
        engine.write(bytes, () => resolve());
      });
      await Promise.race([written, ended]);
      const unused = fed - engine.bytesWritten;
      return { output: take(), rest: unused > 0 ? bytes.subarray(bytes.length - unused) : null };
    },
    finish: async () => {
      engine.end();
      await ended;
      return take();
    },
    close: () => engine.destroy(),
  };
};
