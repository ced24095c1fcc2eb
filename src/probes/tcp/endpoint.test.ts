import { assert, integer, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalHost, readEndpoint, showEndpoint } from './endpoint.ts';

const read = (text: string, port?: number, fallback: number | null = null): string => {
  const reading = readEndpoint(text, port, fallback);
  return reading.ok ? showEndpoint(reading.endpoint) : `${reading.key} ${reading.message}`;
};

test.each<[string, number | undefined, string]>([
  ['a.test:443', undefined, 'a.test:443'],
  ['A.Test', 25, 'a.test:25'],
  ['a.test:25', 25, 'a.test:25'],
  ['a.test.:25', undefined, 'a.test.:25'],
  ['[::1]:443', undefined, '[::1]:443'],
  ['::1', 443, '[::1]:443'],
  ['fe80::1%eth0', 22, '[fe80::1%eth0]:22'],
  ['münchen.example:1', undefined, 'xn--mnchen-3ya.example:1'],
  ['faß。example:1', undefined, 'xn--fa-hia.example:1'],
  ['_sip.a_b.test:65535', undefined, '_sip.a_b.test:65535'],
])('%s with port %s means %s', (text, port, meant) => {
  expect(read(text, port)).toBe(meant);
});

const NO_HOST = 'host names no host that can be looked up: expected host:port';

test.each<[string, number | undefined, string]>([
  ['a.test:0', undefined, 'host has the port "0": expected 1 to 65535'],
  ['a.test:65536', undefined, 'host has the port "65536": expected 1 to 65535'],
  ['a.test:', undefined, 'host has the port "": expected 1 to 65535'],
  ['a.test:+5', undefined, 'host has the port "+5": expected 1 to 65535'],
  ['[::1]:x', undefined, 'host has the port "x": expected 1 to 65535'],
  ['a.test', undefined, 'host has no port: expected host:port, or port beside it'],
  ['a.test:25', 26, 'port is not the port 25 that host names'],
  ['https://a.test/', undefined, 'host is a URL: expected host:port, like example.com:443'],
  ['', 1, NO_HOST],
  [':443', undefined, NO_HOST],
  ['a b:1', undefined, NO_HOST],
  ['a..b:1', undefined, NO_HOST],
  ['.a:1', undefined, NO_HOST],
  ['user@a.test:1', undefined, NO_HOST],
  ['a.test/x:1', undefined, NO_HOST],
  ['a%2eb:1', undefined, NO_HOST],
  ['[::1', 1, NO_HOST],
  ['[a.test]:1', undefined, NO_HOST],
  ['::g', 1, NO_HOST],
  [`${'x'.repeat(64)}.test:1`, undefined, NO_HOST],
])('%j with port %s is refused', (text, port, problem) => {
  expect(read(text, port)).toBe(problem);
});

test('any text is read or refused, and what was read reads as itself', () => {
  assert(
    property(string({ unit: 'binary' }), integer({ min: 1, max: 65_535 }), (text, port) => {
      const reading = readEndpoint(`${text}:${port}`, undefined, null);
      if (!reading.ok) return;
      expect(readEndpoint(showEndpoint(reading.endpoint), undefined, null)).toEqual(reading);
      expect(canonicalHost(reading.endpoint.host)).toBe(reading.endpoint.host);
    }),
  );
});
