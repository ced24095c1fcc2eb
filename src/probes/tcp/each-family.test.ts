import { afterEach, beforeAll, afterAll, describe, expect, test } from 'vitest';
import { startDnsServer, type DnsServer } from '../../../tests/stack/dns-server.ts';
import { evaluate } from '../../matchers/evaluate.ts';
import type { Facts } from '../../model/observation.ts';
import { testContext } from '../test-context.ts';
import { tcp } from './kind.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';
import { closeAll, deadPort, failureOf, serve } from './test-servers.ts';

let dns: DnsServer;

beforeAll(async () => {
  dns = await startDnsServer({
    records: new Map([
      ['both.test', { a: ['127.0.0.1'], aaaa: ['::1'] }],
      ['four.test', { a: ['127.0.0.1'] }],
      ['six.test', { aaaa: ['::1'] }],
      ['none.test', { answers: 'empty' }],
      ['dead-first.test', { a: ['127.0.0.2', '127.0.0.1'] }],
      ['dead-six.test', { a: ['127.0.0.2', '127.0.0.1'], aaaa: ['::1'] }],
    ]),
  });
});

afterEach(closeAll);
afterAll(() => dns.close());

/** Servers at 127.0.0.1 and ::1 on one port that say something; null for nobody there. */
const greet = async (four: string | null, six: string | null): Promise<number> => {
  const port = four === null ? await deadPort() : await serve((socket) => void socket.write(four));
  return six === null ? port : serve((socket) => void socket.write(six), '::1', port);
};

const each = (host: string, port: number, more: Partial<Spec> = {}): Spec => ({
  host,
  port,
  family: 'each',
  resolver: dns.address,
  ...more,
});

/** What breaks, by level and fact, with what explains it. */
const judged = (facts: Facts, spec: Spec): readonly string[] =>
  tcp
    .defaults(spec)
    .filter((ask) => !evaluate({ ...ask, source: null }, facts, new Date()).held)
    .map(({ level, fact }) => {
      const sign = tcp.explain(facts, spec).find((one) => one.fact === fact);
      return `${level} ${fact}: ${sign?.code} ${sign?.message}`;
    });

test('of two addresses the first is dead and the second alive: a pass with a warning', async () => {
  const spec: Spec = { host: 'dead-first.test', port: await greet('hi', null), resolver: dns.address };
  const facts = await look(spec, testContext());
  expect(facts).toMatchObject({ connected: true, address: '127.0.0.1', unreachable: ['127.0.0.2'] });
  expect(judged(facts, spec)).toEqual([
    'warn unreachable: connect-unreachable an address that others may choose is dead: 127.0.0.2 refused the connection; another one answered',
  ]);
});

describe('family: each', () => {
  test('connects over both families, each with its address', async () => {
    const spec = each('both.test', await greet('hi', 'hi'), { read: 'hi' });
    const facts = await look(spec, testContext());
    expect(facts).toMatchObject({
      connected: true,
      found: true,
      families: {
        4: { connected: true, found: true, address: '127.0.0.1' },
        6: { connected: true, found: true, address: '::1' },
      },
      'families-agree': true,
      addresses: [
        { address: '127.0.0.1', family: 4 },
        { address: '::1', family: 6 },
      ],
      unreachable: [],
    });
    expect(judged(facts, spec)).toEqual([]);
  });

  test('fails when nobody listens over one of them, and tells of the other', async () => {
    const failure = await failureOf(each('both.test', await greet('hi', null)));
    expect(failure.code).toBe('connect-refused');
    expect(failure.message).toMatch(/^over IPv6: port \d+: ::1 refused the connection$/);
    expect(failure.facts).toMatchObject({
      families: { 4: { connected: true, address: '127.0.0.1' }, 6: { failure: 'connect-refused', address: '::1' } },
      'families-agree': false,
    });
  });

  test('fails when the text comes over one of them alone', async () => {
    const port = await serve((socket) => void socket.end('+PONG'));
    await serve((socket) => void socket.end('-ERR'), '::1', port);
    const spec = each('both.test', port, { read: '+PONG' });
    const facts = await look(spec, testContext());
    expect(facts).toMatchObject({
      found: false,
      banner: '-ERR',
      families: { 4: { found: true }, 6: { found: false } },
    });
    expect(judged(facts, spec)).toEqual([
      'expect found: assertion-failed the answer does not contain "+PONG": it is "-ERR"',
      'expect families-agree: assertion-failed the families differ in found: IPv4 (127.0.0.1) has true, IPv6 (::1) has false',
    ]);
  });

  test.each([
    ['four.test', '4'],
    ['six.test', '6'],
  ])('asks %s over the one family that it has', async (host, family) => {
    const facts = await look(each(host, await greet('hi', 'hi')), testContext());
    expect(Object.keys(Object(facts['families']))).toEqual([family]);
    expect(facts).toMatchObject({ connected: true, 'families-agree': true });
  });

  test('fails for a name that has neither', async () => {
    expect((await failureOf(each('none.test', 1))).code).toBe('dns-no-records');
  });

  test('warns of a dead address of a family whose other one answers', async () => {
    const spec = each('dead-six.test', await greet('hi', 'hi'));
    const facts = await look(spec, testContext());
    expect(facts).toMatchObject({ connected: true, unreachable: ['127.0.0.2'] });
    expect(judged(facts, spec)).toMatchObject([expect.stringMatching(/^warn unreachable: .*127\.0\.0\.2 refused/)]);
  });
});

describe('family: each with closed: true', () => {
  test('is closed when both are', async () => {
    const spec = each('both.test', await deadPort(), { closed: true });
    const facts = await look(spec, testContext());
    expect(facts).toMatchObject({ connected: false, families: { 4: { connected: false }, 6: { connected: false } } });
    expect(judged(facts, spec)).toEqual([]);
  });

  test('is open when one of them is, and says which', async () => {
    const spec = each('both.test', await greet(null, 'hi'), { closed: true });
    const facts = await look(spec, testContext());
    expect(facts).toMatchObject({ connected: true, address: '::1', families: { 4: { connected: false } } });
    expect(judged(facts, spec)).toEqual([
      'expect connected: port-open the port answers at ::1 and must not be reachable',
      expect.stringMatching(
        /^expect families-agree: port-open the families differ in connected: IPv4 \(127\.0\.0\.1\) has false/,
      ),
    ]);
  });
});
