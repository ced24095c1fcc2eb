import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DnsRecord, type DnsServer, startDnsServer } from '../../../tests/stack/dns-server.ts';
import { troubleOf } from '../../../tests/stack/requests.ts';
import { interleaved, mergeAnswers } from './dns-query.ts';
import { literalAddress, resolveHost, type ResolveOptions } from './resolve.ts';

const RECORDS: ReadonlyMap<string, DnsRecord> = new Map([
  ['both.test', { a: ['127.0.0.1', '127.0.0.2'], aaaa: ['::1'] }],
  ['four.test', { a: ['127.0.0.1'] }],
  ['alias.test', { cname: 'middle.test' }],
  ['middle.test', { cname: 'both.test' }],
  ['dangling.test', { cname: 'gone.test' }],
  ['ring.test', { cname: 'ring2.test' }],
  ['ring2.test', { cname: 'ring.test' }],
  ['servfail.test', { answers: 'servfail' }],
  ['refused.test', { answers: 'refused' }],
  ['empty.test', { answers: 'empty' }],
  ['silent.test', { answers: 'silent' }],
  ['half.test', { a: ['127.0.0.1'], silentFor: ['aaaa', 'cname'] }],
  ['other-half.test', { aaaa: ['::1'], silentFor: ['a'] }],
]);

let server: DnsServer;
beforeAll(async () => {
  server = await startDnsServer({ records: RECORDS });
});
afterAll(() => server.close());

const look = async (host: string, changes: Partial<ResolveOptions> = {}) => {
  const signal = AbortSignal.timeout(5000);
  const found = await resolveHost(host, { family: 'any', server: server.address, signal, ...changes });
  const { addresses } = found;
  const aliases = host.startsWith('half') ? null : await found.aliases;
  found.close();
  return { addresses, aliases };
};

describe('resolveHost', () => {
  it('finds the addresses of both families, and the names on the way', async () => {
    expect(await look('alias.test')).toEqual({
      addresses: ['127.0.0.1', '127.0.0.2', '::1'],
      aliases: { names: ['middle.test', 'both.test'], loop: false },
    });
  });

  it('asks for one family alone when that is wanted', async () => {
    expect((await look('both.test', { family: 4 })).addresses).toEqual(['127.0.0.1', '127.0.0.2']);
    expect((await look('both.test', { family: 6 })).addresses).toEqual(['::1']);
    expect((await troubleOf(look('four.test', { family: 6 }))).code).toBe('dns-no-records');
  });

  it.each(['half.test', 'other-half.test'])('does not wait for the family of %s that never answers', async (host) => {
    const before = performance.now();
    expect(
      (await resolveHost(host, { family: 'any', server: server.address, signal: AbortSignal.timeout(5000) })).addresses,
    ).toHaveLength(1);
    expect(performance.now() - before).toBeLessThan(300);
  });

  it.each([
    ['none.test', 'dns-nxdomain', /^none\.test does not exist \(NXDOMAIN from 127/],
    ['dangling.test', 'dns-nxdomain', /^dangling\.test is an alias of gone\.test, which does not exist/],
    ['empty.test', 'dns-no-records', /^empty\.test has no A or AAAA record \(asked 127/],
    ['servfail.test', 'dns-servfail', /^127\S+ failed to look up servfail\.test \(SERVFAIL\)$/],
    ['refused.test', 'dns-refused', /^127\S+ refused to look up refused\.test \(REFUSED\)$/],
    ['ring.test', 'dns-cname-loop', /go in a circle: ring\.test -> ring2\.test -> ring\.test$/],
    [`${'x'.repeat(64)}.test`, 'dns-nxdomain', /is not a name that DNS can hold$/],
  ])('tells what is wrong with %s', async (host, code, message) => {
    const trouble = await troubleOf(look(host));
    expect(trouble.code).toBe(code);
    expect(trouble.message).toMatch(message);
  });

  it('keeps the aliases that led nowhere', async () => {
    const { facts } = await troubleOf(look('dangling.test'));
    expect(facts).toEqual({ dns: { addresses: [], cname: ['gone.test'] } });
  });

  it('takes no address that is one already to a name server', async () => {
    const none = { server: '127.0.0.1:1' };
    expect((await look('127.0.0.1', none)).addresses).toEqual(['127.0.0.1']);
    expect((await look('[::1]', none)).addresses).toEqual(['::1']);
    expect((await look('localhost', none)).addresses).toEqual(['127.0.0.1', '::1']);
    expect((await look('a.localhost.', { ...none, family: 6 })).addresses).toEqual(['::1']);
    expect((await troubleOf(look('[::1]', { ...none, family: 4 }))).message).toBe('::1 is not an IPv4 address');
  });

  it('stops at once when it is aborted, although nobody answers', async () => {
    const stop = new AbortController();
    const reason = new Error('stopped');
    const before = performance.now();
    setTimeout(() => stop.abort(reason), 30);
    await expect(look('silent.test', { signal: stop.signal })).rejects.toBe(reason);
    expect(performance.now() - before).toBeLessThan(300);
  });

  it('is not slowed by two hundred look-ups that hang', async () => {
    const stop = new AbortController();
    const hanging = Array.from({ length: 200 }, () => look('silent.test', { signal: stop.signal }));
    const settled = Promise.allSettled(hanging);
    const before = performance.now();
    await look('both.test');
    expect(performance.now() - before).toBeLessThan(250);
    stop.abort(new Error('stopped'));
    expect((await settled).every(({ status }) => status === 'rejected')).toBe(true);
  });
});

it('says of several answers what says most', () => {
  const answer = (trouble: string | null, ...addresses: readonly string[]) => ({ addresses, trouble });
  expect(mergeAnswers([answer('ENODATA'), answer(null, '::1')])).toEqual(answer(null, '::1'));
  expect(mergeAnswers([answer('ENODATA'), answer('ETIMEOUT')])).toEqual(answer('ETIMEOUT'));
  expect(mergeAnswers([answer('EBADRESP'), answer('ENODATA')])).toEqual(answer('EBADRESP'));
  expect(mergeAnswers([answer('ETIMEOUT'), answer('ESERVFAIL')])).toEqual(answer('ESERVFAIL'));
});

it('tries the families in turn', () => {
  expect(interleaved(['1.1.1.1', '2.2.2.2', '3.3.3.3', '::1'])).toEqual(['::1', '1.1.1.1', '2.2.2.2', '3.3.3.3']);
});

it('knows an address from a name', () => {
  expect([literalAddress('[fe80::1]'), literalAddress('10.0.0.1'), literalAddress('10.test')]).toEqual([
    'fe80::1',
    '10.0.0.1',
    null,
  ]);
});
