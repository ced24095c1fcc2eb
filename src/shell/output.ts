import type { Writable } from 'node:stream';
import { systemCode, systemReason } from './system-error.ts';

/** Null when all of it arrived; else why not, and whether the reader had simply gone (`| head`), which needs no words. */
export type OutputTrouble = { readonly readerGone: boolean; readonly reason: string } | null;

/**
 * Writes all of a text, and resolves when the stream has taken the last byte: only then may the process end.
 * Never rejects. A report that did not arrive must not end in exit code 0, so the caller looks at what comes back.
 */
export const writeOut = (stream: Writable, text: string): Promise<OutputTrouble> =>
  new Promise((resolve) => {
    const settle = (error: Error | null | undefined): void => {
      resolve(error === null || error === undefined ? null : troubleOf(error));
      // The stream tells an error twice, the second time as an event: a tick later, and fatal when nobody listens.
      setImmediate(() => stream.off('error', settle));
    };
    stream.on('error', settle);
    stream.write(text, settle);
  });

const troubleOf = (error: Error): OutputTrouble => {
  const code = systemCode(error);
  const readerGone = code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' || code === 'ECONNRESET';
  return { readerGone, reason: readerGone ? 'nobody reads it any more' : systemReason(error) };
};

/** Lets a stream that is only told things on the side (progress, logs) lose its reader without a word. */
export const tolerateLostReader = (stream: Writable): void => {
  stream.on('error', () => {});
};
