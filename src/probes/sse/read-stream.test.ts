import { expect, test } from 'vitest';
import type { OpenExchange } from '../engine/exchange.ts';
import { CouldNotLook } from '../probe.ts';
import { readStream } from './read-stream.ts';

type Piece = { readonly at: number; readonly text: string } | { readonly at: number; readonly error: Error };

/** An exchange whose body brings these pieces, each with the instant at which it arrived. */
const exchangeOf = (pieces: readonly Piece[]): OpenExchange => {
  let arrived = 0;
  const body = async function* (): AsyncGenerator<Uint8Array> {
    for (const piece of pieces) {
      arrived = piece.at;
      if ('error' in piece) throw piece.error;
      yield Buffer.from(piece.text);
    }
  };
  return {
    head: { status: 200, statusText: 'OK', httpVersion: '1.1', headers: [] },
    connection: { resolved: [], cnames: [], tried: [], address: null, port: null, viaProxy: null, tls: null },
    body: body(),
    timings: () => ({ total: 0 }),
    wireBytes: () => 0,
    arrivedAt: () => arrived,
    extraBytes: () => 0,
    close: () => {},
  };
};

const read = async (pieces: readonly Piece[], now = 0) => {
  const pushed: string[] = [];
  const push = (bytes: Uint8Array): void => void pushed.push(Buffer.from(bytes).toString());
  const { signal } = new AbortController();
  const end = await readStream(exchangeOf(pieces), { until: 1000, signal, monotonicMs: () => now, push });
  return { pushed, end };
};

test('what arrives after the end of the time is not read, even when our own timer is late', async () => {
  const { pushed, end } = await read([
    { at: 999, text: 'a' },
    { at: 1000, text: 'b' },
  ]);
  expect([pushed, end]).toEqual([['a'], { state: 'open', at: 1000 }]);
});

test('a stream that ends after the time was open for all of it', async () => {
  const late = new CouldNotLook('closed-early', 'reset');
  expect(
    (
      await read(
        [
          { at: 500, text: 'a' },
          { at: 1001, error: late },
        ],
        1001,
      )
    ).end.state,
  ).toBe('open');
  expect(
    (
      await read(
        [
          { at: 500, text: 'a' },
          { at: 999, error: late },
        ],
        999,
      )
    ).end,
  ).toEqual({
    state: 'closed',
    at: 999,
    why: 'the stream broke off (reset)',
  });
  expect((await read([{ at: 500, text: 'a' }])).end).toEqual({
    state: 'closed',
    at: 500,
    why: 'the server ended the stream',
  });
});

test('a fault of what came is thrown, and so is a bug', async () => {
  await expect(read([{ at: 1, error: new CouldNotLook('decode-error', 'bad') }])).rejects.toThrow('bad');
  await expect(read([{ at: 1, error: new TypeError('ours') }])).rejects.toThrow('ours');
});
