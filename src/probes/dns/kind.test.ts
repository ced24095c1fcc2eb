import { assert, property, shuffledSubarray } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Facts } from '../../model/observation.ts';
import { canonicalRecord } from './canonical.ts';
import { compareRecords, EXAMPLES } from './expected.ts';
import { dns } from './kind.ts';
import { reverseName } from './query.ts';
import type { Spec } from './schema.ts';
import { TYPES, type RecordType } from './types.ts';

const NO_NAME = 'name is not a name that DNS can hold: expected something like example.com';

describe('problems that are known before looking', () => {
  test.each<[Spec, readonly string[]]>([
    [{ name: 'example.com' }, []],
    [{ name: '_dmarc.example.com', type: 'TXT' }, []],
    [{ name: '*.example.com.' }, []],
    [{ name: '.', type: 'NS' }, []],
    [{ name: 'münchen.example' }, []],
    [{ name: '2001:db8::1', type: 'PTR' }, []],
    [{ name: '2001:db8::1' }, [NO_NAME]],
    [{ name: 'a..b' }, [NO_NAME]],
    [{ name: ' ' }, [NO_NAME]],
    [{ name: 'https://a.test/' }, [NO_NAME]],
    [{ name: 'a.test:53' }, [NO_NAME]],
    [{ name: `${'x'.repeat(64)}.test` }, [NO_NAME]],
    [{ name: Array.from({ length: 60 }, () => 'abcd').join('.') }, [NO_NAME]],
    [{ name: 'a.test', server: '1.1.1.1' }, []],
    [{ name: 'a.test', server: '[::1]:53' }, []],
    [{ name: 'a.test', server: '1.1.1.1:0' }, ['server has the port "0": expected 1 to 65535']],
    [{ name: 'a.test', server: ':53' }, ['server names no host that can be looked up: expected host:port']],
    [
      { name: 'a.test', expected: { all: ['192.0.2.1'], any: ['192.0.2.2'] } },
      ['expected.any is a second list: expected has one of all, any and exact'],
    ],
    [
      { name: 'a.test', expected: { exact: ['192.0.2.1', '192.0.2.999'] } },
      ['expected.exact.1 is no A record: expected something like 192.0.2.1'],
    ],
    [
      { name: 'a.test', type: 'MX', expected: { all: ['mail.a.test'] } },
      ['expected.all.0 is no MX record: expected something like 10 mail.example.com'],
    ],
  ])('%j: %j', (spec, problems) => {
    expect(dns.problems(spec).map(({ path, message }) => `${path.join('.')} ${message}`)).toEqual(problems);
  });

  test('the example of each type is a record of it', () => {
    const names: readonly string[] = Object.keys(TYPES);
    const isType = (name: string): name is RecordType => names.includes(name);
    for (const type of names.filter(isType)) expect(canonicalRecord(type, EXAMPLES[type])).toBe(EXAMPLES[type]);
  });
});

test('records are compared in one form, however they are written', () => {
  expect(canonicalRecord('AAAA', '2001:0DB8:0:0::1')).toBe('2001:db8::1');
  expect(canonicalRecord('MX', '010  Mail.Example.COM.')).toBe('10 mail.example.com');
  expect(canonicalRecord('NS', 'NS1.example.com.')).toBe('ns1.example.com');
  expect(canonicalRecord('CAA', '0 ISSUE ca.example.com')).toBe('0 issue "ca.example.com"');
  expect(canonicalRecord('TXT', ' Keeps. ')).toBe(' Keeps. ');
  expect(canonicalRecord('A', '192.0.2.01')).toBeNull();
  expect(canonicalRecord('A', '3221225985')).toBeNull();
});

test('an address has a reverse name', () => {
  expect(reverseName('192.0.2.10')).toBe('10.2.0.192.in-addr.arpa');
  expect(reverseName('2001:db8::567:89ab')).toBe(
    'b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa',
  );
  expect(reverseName('a.test')).toBeNull();
});

describe('comparing a whole set', () => {
  test.each([
    ['all', ['b', 'a'], ['a', 'b', 'c'], [], []],
    ['all', ['a', 'x'], ['a', 'b'], ['x'], []],
    ['any', ['x', 'a'], ['a'], [], []],
    ['any', ['x', 'y'], ['a'], ['x', 'y'], []],
    ['any', ['x'], [], ['x'], []],
    ['exact', ['b', 'a'], ['a', 'b'], [], []],
    ['exact', ['a', 'b'], ['a', 'c'], ['b'], ['c']],
    ['exact', ['a'], [], ['a'], []],
  ] as const)('%s %j of %j', (mode, texts, records, missing, unexpected) => {
    expect(compareRecords(records, { mode, texts })).toEqual({ missing, unexpected });
  });

  test('order means nothing, and exact holds for the same set alone', () => {
    const all = ['a', 'b', 'c', 'd'];
    assert(
      property(shuffledSubarray(all, { minLength: 1 }), shuffledSubarray(all), (texts, records) => {
        const { missing, unexpected } = compareRecords(records, { mode: 'exact', texts });
        const same = JSON.stringify(texts.toSorted()) === JSON.stringify(records.toSorted());
        expect(missing.length + unexpected.length === 0).toBe(same);
        expect(compareRecords(records.toReversed(), { mode: 'all', texts }).missing).toEqual(missing);
      }),
    );
  });
});

