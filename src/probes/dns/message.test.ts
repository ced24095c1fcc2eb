import { array, assert, constantFrom, integer, ipV4, ipV6, nat, property, string, tuple, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BadMessage } from './bad-message.ts';
import { canonicalIpv6 } from './canonical.ts';
import { decodeMessage, encodeQuery, messageId } from './message.ts';
import { encodeAnswer, encodeRecord, type Sent } from './test-answers.ts';
import { decodeName, encodeName, showName } from './wire-name.ts';

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(/\s/g, ''), 'hex');

const QUERY = bytes('1234 0100 0001 0000 0000 0000 01 61 04 74657374 00 0001 0001');
const HEADER = (answers: string) => `1234 8580 0001 ${answers} 0000 0000 01 61 04 74657374 00 0001 0001`;

describe('literal messages', () => {
  test('a query for a.test', () => {
    expect(encodeQuery(0x1234, ['a', 'test'], 1)).toEqual(QUERY);
  });

  test('an answer with a compressed name', () => {
    const answer = bytes(`${HEADER('0001')} c00c 0001 0001 0000003c 0004 c0000201`);
    expect(decodeMessage(answer)).toEqual({
      id: 0x1234,
      isResponse: true,
      authoritative: true,
      truncated: false,
      rcode: 0,
      question: { name: 'a.test', type: 1 },
      answers: [{ name: 'a.test', type: 1, ttl: 60, text: '192.0.2.1' }],
    });
    expect(messageId(answer)).toBe(0x1234);
  });

  test.each<[string, Partial<Sent>, string]>([
    ['AAAA', { type: 'AAAA', data: '2001:DB8:0:0:0::1' }, '2001:db8::1'],
    ['CNAME', { type: 'CNAME', data: 'B.Test' }, 'b.test'],
    ['MX', { type: 'MX', data: '10 Mail.Test' }, '10 mail.test'],
    ['a null MX', { type: 'MX', data: '0 .' }, '0 .'],
    ['TXT', { type: 'TXT', data: `v=spf1 ${'x'.repeat(600)} -all "é"` }, `v=spf1 ${'x'.repeat(600)} -all "é"`],
    ['TXT that is not UTF-8', { type: 'TXT', data: bytes('03 61 ff 62') }, String.raw`a\255b`],
    ['an empty TXT', { type: 'TXT', data: bytes('00') }, ''],
    ['NS', { type: 'NS', data: 'ns1.test' }, 'ns1.test'],
    ['SOA', { type: 'SOA', data: 'ns.test host.test 1 2 3 4 4294967295' }, 'ns.test host.test 1 2 3 4 4294967295'],
    ['SRV', { type: 'SRV', data: '1 2 5060 sip.test' }, '1 2 5060 sip.test'],
    ['CAA', { type: 'CAA', data: '128 Issue "ca.test; x=1"' }, '128 issue "ca.test; x=1"'],
    ['PTR with a strange label', { type: 'PTR', data: bytes('03 61 2e 00 04 74657374 00') }, String.raw`a\.\000.test`],
  ])('%s as text', (_name, record, text) => {
    const sent: Sent = { name: 'a.test', type: 'A', data: '', ...record };
    expect(decodeMessage(encodeAnswer(QUERY, [sent])).answers.map((answer) => answer.text)).toEqual([text]);
  });

  test('records of another class or type are left out, and a ttl with its first bit set is 0', () => {
    const records: readonly Sent[] = [
      { name: 'a.test', type: 'A', data: '192.0.2.1', class: 3 },
      { name: 'a.test', type: 46, data: bytes('00') },
      { name: 'a.test', type: 'A', data: '192.0.2.2', ttl: 0x80_00_00_00 },
    ];
    expect(decodeMessage(encodeAnswer(QUERY, records)).answers).toEqual([
      { name: 'a.test', type: 1, ttl: 0, text: '192.0.2.2' },
    ]);
  });

  test('of a truncated message nothing but the header counts', () => {
    const cut = encodeAnswer(QUERY, [{ name: 'a.test', type: 'A', data: '192.0.2.1' }], { flags: 0x8380 }).subarray(
      0,
      40,
    );
    expect(decodeMessage(cut)).toMatchObject({ truncated: true, answers: [] });
  });
});

const isReadOrRefused = (message: Buffer): boolean => {
  try {
    return decodeMessage(message).answers.length >= 0;
  } catch (error) {
    return error instanceof BadMessage;
  }
};

