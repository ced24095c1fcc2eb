import { array, assert, nat, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CouldNotLook } from '../probe.ts';
import { parseChunkLine, readChunked } from './chunked.ts';
import { DEFAULT_LIMITS } from './request.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

/** Cuts the bytes at these places, feeds the pieces one by one, and tells the data and what is left over. */
const read = (source: Buffer, cuts: readonly number[] = [], limits = DEFAULT_LIMITS) => {
  const reader = readChunked(limits);
  const places = [...cuts.map((cut) => cut % (source.length + 1)).toSorted((a, b) => a - b), source.length];
  let from = 0;
  let data = '';
  try {
    for (const place of places) {
      const taken = reader.push(source.subarray(from, place));
      from = place;
      data += Buffer.concat(taken.data).toString('latin1');
      if (taken.rest !== null) return { data, rest: bytes('').toString() + Buffer.from(taken.rest).toString('latin1') };
    }
    return { data, rest: null };
  } catch (error) {
    if (error instanceof CouldNotLook) return `${error.code}: ${error.message.replace('invalid response: ', '')}`;
    throw error;
  }
};

const BODY = bytes('4;name="a b"\r\nWiki\r\n00a\r\n\r\n in chun\r\nb;x\r\nks and more\r\n0\r\nTrailer: 1\r\n\r\n');

describe('a chunked body', () => {
  it('is the same however it is cut', () => {
    assert(
      property(array(nat(), { maxLength: 12 }), (cuts) => {
        expect(read(BODY, cuts)).toEqual({ data: 'Wiki\r\n in chunks and more', rest: '' });
      }),
    );
  });

  it('ends with its last chunk, and what follows is not its own', () => {
    expect(read(bytes('1\r\na\r\n0\r\n\r\nHTTP/1.1 200'))).toEqual({ data: 'a', rest: 'HTTP/1.1 200' });
  });

  it('has not ended before the line after the last chunk', () => {
    expect(read(bytes('1\r\na\r\n0\r\n'))).toEqual({ data: 'a', rest: null });
  });

  it.each([
    ['5\nhello', 'invalid-response: a line ends in a bare LF in the chunked body'],
    ['2\r\nabX\r\n', 'invalid-response: a chunk is longer than its size'],
    ['2\r\nab0\r\n\r\n', 'invalid-response: a chunk is longer than its size'],
    ['0\r\nno colon\r\n\r\n', 'invalid-response: a header line without a colon: `no colon`'],
    ['\r\n', 'invalid-response: bad chunk size: ``'],
  ])('is refused when it is %j', (source, sentence) => {
    expect(read(bytes(source))).toBe(sentence);
  });

  it('gives one piece of data for each piece that came, however many chunks it holds', () => {
    expect(readChunked(DEFAULT_LIMITS).push(bytes('1\r\na\r\n'.repeat(1000))).data).toHaveLength(1);
  });

  it('may not be mostly sizes: a megabyte of them beyond the data is an attack', () => {
    const small = bytes('1\r\na\r\n'.repeat(200_000));
    expect(read(small)).toMatchObject({ rest: null });
    expect(read(Buffer.concat([small, small]))).toBe('body-limit: the chunk sizes outweigh the data by over 1 MiB');
  });

  it('may not make up for its sizes with nothing but announced data', () => {
    expect(read(bytes(`fffff\r\n${'x'.repeat(10)}`))).toEqual({ data: 'x'.repeat(10), rest: null });
    expect(read(bytes('0'.repeat(70_000)))).toBe('header-limit: the chunk extensions and trailers are over 64 KiB');
  });
});

describe('the size of a chunk', () => {
  it.each([
    ['0', 0],
    ['000A', 10],
    ['1fffffffffffff', Number.MAX_SAFE_INTEGER],
    ['5;a=b', 5],
    ['5 ; a', 5],
  ])('is read from %j', (line, size) => {
    expect(parseChunkLine(line).size).toBe(size);
  });

  it.each(['', '5x', '-1', '+5', '0x5', ' 5', '5 5', '5;\u0000', '20000000000000', `${'0'.repeat(17)}1`])(
    'is refused in %j',
    (line) => {
      expect(() => parseChunkLine(line)).toThrow(CouldNotLook);
    },
  );
});
