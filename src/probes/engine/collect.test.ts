import { array, asyncProperty, assert, integer, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newBodyCount, readBody } from './body.ts';
import { collect } from './collect.ts';
import { giveBackOwn } from './memory.ts';
import { DEFAULT_LIMITS } from './request.ts';

const from = async function* (pieces: readonly Uint8Array[], error: Error | null = null): AsyncGenerator<Uint8Array> {
  yield* pieces;
  if (error !== null) throw error;
};
const piece = (length: number, value: number): Uint8Array => new Uint8Array(length).fill(value);
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

describe('a body is put together', () => {
  test('out of pieces of any size, whether its length is known, unknown or wrong', async () => {
    const whole = 'ab'.repeat(70_000) + 'c';
    for (const expected of [0, 10, whole.length, 2 * whole.length]) {
      const pieces = [...whole.matchAll(/.{1,9999}/g)].map(([part]) => Uint8Array.from(Buffer.from(part)));
      expect(text(await collect(from(pieces), expected))).toBe(whole);
    }
  });

  test('out of nothing', async () => {
    expect(await collect(from([]), 0)).toHaveLength(0);
    expect(await collect(from([new Uint8Array()]), 0)).toHaveLength(0);
  });
});

describe('memory is given back', () => {
  test('of pieces at once, but not of one that shares it with others', async () => {
    const alone = piece(1000, 1);
    const shared = piece(1000, 2);
    const both = await collect(from([alone, shared.subarray(0, 500)]), 0);
    expect(both).toHaveLength(1500);
    expect([alone.length, shared.length]).toEqual([0, 1000]);
  });

  test('of a body when it is released, and of no other', async () => {
    const body = await collect(from([piece(10, 1)]), 0);
    const other = Buffer.from('from the pool of Node');
    giveBackOwn(body);
    giveBackOwn(body);
    giveBackOwn(other);
    expect(body).toHaveLength(0);
    expect(text(other)).toBe('from the pool of Node');
  });

  test('of a body that never came to its end, and its error is told', async () => {
    const alone = piece(10, 1);
    await expect(collect(from([alone], new Error('cut off')), 0)).rejects.toThrow('cut off');
    expect(alone).toHaveLength(0);
  });

  test('of large bodies that were dropped, before the next one is read', async () => {
    const large = async (): Promise<Uint8Array> => collect(from([piece(6_000_000, 1)]), 0);
    await large();
    const left = new WeakRef({ text: 'x'.repeat(1000) });
    await new Promise((resolve) => setImmediate(resolve));
    await large();
    expect(left.deref()).toBeUndefined();
  });
});

test('a chunked body is whole however it was chunked and cut, although its reads are given back', async () => {
  const chunks = array(uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 12 });
  const cuts = array(integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 20 });
  await assert(
    asyncProperty(chunks, cuts, async (parts, lengths) => {
      const framed = parts.flatMap((part) => [
        Buffer.from(`${part.length.toString(16)};x=1\r\n`),
        part,
        Buffer.from('\r\n'),
      ]);
      let wire = Buffer.concat([...framed, Buffer.from('0\r\na: b\r\n\r\n')]);
      const reads: Uint8Array[] = [];
      for (let at = 0; wire.length > 0; at += 1) {
        const length = lengths[at % lengths.length] ?? 1;
        reads.push(Uint8Array.from(wire.subarray(0, length)));
        wire = wire.subarray(length);
      }
      const incoming = {
        next: async () => reads.shift() ?? null,
        unread: () => {},
        arrivedAt: () => 0,
        detach: () => piece(0, 0),
      };
      const body = await collect(
        readBody(incoming, { kind: 'chunked' }, DEFAULT_LIMITS, newBodyCount(), () => {}),
        0,
      );
      expect(text(body)).toBe(text(Buffer.concat(parts)));
    }),
  );
});
