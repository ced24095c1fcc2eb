import { array, assert, nat, property } from 'fast-check';
import { expect, test } from 'vitest';
import { DATA, errorName, frameName, GOAWAY, HEADERS, readFrames, readSettings } from './http2-frames.ts';
import { frame, settings, words } from './http2-test-server.ts';

const bytes = Buffer.concat([
  Buffer.from('skipped'),
  settings([3, 0], [4, 65_535]),
  frame(HEADERS, 4, 1, 'head'),
  frame(DATA, 1, 1, 'x'.repeat(3000)),
  frame(DATA, 0, 3, ''),
  frame(GOAWAY, 0, 0, words(1, 2)),
]);

const framesOf = (chunks: readonly Uint8Array[]): readonly unknown[] => {
  const seen: unknown[] = [];
  const read = readFrames(
    {
      begin: ({ type, length }) => seen.push(['begin', type, length]),
      end: ({ type, flags, stream }, payload) => {
        seen.push(['end', type, flags, stream, Buffer.from(payload).toString('latin1')]);
        return false;
      },
    },
    'skipped'.length,
  );
  for (const chunk of chunks) expect(read(chunk)).toBe(chunk.length);
  return seen;
};

test('frames are the same however the bytes are cut', () => {
  const whole = framesOf([bytes]);
  expect(whole).toHaveLength(10);
  assert(
    property(array(nat(bytes.length), { maxLength: 8 }), (places) => {
      const cuts = [0, ...places.toSorted((a, b) => a - b), bytes.length];
      const chunks = cuts.slice(1).map((cut, index) => bytes.subarray(cuts[index], cut));
      expect(framesOf(chunks)).toEqual(whole);
    }),
  );
  expect(framesOf(Array.from(bytes, (byte) => Buffer.of(byte)))).toEqual(whole);
});

test('of a long payload only the front is kept', () => {
  const ends = framesOf([bytes]).filter((entry) => Array.isArray(entry) && entry[0] === 'end' && entry[3] === 1);
  expect(ends.at(-1)).toEqual(['end', DATA, 1, 1, 'x'.repeat(1024)]);
});

test('nothing is taken after the frame that the listener wanted last', () => {
  const read = readFrames({ begin: () => {}, end: ({ type }) => type === HEADERS });
  expect(read(bytes.subarray('skipped'.length))).toBe(21 + 13);
  expect(read(Buffer.from('more'))).toBe(0);
});

test('settings are read by their number', () => {
  expect(readSettings(settings([3, 0], [4, 65_535]).subarray(9))).toEqual(
    new Map([
      [3, 0],
      [4, 65_535],
    ]),
  );
});

test('frames and codes have names, and unknown ones a number', () => {
  expect([frameName(9), frameName(0x2a), errorName(0), errorName(13), errorName(14)]).toEqual([
    'CONTINUATION',
    'type 0x2a',
    'NO_ERROR',
    'HTTP_1_1_REQUIRED',
    'code 0xe',
  ]);
});