const told = (facts: Facts, spec: Spec = { name: 'a.test' }) =>
  dns
    .explain({ server: '127.0.0.1:53', ...facts }, spec)
    .map(({ code, fact, message }) => `${code} ${fact}: ${message}`);

describe('signs', () => {
  test.each<[string, string]>([
    ['NXDOMAIN', 'dns-nxdomain rcode: a.test does not exist (NXDOMAIN from 127.0.0.1:53)'],
    ['SERVFAIL', 'dns-servfail rcode: 127.0.0.1:53 failed to look up a.test (SERVFAIL)'],
    ['REFUSED', 'dns-refused rcode: 127.0.0.1:53 refused to look up a.test (REFUSED)'],
    ['NOTIMP', 'dns-servfail rcode: 127.0.0.1:53 could not look up a.test (NOTIMP)'],
  ])('%s', (rcode, sign) => {
    expect(told({ rcode })).toEqual([sign]);
  });

  test('an answer without records is not one about a name that does not exist', () => {
    expect(told({ rcode: 'NOERROR', count: 0 }, { name: 'A.test', type: 'MX' })).toEqual([
      'dns-no-records count: a.test has no MX record (asked 127.0.0.1:53)',
    ]);
  });

  test('an alias to nothing names where it leads', () => {
    expect(told({ rcode: 'NXDOMAIN', cname: ['b.test', 'c.test'] })).toEqual([
      'dns-nxdomain rcode: a.test is an alias of c.test, which does not exist (NXDOMAIN from 127.0.0.1:53)',
    ]);
  });

  test('a loop comes before what it leads to', () => {
    const [first] = told({ rcode: 'SERVFAIL', count: 0, 'cname-loop': 'a.test -> b.test -> a.test' });
    expect(first).toBe('dns-cname-loop rcode: the aliases of a.test go in a circle: a.test -> b.test -> a.test');
  });

  test('a difference tells what is missing and what is too many', () => {
    const spec: Spec = { name: 'a.test', expected: { exact: ['192.0.2.1', '192.0.2.2'] } };
    const records = ['192.0.2.1', '192.0.2.9'];
    expect(told({ rcode: 'NOERROR', records, missing: ['192.0.2.2'], unexpected: ['192.0.2.9'] }, spec)[0]).toBe(
      'dns-mismatch missing: the A records of a.test are not those expected: missing 192.0.2.2; unexpected 192.0.2.9',
    );
    const any: Spec = { name: 'a.test', expected: { any: ['192.0.2.1'] } };
    expect(told({ records: ['192.0.2.9'], missing: ['192.0.2.1'], unexpected: [] }, any)[0]).toBe(
      'dns-mismatch missing: the A records of a.test are not those expected: none is there of 192.0.2.1; found 192.0.2.9',
    );
    expect(told({ records: ['192.0.2.1'], missing: [], unexpected: [] }, any)).toEqual([]);
  });
});

test('target, host and command follow from the spec', () => {
  expect(dns.target({ name: 'münchen.example', type: 'MX', server: '1.1.1.1' })).toBe(
    'MX münchen.example (xn--mnchen-3ya.example) at 1.1.1.1',
  );
  expect(dns.target({ name: 'A.test' })).toBe('A A.test');
  expect(dns.host({ name: 'a.test', server: '1.1.1.1' })).toBe('1.1.1.1:53');
  expect(dns.host({ name: 'a.test' })).toBeNull();
  expect(dns.tryCommand({ name: '192.0.2.1', type: 'PTR', server: '[::1]:5353' })).toEqual([
    ...['dig', '@::1', '-p', '5353', '1.2.0.192.in-addr.arpa', 'PTR'],
  ]);
});

test('what is expected is asked beside rcode and count, under facts of its own', () => {
  const asked = dns.defaults({ name: 'a.test', expected: { any: ['192.0.2.1'] } }).map(({ fact }) => fact);
  expect(asked).toEqual(['rcode', 'count', 'missing', 'unexpected']);
});
