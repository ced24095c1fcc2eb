import { array, assert, constantFrom, nat, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CouldNotLook } from '../probe.ts';
import { readEventStream } from './event-stream.ts';

type Read = {
  readonly events: readonly (readonly [type: string, data: string])[];
  readonly comments: number;
  readonly invalid: number;
  readonly lastEventId: string;
  readonly retryMs: number | null;
};

const readPieces = (pieces: readonly Uint8Array[], limit = 1024): Read => {
  const events: (readonly [string, string])[] = [];
  let comments = 0;
  let invalid = 0;
  const reader = readEventStream(limit, {
    event: ({ type, data }) => events.push([type, data]),
    comment: () => (comments += 1),
    invalid: () => (invalid += 1),
  });
  for (const [at, piece] of pieces.entries()) reader.push(piece, at);
  return { events, comments, invalid, lastEventId: reader.lastEventId(), retryMs: reader.retryMs() };
};

const read = (text: string | Uint8Array, limit?: number): Read => readPieces([Buffer.from(text)], limit);

describe('the examples of the HTML standard', () => {
  test.each<[string, Read['events']]>([
    ['data: YHOO\ndata: +2\ndata: 10\n\n', [['message', 'YHOO\n+2\n10']]],
    [
      ': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n',
      [
        ['message', 'first event'],
        ['message', 'second event'],
      ],
    ],
    [
      'data\n\ndata\ndata\n\ndata:',
      [
        ['message', ''],
        ['message', '\n'],
      ],
    ],
    [
      'data:test\n\ndata: test\n\n',
      [
        ['message', 'test'],
        ['message', 'test'],
      ],
    ],
    [
      'event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\n',
      [
        ['add', '73857293'],
        ['remove', '2153'],
      ],
    ],
  ])('%j', (text, events) => {
    expect(read(text).events).toEqual(events);
  });

  test('an id without a value takes the last one back', () => {
    expect(read('id: 1\ndata: a\n\n').lastEventId).toBe('1');
    expect(read('id: 1\ndata: a\n\nid\ndata: b\n\n').lastEventId).toBe('');
  });
});

describe('an event stream', () => {
  test('ends its lines with LF, CR or CRLF, also mixed', () => {
    expect(read('data: a\r\ndata: b\r\n\r\ndata: c\r\rdata: d\n\n').events).toEqual([
      ['message', 'a\nb'],
      ['message', 'c'],
      ['message', 'd'],
    ]);
  });

  test('may have a byte order mark at its start and nowhere else', () => {
    expect(read('\ufeffdata: a\n\n').events).toEqual([['message', 'a']]);
    expect(read('\ufeff\ufeffdata: a\n\n').events).toEqual([]);
    expect(read('data: a\n\n\ufeffdata: b\n\n').events).toEqual([['message', 'a']]);
  });

  test('tells an event the moment its empty line has come, also by a CR alone', () => {
    const seen: number[] = [];
    const reader = readEventStream(100, { event: (_event, at) => seen.push(at), comment: () => {}, invalid: () => {} });
    reader.push(Buffer.from('data: a\r\n'), 1);
    reader.push(Buffer.from('\r'), 2);
    expect(seen).toEqual([2]);
    reader.push(Buffer.from('\n'), 3);
    reader.push(Buffer.from('\n'), 4);
    expect(seen).toEqual([2]);
  });

  test('takes a CRLF for one end of a line, wherever its bytes are cut', () => {
    const pieces = ['data: a\r', '\ndata: b\r', '\n', '\r', '\n'].map((piece) => Buffer.from(piece));
    expect(readPieces(pieces).events).toEqual([['message', 'a\nb']]);
  });

  test('does not tell an event that has no data, or no end', () => {
    expect(read('event: a\nid: 7\n\ndata: b\n')).toMatchObject({ events: [], lastEventId: '7' });
    expect(read('event: a\n\ndata: b\n\n').events).toEqual([['message', 'b']]);
  });

  test('has comments, whose content is nothing', () => {
    expect(read(':\n: ping\n:data: a\n\n')).toMatchObject({ events: [], comments: 3 });
  });

  test('passes over fields that are unknown, in another case or led by a space', () => {
    expect(read('Data: a\n data: b\ndata : c\nfoo\n\n').events).toEqual([]);
  });

  test('keeps an id from an event that came, and not one with a NUL', () => {
    expect(read('id: 1\ndata: a\n\nid: 2\u0000\ndata: b\n\n').lastEventId).toBe('1');
    expect(read('id: 1\n\nid: 2\n').lastEventId).toBe('1');
  });

  test('takes a retry of digits alone', () => {
    expect(read('retry: 1500\n').retryMs).toBe(1500);
    expect(read('retry: 1500\nretry: 2s\nretry: -1\nretry:\nretry: 1e3\n').retryMs).toBe(1500);
    expect(read(`retry: ${'9'.repeat(400)}\n`).retryMs).toBeNull();
  });

  test('that is not UTF-8 is read as browsers do, and the line is counted', () => {
    const { events, invalid } = read(Buffer.from('data: a\xff\n:\xc3\n\n', 'latin1'));
    expect(events).toEqual([['message', 'a\ufffd']]);
    expect(invalid).toBe(2);
  });

  test('may name its events like what every object inherits', () => {
    expect(read('event: __proto__\ndata: 1\n\n').events).toEqual([['__proto__', '1']]);
  });
});