describe('bad messages', () => {
  test.each<[string, string]>([
    ['1234', 'it is shorter than a header'],
    ['1234 8180 0002 0000 0000 0000', 'it repeats more than one question'],
    ['1234 8180 0001 0000 0000 0000 01 61 00 0001', 'the question is cut short'],
    ['1234 8180 0001 0000 0000 0000 05 61', 'a name goes past the end'],
    ['1234 8180 0001 0000 0000 0000 c00c 0001 0001', 'a compressed name points forward or to itself'],
    ['1234 8180 0001 0000 0000 0000 01 61 c00c 0001 0001', 'a compressed name points forward or to itself'],
    ['1234 8180 0001 0000 0000 0000 c0ff 0001 0001', 'a compressed name points forward or to itself'],
    ['1234 8180 0001 0000 0000 0000 41 61', 'a label has a type that is not known'],
    [`${HEADER('0001')}`, 'a name goes past the end'],
    [`${HEADER('0001')} c00c 0001 0001 0000003c`, 'a record is cut short'],
    [`${HEADER('0001')} c00c 0001 0001 0000003c 0005 c0000201`, 'a record goes past the end'],
    [`${HEADER('0001')} c00c 0001 0001 0000003c 0003 c00002`, 'an A record is not 4 bytes long'],
    [`${HEADER('0001')} c00c 001c 0001 0000003c 0003 c00002`, 'an AAAA record is not 16 bytes long'],
    [`${HEADER('0001')} c00c 0005 0001 0000003c 0004 01 61 00 00`, 'a name does not fit its record'],
    [`${HEADER('0001')} c00c 0005 0001 0000003c 0002 01 61 00`, 'a name does not fit its record'],
    [`${HEADER('0001')} c00c 000f 0001 0000003c 0001 00`, 'an MX record is cut short'],
    [`${HEADER('0001')} c00c 0010 0001 0000003c 0002 05 61`, 'a TXT record is cut short'],
    [`${HEADER('0001')} c00c 0006 0001 0000003c 0003 00 00 01`, 'an SOA record has the wrong length'],
    [`${HEADER('0001')} c00c 0101 0001 0000003c 0003 00 05 61`, 'a CAA record is cut short'],
    [`${HEADER('ffff')}`, 'there are more than 4000 records'],
  ])('%s: %s', (hex, fault) => {
    expect(() => decodeMessage(bytes(hex))).toThrow(new BadMessage(fault));
  });

  test('a name of many pointers ends at 255 bytes', () => {
    const label = `3f${'61'.repeat(63)}`;
    const five = bytes(`${label.repeat(5)}00`);
    expect(() => decodeName(five, 0)).toThrow('a name is longer than 255 bytes');
  });

  test('any bytes are read or refused as a bad message, never otherwise', () => {
    assert(
      property(uint8Array({ maxLength: 200 }), tuple(nat(4), nat(4)), (tail, [questions, answers]) => {
        const head = Buffer.from([0x12, 0x34, 0x81, 0x80, 0, questions, 0, answers, 0, 0, 0, 0]);
        expect(isReadOrRefused(Buffer.concat([head, tail]))).toBe(true);
      }),
    );
  });
});

test('an answer with damaged bytes is read or refused as a bad message, never otherwise', () => {
  const whole = encodeAnswer(QUERY, [
    { name: 'a.test', type: 'SOA', data: 'ns.test host.test 1 2 3 4 5' },
    { name: 'a.test', type: 'CAA', data: '0 issue "ca.test"' },
    { name: 'a.test', type: 'SRV', data: '1 2 3 sip.test' },
    { name: 'a.test', type: 'TXT', data: 'text' },
    { name: 'a.test', type: 'MX', data: '1 mx.test' },
    { name: 'a.test', type: 'AAAA', data: '2001:db8::1' },
  ]);
  const damage = array(tuple(integer({ min: 12, max: whole.length - 1 }), nat(255)), { minLength: 1, maxLength: 4 });
  assert(
    property(damage, integer({ min: 12, max: whole.length }), (changes, length) => {
      const message = Buffer.from(whole);
      for (const [at, byte] of changes) message.writeUInt8(byte, at);
      expect(isReadOrRefused(message.subarray(0, length))).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

const label = string({ unit: constantFrom(...'abcXYZ019-_*.\\" \u0000\u00ff'), minLength: 1, maxLength: 63 });
const labels = array(label, { maxLength: 6 });

test('names survive the way out and back, wherever they start', () => {
  assert(
    property(labels, nat(300), (name, offset) => {
      const encoded = encodeName(name);
      const size = name.reduce((sum, one) => sum + 1 + one.length, 1);
      expect(encoded === null).toBe(size > 255);
      if (encoded === null) return;
      const message = Buffer.concat([Buffer.alloc(offset), encoded, Buffer.from([7])]);
      expect(decodeName(message, offset)).toEqual({ labels: name, end: offset + encoded.length });
    }),
  );
});

test('a name that points back reads as the name that it points to', () => {
  assert(
    property(labels, label, (name, first) => {
      const tail = encodeName(name);
      if (tail === null || encodeName([first, ...name]) === null) return;
      const head = Buffer.concat([Buffer.from([first.length]), Buffer.from(first, 'latin1'), Buffer.from([0xc0, 0])]);
      expect(decodeName(Buffer.concat([tail, head]), tail.length)).toEqual({
        labels: [first, ...name],
        end: tail.length + head.length,
      });
    }),
  );
});

test('two names that differ are never shown alike, but for upper case', () => {
  assert(
    property(labels, labels, (one, other) => {
      const folded = (name: readonly string[]) => JSON.stringify(name.map((part) => part.toLowerCase()));
      expect(showName(one) === showName(other)).toBe(folded(one) === folded(other));
    }),
  );
});

test('answers survive the way out and back', () => {
  const record = tuple(
    constantFrom('a.test', 'b.test', '.'),
    integer({ min: 0, max: 0x7f_ff_ff_ff }),
    tuple(
      constantFrom('A', 'AAAA', 'TXT', 'MX'),
      ipV4(),
      ipV6(),
      string({ maxLength: 600, unit: 'grapheme' }),
      nat(65_535),
    ),
  ).map(([name, ttl, [type, four, six, text, priority]]) => {
    const data = { A: four, AAAA: six, TXT: text, MX: `${priority} mx.test` }[type];
    const shown = type === 'AAAA' ? canonicalIpv6(six) : data;
    return { sent: { name, type, data, ttl } as const, text: shown };
  });
  assert(
    property(array(record, { maxLength: 20 }), (records) => {
      const { answers } = decodeMessage(
        encodeAnswer(
          QUERY,
          records.map(({ sent }) => sent),
        ),
      );
      expect(answers.map(({ name, ttl, text }) => ({ name, ttl, text }))).toEqual(
        records.map(({ sent, text }) => ({ name: sent.name, ttl: sent.ttl, text })),
      );
    }),
  );
  expect(encodeRecord({ name: '.', type: 'A', data: '1.2.3.4' })).toHaveLength(15);
});
