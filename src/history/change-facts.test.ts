import { describe, expect, test } from 'vitest';
import type { Facts } from '../model/observation.ts';
import { changeFacts } from './change-facts.ts';

const of = (kind: string, facts: Facts) => changeFacts({ kind, facts });

test('an answer over HTTP tells addresses, certificate, redirects and versions', () => {
  const facts = of('http', {
    status: 200,
    'http-version': '1.1',
    headers: { server: 'nginx/1.29', 'x-app-version': '7', 'x-git-sha': 'abc', 'x-request-id': '99', date: 'today' },
    body: 'x',
    redirects: 0,
    'chain-text': 'https://a/ --200',
    'remote-address': '192.0.2.2',
    dns: { addresses: ['192.0.2.2', '192.0.2.1'], cname: ['b.test'] },
    tls: {
      fingerprint: 'ab',
      'valid-to': '2027-01-01T00:00:00.000Z',
      issuer: 'CN=R',
      protocol: 'TLSv1.3',
      'days-left': 9,
    },
    timings: { total: 5 },
    duration: 5,
  });
  expect(facts).toEqual({
    'dns.addresses': ['192.0.2.1', '192.0.2.2'],
    'dns.cname': ['b.test'],
    'tls.fingerprint': 'ab',
    'tls.valid-to': '2027-01-01T00:00:00.000Z',
    'tls.issuer': 'CN=R',
    'tls.protocol': 'TLSv1.3',
    'http-version': '1.1',
    redirects: 'none',
    'headers.server': 'nginx/1.29',
    'headers.x-app-version': '7',
    'headers.x-git-sha': 'abc',
  });
});

test('the way of redirects is told, that of a loop too', () => {
  expect(of('http', { status: 200, redirects: 1, 'chain-text': 'a --301--> b' })).toEqual({
    redirects: 'a --301--> b',
  });
  expect(of('http', { redirects: 2, 'chain-text': 'a --301--> b --301--> a' })).toEqual({
    redirects: 'a --301--> b --301--> a',
  });
  expect(of('http', { redirects: 0, 'chain-text': 'a' })).toEqual({});
});

test('an address counts where no name was looked up', () => {
  expect(of('tcp', { address: '192.0.2.1' })).toEqual({ address: '192.0.2.1' });
  expect(of('http', { 'remote-address': '192.0.2.1', dns: { addresses: ['192.0.2.1'] } })).toEqual({
    'dns.addresses': ['192.0.2.1'],
  });
});

test.each<[string, Facts, Facts]>([
  ['dns', { records: ['b', 'a'], rcode: 'NOERROR', ttl: 5 }, { records: ['a', 'b'], rcode: 'NOERROR' }],
  [
    'tls',
    { fingerprint: 'ab', 'valid-to': 'x', issuer: 'CN=R', verified: true },
    { fingerprint: 'ab', 'valid-to': 'x', issuer: 'CN=R' },
  ],
  [
    'domain',
    { chains: [{ variant: 'https-www', text: 'a --200' }, 'odd', {}], 'final-url': 'https://a/', page: { title: 'A' } },
    { 'final-url': 'https://a/', 'page.title': 'A', 'chains.https-www': 'a --200' },
  ],
  [
    'mcp',
    {
      server: { name: 's', version: '2' },
      'protocol-version': '2026-07-28',
      'tool-schema-hash': 'ff',
      tools: ['b', 'a'],
      text: 'x',
    },
    {
      'server.name': 's',
      'server.version': '2',
      'protocol-version': '2026-07-28',
      'tool-schema-hash': 'ff',
      tools: ['a', 'b'],
    },
  ],
  ['query', { 'built-at': '2026-11-20', age: 5, hits: 3 }, { 'built-at': '2026-11-20' }],
  ['postgres', { 'server-version': '18.4', rows: [1] }, { 'server-version': '18.4' }],
  ['grpc', { address: '192.0.2.1', health: { status: 'SERVING' } }, { address: '192.0.2.1' }],
  ['environment', { present: { A: true } }, {}],
  ['nobody-knows', { tls: { fingerprint: 'ab' } }, { 'tls.fingerprint': 'ab' }],
])('%s tells what changes and not what differs from look to look', (kind, facts, told) => {
  expect(of(kind, facts)).toEqual(told);
});

describe('what is long or odd', () => {
  test('is kept as its digest, so that a change can still be told', () => {
    const tools = Array.from({ length: 200 }, (_, index) => `tool-${index}`);
    const kept = of('mcp', { tools })['tools'];
    expect(kept).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(of('mcp', { tools: tools.toReversed() })['tools']).toBe(kept);
    expect(of('mcp', { tools: tools.slice(1) })['tools']).not.toBe(kept);
  });

  test('a flood of headers is cut', () => {
    const headers = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`x${index}-version`, '1']));
    expect(Object.keys(of('http', { headers }))).toHaveLength(20);
  });

  test('names of every object are no facts', () => {
    expect(of('http', { dns: 'x', tls: [], headers: { constructor: 'x' } })).toEqual({});
    expect(of('constructor', {})).toEqual({});
  });
});