describe('what is kept of a stream', () => {
  const failure = (pieces: readonly string[], limit: number): string => {
    try {
      readPieces(
        pieces.map((piece) => Buffer.from(piece)),
        limit,
      );
    } catch (error) {
      if (error instanceof CouldNotLook) return `${error.code}: ${error.message}`;
      throw error;
    }
    return 'read';
  };
  const long = 'x'.repeat(1000);

  test('is one line of at most the limit, in one piece or many', () => {
    const message = 'body-limit: a line of the stream is over 1000 bytes';
    expect(failure([`:${long.slice(1)}\n`], 1000)).toBe('read');
    expect(failure([`:${long}\n`], 1000)).toBe(message);
    expect(failure([`:${long}`], 1000)).toBe(message);
    expect(failure([':', ...long], 1000)).toBe(message);
  });

  test('is one event of at most the limit, whatever its lines are', () => {
    const message = 'body-limit: an event of the stream is over 1000 bytes';
    expect(failure(['data: 12\n'.repeat(111), '\n'], 1000)).toBe('read');
    expect(failure(['data: 12\n'.repeat(112)], 1000)).toBe(message);
    expect(failure(['foo\n'.repeat(251)], 1000)).toBe(message);
    expect(failure(['data: 12\n\n'.repeat(1000), ':ping\n'.repeat(1000)], 1000)).toBe('read');
  });
});

describe('for any stream', () => {
  const part = constantFrom(
    'data',
    'event',
    'id',
    'retry',
    ':',
    ' ',
    '\n',
    '\r',
    '\r\n',
    '\n\n',
    '\ufeff',
    'é',
    '5',
    '\0',
  );
  const cut = (bytes: Uint8Array, sizes: readonly number[]): readonly Uint8Array[] => {
    const pieces: Uint8Array[] = [];
    let start = 0;
    for (const size of sizes) {
      pieces.push(bytes.subarray(start, start + size));
      start += size;
    }
    return [...pieces, bytes.subarray(start)];
  };

  test('it does not matter how its bytes are cut', () => {
    const sizes = array(nat(5), { maxLength: 60 });
    assert(
      property(array(part, { maxLength: 60 }), sizes, (parts, cuts) => {
        const bytes = Buffer.from(parts.join(''));
        expect(readPieces(cut(bytes, cuts))).toEqual(readPieces([bytes]));
      }),
      { numRuns: 500 },
    );
  });

  test('the events are those that a reading of the whole text by the standard gives', () => {
    assert(
      property(array(part, { maxLength: 60 }), (parts) => {
        const text = parts.join('');
        expect(read(text).events).toEqual(byTheStandard(text));
      }),
      { numRuns: 500 },
    );
  });
});

/** The steps of the HTML standard, over a text that is there as a whole. */
const byTheStandard = (text: string): Read['events'] => {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
  const events: (readonly [string, string])[] = [];
  let data: string[] = [];
  let type = '';
  for (const line of lines.slice(0, -1)) {
    const [, name = '', value = ''] = /^([^:]*):? ?([^]*)$/.exec(line) ?? [];
    if (line === '') {
      if (data.length > 0) events.push([type || 'message', data.join('\n')]);
      data = [];
      type = '';
    } else if (name === 'data') data.push(value);
    else if (name === 'event') type = value;
  }
  return events;
};
