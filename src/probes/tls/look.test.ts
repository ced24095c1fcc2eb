import { X509Certificate } from 'node:crypto';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { startDnsServer } from '../../../tests/stack/dns-server.ts';
import { tls } from './kind.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';
import { contextFor } from './test-servers.ts';
import { failureOf, makeSite, type TestSite } from './test-site.ts';

let site: TestSite;

beforeAll(async () => {
  site = await makeSite();
});

afterEach(() => site.closeAll());

test('a good certificate is told whole, with both expiries', async () => {
  const { facts, told } = await site.judged(site.good);
  expect(told).toBe('verified');
  expect(facts).toEqual({
    verified: true,
    protocol: 'TLSv1.3',
    cipher: 'TLS_AES_256_GCM_SHA384',
    subject: 'CN=a.test',
    issuer: 'CN=Test Root',
    sans: ['a.test', '127.0.0.1'],
    'valid-from': expect.stringMatching(/^\d{4}-.*Z$/),
    'valid-to': expect.stringMatching(/^\d{4}-.*Z$/),
    'days-left': 60,
    'path-days-left': 60,
    chain: ['CN=a.test'],
    path: ['CN=a.test', 'CN=Test Root'],
    fingerprint: new X509Certificate(site.good.cert).fingerprint256.replaceAll(':', '').toLowerCase(),
    'remote-address': '127.0.0.1',
    addresses: [{ address: '127.0.0.1', family: 4 }],
    unreachable: [],
    timings: {
      connect: expect.any(Number),
      tls: expect.any(Number),
      other: expect.any(Number),
      total: expect.any(Number),
    },
    duration: expect.any(Number),
  });
});

test.each([
  ['TLSv1.1', 'DEFAULT@SECLEVEL=0'],
  ['TLSv1', 'DEFAULT@SECLEVEL=0'],
] as const)('a server that speaks only %s is seen, with its certificate, and is too old', async (version, ciphers) => {
  const server = await site.serve(site.good, { minVersion: 'TLSv1', maxVersion: version, ciphers });
  const spec = site.specFor(server);
  const facts = await look(spec, contextFor());
  expect(facts).toMatchObject({ protocol: version, verified: true, 'days-left': 60 });
  expect(tls.explain(facts, spec)).toContainEqual({
    code: 'tls-protocol',
    fact: 'protocol',
    message: `the server speaks ${version}, older than TLSv1.2`,
  });
});

test('a minimum of TLS 1.3 makes TLS 1.2 too old', async () => {
  const spec = site.specFor(await site.serve(site.good, { maxVersion: 'TLSv1.2' }), { 'min-version': 'TLSv1.3' });
  const facts = await look(spec, contextFor());
  expect(facts['protocol']).toBe('TLSv1.2');
  expect(tls.explain(facts, spec).map(({ code }) => code)).toContain('tls-protocol');
  expect(tls.explain(facts, { ...spec, 'min-version': 'TLSv1.2' }).map(({ code }) => code)).not.toContain(
    'tls-protocol',
  );
});

test('the name is looked up, and what fails before TLS keeps its own reason', async () => {
  const server = await site.serve(site.good);
  const dns = await startDnsServer({
    records: new Map([
      ['a.test', { cname: 'b.test' }],
      ['b.test', { a: ['127.0.0.1'] }],
    ]),
  });
  const spec: Spec = { host: 'a.test', port: server.port, ca: site.root.cert, resolver: dns.address };
  const facts = await look(spec, contextFor());
  expect(facts).toMatchObject({
    verified: true,
    dns: { addresses: ['127.0.0.1'] },
    timings: { dns: expect.any(Number) },
  });
  const missing = await failureOf({ ...spec, host: 'no.test' });
  expect(missing.code).toBe('dns-nxdomain');
  await dns.close();
  server.close();
  expect((await failureOf({ host: `127.0.0.1:${server.port}` })).code).toBe('connect-refused');
});

test("roots that cannot be read are our trouble and not the server's", async () => {
  const failure = await failureOf({ host: '127.0.0.1:1', ca: '/nowhere/ca.pem' });
  expect(failure.code).toBe('missing-credential');
});
