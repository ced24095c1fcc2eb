import { expect, test } from 'vitest';
import { followAnswer } from './follow.ts';
import type { DnsRecord } from './message.ts';
import { TYPES, type RecordType } from './types.ts';

const record = (name: string, type: RecordType, text: string, ttl = 300): DnsRecord => ({
  name,
  type: TYPES[type],
  text,
  ttl,
});
const A = { name: 'a.test', type: 'A' } as const;

test('aliases are followed to the records, and the smallest ttl on the way counts', () => {
  const answers = [
    record('c.test', 'A', '192.0.2.1', 60),
    record('a.test', 'CNAME', 'b.test', 30),
    record('b.test', 'CNAME', 'c.test', 90),
    record('c.test', 'A', '192.0.2.2', 70),
  ];
  expect(followAnswer(answers, A)).toEqual({
    aliases: ['b.test', 'c.test'],
    loop: false,
    records: ['192.0.2.1', '192.0.2.2'],
    ttl: 30,
  });
});

test('records of other names and types are not believed', () => {
  const answers = [
    record('evil.test', 'A', '192.0.2.66'),
    record('a.test', 'TXT', 'x'),
    record('a.test', 'A', '192.0.2.1'),
  ];
  expect(followAnswer(answers, A)).toMatchObject({ records: ['192.0.2.1'], aliases: [] });
});

test('aliases that come back are a loop without records', () => {
  const answers = [
    record('a.test', 'CNAME', 'b.test'),
    record('b.test', 'CNAME', 'a.test'),
    record('a.test', 'A', '192.0.2.1'),
  ];
  expect(followAnswer(answers, A)).toMatchObject({ loop: true, aliases: ['b.test', 'a.test'], records: [] });
  expect(followAnswer([record('a.test', 'CNAME', 'a.test')], A)).toMatchObject({ loop: true, aliases: ['a.test'] });
});

test('who asks for the alias itself gets it', () => {
  const answers = [record('a.test', 'CNAME', 'b.test'), record('b.test', 'CNAME', 'c.test')];
  expect(followAnswer(answers, { name: 'a.test', type: 'CNAME' })).toMatchObject({ records: ['b.test'], aliases: [] });
});

test('an answer without anything has no ttl', () => {
  expect(followAnswer([], A)).toEqual({ aliases: [], loop: false, records: [], ttl: null });
});
