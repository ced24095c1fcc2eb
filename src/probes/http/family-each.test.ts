import { createServer, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type DnsServer, startDnsServer } from '../../../tests/stack/dns-server.ts';
import { evaluate } from '../../matchers/evaluate.ts';
import type { Facts } from '../../model/observation.ts';
import { health } from '../health/kind.ts';
import { look as lookAtHealth } from '../health/look.ts';
import { CouldNotLook, type ProbeContext } from '../probe.ts';
import { http } from './kind.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';
import { testContext } from '../test-context.ts';

let dns: DnsServer;
const servers: Server[] = [];

beforeAll(async () => {
  dns = await startDnsServer({
    records: new Map([
      ['both.test', { a: ['127.0.0.1'], aaaa: ['::1'] }],
      ['four.test', { a: ['127.0.0.1'] }],
      ['six.test', { aaaa: ['::1'] }],
      ['none.test', { answers: 'empty' }],
      ['dead-first.test', { a: ['127.0.0.2', '127.0.0.1'] }],
      ['dead-six.test', { a: ['127.0.0.2', '127.0.0.1'], aaaa: ['::1'] }],
      ['broken-six.test', { a: ['127.0.0.1'], silentFor: ['aaaa'] }],
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

const listenAt = async (host: string, port: number, listener: RequestListener): Promise<number> => {
  const server = createServer(listener);
  servers.push(server);
  server.listen(port, host);
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};

const answering =
  (status: number, body = 'ok', headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, headers);
    response.end(body);
  };

/** Servers at 127.0.0.1 and ::1 on one port; null for nobody there. */
const serve = async (four: RequestListener | null, six: RequestListener | null): Promise<number> => {
  const port = four === null ? 0 : await listenAt('127.0.0.1', 0, four);
  return six === null ? port : listenAt('::1', port, six);
};

const context = (timeoutMs = 5000, proxyEnvironment: ProbeContext['proxyEnvironment'] = {}): ProbeContext =>
  testContext(timeoutMs, { proxyEnvironment });

/** What all kinds that speak HTTP take alike. */
type Shared = Omit<Spec, 'auth' | 'multipart'>;

const each = (name: string, port: number, more: Partial<Shared> = {}): Shared => ({
  url: `http://${name}:${port}/`,
  family: 'each',
  resolver: dns.address,
  ...more,
});

const failureOf = async (spec: Spec, within = context()): Promise<CouldNotLook> => {
  const error: unknown = await look(spec, within).catch((thrown: unknown) => thrown);
  if (error instanceof CouldNotLook) return error;
  throw new Error('the look should have failed', { cause: error });
};

/** What breaks, by level and fact, with what explains it. */
const judged = (facts: Facts, spec: Shared, kind: typeof http | typeof health = http): readonly string[] =>
  kind
    .defaults(spec)
    .filter((ask) => !evaluate({ ...ask, source: null }, facts, new Date()).held)
    .map(({ level, fact }) => {
      const sign = kind.explain(facts, spec).find((one) => one.fact === fact);
      return `${level} ${fact}: ${sign?.code} ${sign?.message}`;
    });

test('both families are asked on their own, and answer alike', async () => {
  const spec = each('both.test', await serve(answering(200), answering(200)));
  const facts = await look(spec, context());
  expect(facts).toMatchObject({
    status: 200,
    'remote-address': '127.0.0.1',
    families: { 4: { status: 200, address: '127.0.0.1' }, 6: { status: 200, address: '::1' } },
    'families-agree': true,
    unreachable: [],
    addresses: [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ],
  });
  expect(judged(facts, spec)).toEqual([]);
});

test('an error over one family alone breaks the agreement', async () => {
  const spec = each('both.test', await serve(answering(200), answering(503)));
  const facts = await look(spec, context());
  expect(facts).toMatchObject({ status: 200, families: { 6: { status: 503 } }, 'families-agree': false });
  expect(judged(facts, spec)).toEqual([
    'expect families-agree: http-5xx the families differ in status: IPv4 (127.0.0.1) has 200, IPv6 (::1) has 503',
  ]);
});

test('another kind of page over one family breaks the agreement', async () => {
  const json = answering(200, '{}', { 'content-type': 'application/json' });
  const page = answering(200, '<p>Parked', { 'content-type': 'text/html' });
  const spec = each('both.test', await serve(json, page));
  expect(judged(await look(spec, context()), spec)).toEqual([
    'expect families-agree: wrong-content-type the families differ in content-type: IPv4 (127.0.0.1) has application/json, IPv6 (::1) has text/html',
  ]);
});

test('a family that answers nobody is the result, whatever the other answers', async () => {
  const port = await serve(answering(200), null);
  const failure = await failureOf(each('both.test', port));
  expect(failure).toMatchObject({
    code: 'connect-refused',
    message: `over IPv6: port ${port}: ::1 refused the connection`,
    facts: {
      families: { 4: { status: 200, address: '127.0.0.1' }, 6: { failure: 'connect-refused', address: '::1' } },
      'families-agree': false,
      addresses: [{ address: '127.0.0.1' }, { address: '::1', error: 'refused the connection' }],
    },
  });
  expect(failure.facts['status']).toBeUndefined();
});

test('two families that answer nobody are told both', async () => {
  const port = await serve(answering(200), null);
  servers.pop()?.close();
  const { code, message } = await failureOf(each('both.test', port));
  expect(code).toBe('connect-refused');
  expect(message).toMatch(/^over IPv4: port \d+: 127\.0\.0\.1 refused .*; over IPv6: port \d+: ::1 refused /);
});

test.each([
  ['four.test', 4, '127.0.0.1'],
  ['six.test', 6, '::1'],
  ['127.0.0.1', 4, '127.0.0.1'],
  ['[::1]', 6, '::1'],
] as const)('%s has one family, and that is no fault', async (name, family, address) => {
  const spec = each(name, await serve(answering(200), answering(200)));
  const facts = await look(spec, context());
  expect(facts['families']).toEqual({ [family]: { status: 200, address } });
  expect(judged(facts, spec)).toEqual([]);
});

test('a name without any address fails', async () => {
  expect(await failureOf(each('none.test', 80))).toMatchObject({ code: 'dns-no-records' });
  expect(await failureOf(each('nowhere.test', 80))).toMatchObject({ code: 'dns-nxdomain' });
});

test('a family that DNS does not answer for is not one that the name has not', async () => {
  const port = await serve(answering(200), null);
  const failure = await failureOf(each('broken-six.test', port), context(600));
  expect(failure).toMatchObject({ code: 'dns-timeout', facts: { families: { 4: { status: 200 } } } });
  expect(failure.message).toMatch(/^over IPv6: timed out/);
});

test('a redirect to a name without IPv6 is a dead end for IPv6 alone', async () => {
  const four = await listenAt('127.0.0.1', 0, (request, response) => {
    const away = request.headers.host?.startsWith('both') === true;
    response.writeHead(away ? 302 : 200, away ? { location: `http://four.test:${request.socket.localPort}/` } : {});
    response.end();
  });
  await listenAt('::1', four, answering(302, '', { location: `http://four.test:${four}/` }));
  const failure = await failureOf(each('both.test', four, { follow: { 'allow-private': true } }));
  expect(failure).toMatchObject({ code: 'dns-no-records', facts: { redirects: 1 } });
  expect(failure.message).toMatch(/^over IPv6: after 1 redirect, at http:\/\/four\.test/);
});

test('a dead address beside one that lives is a warning, whichever families were asked', async () => {
  const port = await serve(answering(200), answering(200));
  const warning = 'connect-unreachable an address that others may choose is dead: 127.0.0.2 refused the connection';
  for (const spec of [
    each('dead-first.test', port, { family: 'any' }),
    each('dead-first.test', port),
    each('dead-six.test', port),
    each('dead-first.test', port, { family: 4 }),
  ]) {
    const facts = await look(spec, context());
    expect(facts['unreachable']).toEqual(['127.0.0.2']);
    expect(judged(facts, spec)).toEqual([`warn unreachable: ${warning}; another one answered`]);
  }
});

test('a dead address on the way to the last answer is told as well', async () => {
  const port = await listenAt('127.0.0.1', 0, (request, response) => {
    const away = request.headers.host?.startsWith('dead') === true;
    response.writeHead(away ? 302 : 200, away ? { location: `http://four.test:${request.socket.localPort}/` } : {});
    response.end();
  });
  const facts = await look(each('dead-first.test', port, { family: 'any', follow: true }), context());
  expect(facts).toMatchObject({ status: 200, redirects: 1, unreachable: ['127.0.0.2'] });
});

test('through a proxy of the environment no family was asked on its own', async () => {
  const failure = await failureOf(each('both.test', 80), context(5000, { HTTP_PROXY: 'http://127.0.0.1:9' }));
  expect(failure).toMatchObject({
    code: 'proxy-error',
    message: 'the proxy http://127.0.0.1:9 chooses the family itself: each one can only be asked without a proxy',
  });
});

test('health is read over each family', async () => {
  const type = { 'content-type': 'application/health+json' };
  const spec = each(
    'both.test',
    await serve(answering(200, '{"status":"pass"}', type), answering(200, '{"status":"fail"}', type)),
  );
  const facts = await lookAtHealth(spec, context());
  expect(facts).toMatchObject({ health: { status: 'pass' }, families: { 6: { health: { status: 'fail' } } } });
  const [broken, ...others] = judged(facts, spec, health);
  expect(broken).toMatch(/^expect families-agree: health-fail the families differ in health: IPv4/);
  expect(others).toEqual([]);
});
