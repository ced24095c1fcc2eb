import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type DnsRecord, type DnsServer, startDnsServer } from '../../../tests/stack/dns-server.ts';
import { evaluate } from '../../matchers/evaluate.ts';
import type { Facts } from '../../model/observation.ts';
import { CouldNotLook, type ProbeContext } from '../probe.ts';
import { domain } from './kind.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';
import { testContext } from '../test-context.ts';

let dns: DnsServer;
const servers: Server[] = [];

const both = { a: ['127.0.0.1'], aaaa: ['::1'] };

beforeAll(async () => {
  dns = await startDnsServer({
    records: new Map<string, DnsRecord>([
      ['shop.test', both],
      ['www.shop.test', both],
      ['half.test', both],
      ['www.half.test', { a: ['127.0.0.1'] }],
      ['bare.test', both],
      ['dead.test', { a: ['127.0.0.2', '127.0.0.1'], aaaa: ['::1'] }],
    ]),
  });
});

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

afterAll(() => dns.close());

const serve = async (host: string, port: number, title: string): Promise<number> => {
  const server = createServer(({ headers: { host: asked = '' } }, response) => {
    if (asked.startsWith('www.')) response.writeHead(301, { location: `http://${asked.slice('www.'.length)}/` });
    else response.writeHead(200, { 'content-type': 'text/html' });
    response.end(`<title>${title}</title>`);
  });
  servers.push(server);
  server.listen(port, host);
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};

const context = (proxyEnvironment: ProbeContext['proxyEnvironment'] = {}): ProbeContext =>
  testContext(5000, { proxyEnvironment });

const specOf = (name: string, port: number, variants: Spec['variants'] = ['http-apex', 'http-www']): Spec => ({
  name,
  variants,
  family: 'each',
  resolver: dns.address,
  'http-port': port,
  https: 'optional',
});

/** What breaks, with what explains it. */
const judged = (facts: Facts, spec: Spec): readonly string[] =>
  domain
    .defaults(spec)
    .filter((ask) => !evaluate({ ...ask, source: null }, facts, new Date()).held)
    .map(({ level, fact }) => {
      const sign = domain.explain(facts, spec).find((one) => one.fact === fact);
      return `${level} ${fact}: ${sign?.code} ${sign?.message}`;
    });

const failureOf = async (spec: Spec, within = context()): Promise<CouldNotLook> => {
  const error: unknown = await look(spec, within).catch((thrown: unknown) => thrown);
  if (error instanceof CouldNotLook) return error;
  throw new Error('the look should have failed', { cause: error });
};

test('every variant is walked over both families', async () => {
  const port = await serve('127.0.0.1', 0, 'Shop');
  await serve('::1', port, 'Shop');
  const spec = specOf('shop.test', port);
  const facts = await look(spec, context());
  expect(facts).toMatchObject({
    'families-agree': true,
    families: { 4: { status: 200, title: 'Shop', address: '127.0.0.1' }, 6: { status: 200, address: '::1' } },
    addresses: [{ address: '127.0.0.1' }, { address: '::1' }],
    unreachable: [],
  });
  expect(judged(facts, spec)).toEqual([]);
});

test('an old record that leads IPv6 to another site is found', async () => {
  const port = await serve('127.0.0.1', 0, 'Shop');
  await serve('::1', port, 'Parked');
  const spec = specOf('shop.test', port);
  expect(judged(await look(spec, context()), spec)).toEqual([
    'expect families-agree: wrong-site the families differ in title: IPv4 (127.0.0.1) has Shop, IPv6 (::1) has Parked',
  ]);
});

test('a family over which nobody answers is the result', async () => {
  const port = await serve('127.0.0.1', 0, 'Shop');
  const failure = await failureOf(specOf('shop.test', port));
  expect(failure).toMatchObject({ code: 'connect-refused', facts: { families: { 4: { status: 200 } } } });
  expect(failure.message).toMatch(/^over IPv6: no variant of shop\.test can be asked; http-apex, http-www: /);
});

test('a variant that only IPv4 has is no fault of IPv6', async () => {
  const port = await serve('127.0.0.1', 0, 'Shop');
  await serve('::1', port, 'Shop');
  const spec = specOf('half.test', port);
  const facts = await look(spec, context());
  expect(facts['chains']).toHaveLength(2);
  expect(judged(facts, spec)).toEqual([]);
});

test('a variant that was asked for and has no address at all is a fault', async () => {
  const port = await serve('127.0.0.1', 0, 'Shop');
  await serve('::1', port, 'Shop');
  const spec = specOf('bare.test', port);
  const [broken] = judged(await look(spec, context()), spec);
  expect(broken).toMatch(/^expect failures: dns-nxdomain http-www cannot be asked: www\.bare\.test does not exist/);
});

test('a dead address of the domain is a warning', async () => {
  const port = await serve('127.0.0.1', 0, 'Shop');
  await serve('::1', port, 'Shop');
  for (const family of ['each', 4] as const) {
    const spec: Spec = { ...specOf('dead.test', port, ['http-apex']), family };
    expect(judged(await look(spec, context()), spec)).toEqual([
      'warn unreachable: connect-unreachable an address that others may choose is dead: 127.0.0.2 refused the connection; another one answered',
    ]);
  }
});

test('through a proxy no family was asked on its own', async () => {
  const proxy = { HTTP_PROXY: 'http://127.0.0.1:9' };
  expect(await failureOf(specOf('shop.test', 80), context(proxy))).toMatchObject({ code: 'proxy-error' });
});
