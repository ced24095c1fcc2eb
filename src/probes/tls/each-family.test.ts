import { createServer } from 'node:tls';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Certificate } from '../../../tests/stack/certificates.ts';
import { startDnsServer, type DnsServer } from '../../../tests/stack/dns-server.ts';
import { evaluate } from '../../matchers/evaluate.ts';
import type { Facts } from '../../model/observation.ts';
import { tls } from './kind.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';
import { contextFor } from './test-servers.ts';
import { days, failureOf, makeSite, type TestSite } from './test-site.ts';

let site: TestSite;
let dns: DnsServer;

beforeAll(async () => {
  site = await makeSite();
  dns = await startDnsServer({
    records: new Map([
      ['a.test', { a: ['127.0.0.1'], aaaa: ['::1'] }],
      ['dead.test', { a: ['127.0.0.2', '127.0.0.1'] }],
      ['six.test', { aaaa: ['::1'] }],
    ]),
  });
});

afterEach(() => site.closeAll());
afterAll(() => dns.close());

/** Two servers on one port, at 127.0.0.1 and ::1. */
const serveBoth = async (four: Certificate, six: Certificate | null, sixVersion?: 'TLSv1.2'): Promise<number> => {
  const { port } = await site.serve(four);
  if (six === null) return port;
  const more = sixVersion === undefined ? {} : { maxVersion: sixVersion };
  const server = createServer(
    { cert: six.chain, key: six.key, ...more },
    (socket) => void socket.on('error', () => {}),
  );
  server.listen(port, '::1');
  await once(server, 'listening');
  await site.kept(Promise.resolve({ port, close: () => server.close() }));
  return port;
};

const each = (port: number, more: Partial<Spec> = {}): Spec => ({
  host: 'a.test',
  port,
  ca: site.root.cert,
  resolver: dns.address,
  family: 'each',
  ...more,
});

/** What breaks, by level and fact, with what explains it. */
const judged = (facts: Facts, spec: Spec): readonly string[] =>
  tls
    .defaults(spec)
    .filter((ask) => !evaluate({ ...ask, source: null }, facts, new Date()).held)
    .map(({ level, fact }) => {
      const sign = tls.explain(facts, spec).find((one) => one.fact === fact);
      return `${level} ${fact}: ${sign?.code} ${sign?.message}`;
    });

test('of two addresses the first is dead and the second alive: a pass with a warning', async () => {
  const { port } = await site.serve(site.good);
  const spec: Spec = { ...each(port), host: 'dead.test', servername: 'a.test', family: 'any' };
  const facts = await look(spec, contextFor());
  expect(facts).toMatchObject({ verified: true, unreachable: ['127.0.0.2'], 'remote-address': '127.0.0.1' });
  expect(judged(facts, spec)).toEqual([
    'warn unreachable: connect-unreachable an address that others may choose is dead: 127.0.0.2 refused the connection; another one answered',
  ]);
});

test('both families are shaken hands with, and each has its address and certificate', async () => {
  const other = await site.leaf({ notAfter: days(50.5) });
  const spec = each(await serveBoth(site.good, other));
  const facts = await look(spec, contextFor());
  expect(facts).toMatchObject({
    verified: true,
    families: {
      4: { verified: true, protocol: 'TLSv1.3', address: '127.0.0.1', 'days-left': 60, subject: 'CN=a.test' },
      6: { verified: true, protocol: 'TLSv1.3', address: '::1', 'days-left': 50 },
    },
    'families-agree': true,
    addresses: [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ],
  });
  expect(judged(facts, spec)).toEqual([]);
});

test('a certificate that runs out over one family alone is the one that is judged', async () => {
  const spec = each(await serveBoth(site.good, await site.leaf({ notAfter: days(3.5) })));
  const facts = await look(spec, contextFor());
  expect(facts).toMatchObject({ 'days-left': 3, 'remote-address': '::1', 'families-agree': true });
  expect(judged(facts, spec)).toMatchObject([
    expect.stringMatching(/^expect days-left: tls-expiring 3 days left/),
    expect.stringMatching(/^warn days-left: /),
  ]);
});

test('a certificate that does not hold over one family fails, whatever the days of the other', async () => {
  const stranger = await site.leaf({ authority: null, notAfter: days(900) });
  const spec = each(await serveBoth(await site.leaf({ notAfter: days(2.5) }), stranger));
  const facts = await look(spec, contextFor());
  expect(facts).toMatchObject({ verified: false, families: { 4: { verified: true }, 6: { code: 'tls-self-signed' } } });
  expect(judged(facts, spec).slice(0, 2)).toEqual([
    'expect verified: tls-self-signed the certificate is self-signed',
    'expect families-agree: tls-untrusted the families differ in verified: IPv4 (127.0.0.1) has true, IPv6 (::1) has false',
  ]);
});

test('an older version over one family is seen', async () => {
  const spec = each(await serveBoth(site.good, site.good, 'TLSv1.2'), { 'min-version': 'TLSv1.3' });
  const facts = await look(spec, contextFor());
  expect(judged(facts, spec)).toEqual([
    'expect protocol: tls-protocol the server speaks TLSv1.2, older than TLSv1.3',
    'expect families-agree: tls-protocol the families differ in protocol: IPv4 (127.0.0.1) has TLSv1.3, IPv6 (::1) has TLSv1.2',
  ]);
});

test('nobody there over one family is a failure, which tells of the other', async () => {
  const failure = await failureOf(each(await serveBoth(site.good, null)));
  expect(failure.code).toBe('connect-refused');
  expect(failure.message).toMatch(/^over IPv6: port \d+: ::1 refused the connection$/);
  expect(failure.facts).toMatchObject({ families: { 4: { verified: true }, 6: { failure: 'connect-refused' } } });
});

test('a name with one family is asked over that one', async () => {
  const port = await serveBoth(site.good, site.good);
  const facts = await look({ ...each(port), host: 'six.test', servername: 'a.test' }, contextFor());
  expect(facts).toMatchObject({ verified: true, 'remote-address': '::1', 'families-agree': true });
  expect(Object.keys(Object(facts['families']))).toEqual(['6']);
});
