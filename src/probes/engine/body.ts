import { CouldNotLook } from '../probe.ts';
import { readChunked } from './chunked.ts';
import type { Framing } from './framing.ts';
import type { Incoming } from './incoming.ts';
import { giveBack } from './memory.ts';
import { invalidResponse } from './parse-head.ts';
import { byteSize } from './printable.ts';
import type { Limits } from './request.ts';

/** Counts of a body under way, kept up to date while it is read. */
export type BodyCount = { wireBytes: number; extraBytes: number; ended: boolean };

export const newBodyCount = (): BodyCount => ({ wireBytes: 0, extraBytes: 0, ended: false });

/** `17 of 4096 body bytes`, or without a total where none was announced. */
export const bodyProgress = (framing: Framing, { wireBytes }: BodyCount): string =>
  framing.kind === 'length'
    ? `${wireBytes} of ${framing.length} body bytes`
    : `${wireBytes} body byte${wireBytes === 1 ? '' : 's'}`;

const closedEarly = (framing: Framing, count: BodyCount): CouldNotLook => {
  const missing = framing.kind === 'chunked' ? ', and the last chunk never came' : '';
  return new CouldNotLook('closed-early', `closed early: got ${bodyProgress(framing, count)}${missing}`);
};

type Step = { readonly data: readonly Uint8Array[]; readonly rest: Uint8Array | null };

const splitter = (framing: Framing, limits: Limits): ((bytes: Uint8Array) => Step) => {
  if (framing.kind === 'chunked') return readChunked(limits).push;
  if (framing.kind === 'until-close') return (bytes) => ({ data: [bytes], rest: null });
  let remaining = framing.kind === 'length' ? framing.length : 0;
  return (bytes) => {
    const data = bytes.subarray(0, remaining);
    remaining -= data.length;
    return { data: [data], rest: remaining === 0 ? bytes.subarray(data.length) : null };
  };
};

const sizeOf = (pieces: readonly Uint8Array[]): number => pieces.reduce((sum, piece) => sum + piece.length, 0);

/**
 * The body as it was framed, not decoded. Counts into `count`, and calls `onEnd` as soon as the last byte has been
 * taken from `incoming`. Throws `CouldNotLook` when the peer closes before the end, or goes over the wire limit.
 */
export const readBody = async function* (
  incoming: Incoming,
  framing: Framing,
  limits: Limits,
  count: BodyCount,
  onEnd: () => void,
): AsyncGenerator<Uint8Array> {
  const end = (rest: number): void => {
    count.ended = true;
    count.extraBytes += rest;
    onEnd();
  };
  if (isEmpty(framing)) end(0);
  const split = splitter(framing, limits);
  while (!count.ended) {
    const bytes = await incoming.next();
    if (bytes === null && framing.kind !== 'until-close') throw closedEarly(framing, count);
    const { data, rest } = bytes === null ? { data: [], rest: new Uint8Array() } : split(bytes);
    count.wireBytes += sizeOf(data);
    if (count.wireBytes > limits.wireBodyBytes) {
      throw new CouldNotLook('body-limit', `the body is over ${byteSize(limits.wireBodyBytes)}`);
    }
    if (rest !== null) end(rest.length);
    if (bytes !== null && !data.some(({ buffer }) => buffer === bytes.buffer)) giveBack(bytes);
    yield* data;
  }
};

/** Whether nothing is to be read: no body at all, or one of length 0. */
export const isEmpty = (framing: Framing): boolean =>
  framing.kind === 'none' || (framing.kind === 'length' && framing.length === 0);

const EXTRA_ENOUGH = 64 * 1024;

/** Counts what still comes after the end, until the peer closes, at most for `withinMs`. Never throws. */
export const countExtra = async (incoming: Incoming, count: BodyCount, withinMs: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), withinMs);
  });
  try {
    while (count.extraBytes < EXTRA_ENOUGH) {
      const bytes = await Promise.race([incoming.next(), late]);
      if (bytes === null) return;
      count.extraBytes += bytes.length;
    }
  } catch {
    // A reset after the whole response takes nothing away from it.
  } finally {
    clearTimeout(timer);
  }
};

/** Bytes after a response that may have none are part of its body, not extra: the response itself is wrong. */
export const refuseForbiddenBody = (framing: Framing, { extraBytes }: BodyCount): void => {
  if (framing.kind !== 'none' || extraBytes === 0) return;
  throw invalidResponse(`${framing.because} has a body: got ${byteSize(extraBytes)}`);
};
