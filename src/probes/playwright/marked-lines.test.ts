import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { markedLines } from './marked-lines.ts';

const MARK = 'gonogo-1234 ';

const linesOf = async (chunks: readonly Buffer[]): Promise<readonly string[]> => {
  const lines: string[] = [];
  for await (const line of markedLines(Readable.from(chunks, { objectMode: true }), MARK)) lines.push(line);
  return lines;
};

const cutInto = (bytes: Buffer, cuts: readonly number[]): readonly Buffer[] => {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
  return places.slice(1).map((end, at) => bytes.subarray(places[at], end));
};

it('gives the marked lines alone, however the bytes are cut', async () => {
  const text = `a spec says ä\n${MARK}{"ü":1}\r\n\n ${MARK}no\n${MARK}\n${MARK}second\n${MARK}without an end`;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(), { maxLength: 20 }), async (cuts) => {
      expect(await linesOf(cutInto(Buffer.from(text), cuts))).toEqual(['{"ü":1}', '', 'second']);
    }),
  );
});

it('throws away a line that is too long, marked or not, and goes on behind it', async () => {
  const flood = Array.from({ length: 64 }, () => Buffer.alloc(64 * 1024, 'x'));
  const lines = await linesOf([Buffer.from(`${MARK}`), ...flood, Buffer.from(`\n${MARK}after\n`), ...flood]);
  expect(lines).toEqual(['after']);
});
