import { PassThrough } from 'node:stream';
import { array, assert, asyncProperty, integer, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { collectOutput } from './collect-output.ts';

const collected = async (chunks: readonly Uint8Array[], head: number, tail: number) => {
  const stream = new PassThrough();
  const collector = collectOutput(stream, head, tail);
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  await collector.done;
  return collector.output();
};

test('the first bytes are kept, and the last of those that come after them', async () => {
  const chunks = array(uint8Array({ maxLength: 40 }), { maxLength: 12 });
  const most = integer({ min: 1, max: 60 });
  await assert(
    asyncProperty(chunks, most, most, async (parts, headBytes, tailBytes) => {
      const all = Buffer.concat(parts);
      const rest = all.subarray(headBytes);
      const { head, tail, size, leftOut } = await collected(parts, headBytes, tailBytes);
      expect(head).toEqual(all.subarray(0, headBytes));
      expect(tail).toEqual(rest.subarray(Math.max(0, rest.length - tailBytes)));
      expect([size, leftOut]).toEqual([all.length, all.length - head.length - tail.length]);
    }),
  );
});

test('what has come so far can be asked before the end', async () => {
  const stream = new PassThrough();
  const collector = collectOutput(stream, 4, 2);
  stream.write('abc');
  await new Promise(setImmediate);
  const early = collector.output();
  stream.write('defgh');
  await new Promise(setImmediate);
  expect(String(early.head)).toBe('abc');
  expect(collector.output()).toMatchObject({ size: 8, leftOut: 2 });
  expect(String(collector.output().tail)).toBe('gh');
});

test('a collector that is stopped is done, and so is one of a stream that is closed already', async () => {
  const stream = new PassThrough();
  const collector = collectOutput(stream, 4, 4);
  collector.stop();
  await collector.done;
  await collectOutput(stream, 4, 4).done;
  expect(stream.destroyed).toBe(true);
});
