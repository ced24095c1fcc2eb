import { array, assert, constantFrom, nat, property } from 'fast-check';
import { expect, it } from 'vitest';
import { CouldNotLook } from '../probe.ts';
import { parseFieldLine, parseStatusLine } from './parse-head.ts';
import { readHead } from './read-head.ts';
import { DEFAULT_LIMITS } from './request.ts';

const BYTES = Buffer.from(
  'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 All right\r\nA: 1\r\n__proto__:\tx \r\nB:\xe9\r\n\r\nbody',
  'latin1',
);

/** Cuts the bytes at these places, feeds the pieces one by one, and tells what came of it. */
const read = (bytes: Uint8Array, cuts: readonly number[]) => {
  const reader = readHead(DEFAULT_LIMITS);
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  try {
    for (const [index, place] of places.slice(1).entries()) {
      const done = reader.push(bytes.subarray(places[index], place));
      if (done !== null) {
        const rest = Buffer.concat([done.rest, bytes.subarray(place)]).toString('latin1');
        return { head: done.head, rest, bytes: reader.bytes() };
      }
    }
  } catch (error) {
    return error instanceof CouldNotLook ? error.code : error;
  }
  return reader.progress();
};

const cuts = array(nat(), { maxLength: 12 });

it('reads the same head however the bytes are cut', () => {
  const whole = {
    head: {
      status: 200,
      statusText: 'All right',
      httpVersion: '1.1',
      headers: [
        ['a', '1'],
        ['__proto__', 'x'],
        ['b', '\xe9'],
      ],
    },
    rest: 'body',
    bytes: BYTES.length - 4,
  };
  expect(read(BYTES, [])).toEqual(whole);
  assert(
    property(cuts, (places) => {
      expect(read(BYTES, places)).toEqual(whole);
    }),
  );
});

it('ends the same way with any bytes, however they are cut, and only ever in a reason of ours', () => {
  const near = constantFrom(...BYTES, 0, 10, 13, 32, 58);
  const bytes = array(near, { maxLength: 80 }).map((list) => Buffer.concat([BYTES.subarray(0, 60), Buffer.from(list)]));
  assert(
    property(bytes, cuts, (given, places) => {
      const whole = read(given, []);
      expect(whole).not.toBeInstanceOf(Error);
      expect(read(given, places)).toEqual(whole);
    }),
    { numRuns: 300 },
  );
});

it('knows after the first bytes that a peer does not speak HTTP', () => {
  expect(() => readHead(DEFAULT_LIMITS).push(Buffer.from('+O'))).toThrow('not HTTP: first bytes `+O`');
});

it.each([
  ['HTTP/1.1 200 OK', { status: 200, statusText: 'OK', httpVersion: '1.1' }],
  ['HTTP/1.0 404 ', { status: 404, statusText: '', httpVersion: '1.0' }],
  ['HTTP/1.1 200', { status: 200, statusText: '', httpVersion: '1.1' }],
])('reads the status line `%s`', (line, expected) => {
  expect(parseStatusLine(line)).toEqual(expected);
});

it.each([
  'HTTP/1.1  200 OK',
  'HTTP/1.1 2OO OK',
  'HTTP/1.1 +20 OK',
  'http/1.1 200 OK',
  'HTTP/2 200',
  'HTTP/1.1',
  'HTTP/1.10 200 OK',
  'HTTP/1.1 200\tOK',
])('refuses the status line `%s`', (line) => {
  expect(() => parseStatusLine(line)).toThrow('invalid response: ');
});

it.each([
  ['A: b', ['a', 'b']],
  ['A:', ['a', '']],
  ['A: \t b c\t', ['a', 'b c']],
  ['X-Y: a:b', ['x-y', 'a:b']],
])('reads the header line `%s`', (line, expected) => {
  expect(parseFieldLine(line)).toEqual(expected);
});

it.each([': b', 'A b: c', 'A\u00e9: b', 'A: b\u001bc', 'A: \u007f', 'A\0: b'])('refuses the header line %j', (line) => {
  expect(() => parseFieldLine(line)).toThrow('invalid response: ');
});
