import { expect, test } from 'vitest';
import type { Facts } from '../../model/observation.ts';
import { tls } from './kind.ts';
import type { Spec } from './schema.ts';

test.each<[Spec, readonly string[]]>([
  [{ host: 'a.test' }, []],
  [{ host: '[::1]:8443', servername: 'a.test' }, []],
  [{ host: 'a.test:0' }, ['host has the port "0": expected 1 to 65535']],
  [{ host: 'a.test:65536' }, ['host has the port "65536": expected 1 to 65535']],
  [{ host: 'https://a.test/' }, ['host is a URL: expected host:port, like example.com:443']],
  [{ host: 'a.test:1', port: 2 }, ['port is not the port 1 that host names']],
  [{ host: 'a.test', servername: 'a b' }, ['servername is not the name or address of a host']],
  [{ host: 'a.test', 'connect-to': 'b.test' }, ['connect-to is not host:port with a port from 1 to 65535']],
  [{ host: 'a.test', resolver: 'x' }, ['resolver is not address:port with a port from 1 to 65535']],
  [{ host: 'a.test', cert: 'c' }, ['cert needs key beside it: a client certificate is both']],
])('%j has the problems %j', (spec, problems) => {
  expect(tls.problems(spec).map(({ path, message }) => `${path.join('.')} ${message}`)).toEqual(problems);
});

test('target, layers and command follow from the spec', () => {
  const spec: Spec = { host: 'Mail.Test', starttls: 'smtp' };
  expect(tls.target(spec)).toBe('mail.test:25 (smtp)');
  expect(tls.host({ host: 'db.test', starttls: 'postgres' })).toBe('db.test:5432');
  expect(tls.tryCommand(spec)).toEqual([
    ...['openssl', 's_client', '-connect', 'mail.test:25', '-servername', 'mail.test', '-starttls', 'smtp'],
    '-showcerts',
  ]);
  expect(tls.layers(spec)).toEqual(['dns', 'tcp', 'tls']);
  expect(tls.layers({ host: 'a.test', 'connect-to': '127.0.0.1:443' })).toEqual(['tcp', 'tls']);
  expect(tls.tryCommand({ host: '[::1]' })).toEqual(['openssl', 's_client', '-connect', '[::1]:443', '-showcerts']);
});

test('it is asked for a verified certificate, a version that is in order, and days that are left', () => {
  const asked = (spec: Spec) =>
    tls.defaults(spec).map(({ fact, expected, level }) => `${level} ${fact} ${JSON.stringify(expected)}`);
  expect(asked({ host: 'a.test' })).toEqual([
    'expect verified true',
    'expect protocol ["TLSv1.2","TLSv1.3"]',
    'expect days-left 7',
    'warn days-left 21',
    'warn unreachable true',
  ]);
  expect(asked({ host: 'a.test', family: 'each' })).toContain('expect families-agree true');
  expect(asked({ host: 'a.test', 'min-version': 'TLSv1.3' })[1]).toBe('expect protocol ["TLSv1.3"]');
});

const told = (facts: Facts, spec: Spec = { host: 'a.test' }) =>
  tls.explain(facts, spec).map(({ code, fact, message }) => `${code} ${fact}: ${message}`);

test('an expiry ahead and one that is past are told apart', () => {
  expect(told({ verified: true, 'days-left': 1, 'valid-to': '2026-12-01T00:00:00.000Z' })).toEqual([
    "tls-expiring days-left: 1 day left until a certificate of the presented chain expires (the server's own certificate: until 2026-12-01T00:00:00.000Z)",
  ]);
  expect(told({ 'days-left': -1 })).toEqual([
    'tls-expired days-left: a certificate of the presented chain has expired',
  ]);
  expect(told({ 'path-days-left': 3 })).toEqual([
    'tls-expiring path-days-left: 3 days left until a certificate of the verified path expires',
  ]);
});

test('what is not verified has the reason that was seen, and a strange one counts as untrusted', () => {
  const facts = { verified: false, cause: 'the certificate is self-signed', code: 'tls-self-signed' };
  expect(told(facts)).toEqual(['tls-self-signed verified: the certificate is self-signed']);
  expect(told({ verified: false, code: 'constructor' })).toEqual([
    'tls-untrusted verified: the certificate could not be verified',
  ]);
});
