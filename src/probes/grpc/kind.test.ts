import { expect, test } from 'vitest';
import { testContext } from '../test-context.ts';
import { grpc } from './kind.ts';
import { callRequest } from './request.ts';
import type { Spec } from './schema.ts';
import { readCallMessage, readCallStatus } from './status.ts';

test.each<[Spec, readonly string[]]>([
  [{ address: 'a.test:1' }, []],
  [{ address: '[::1]:50051', authority: 'a.test', metadata: { authorization: 'Bearer x', 'a-bin': 'YQ==' } }, []],
  [{ address: 'a.test' }, ['address has no port: expected host:port']],
  [{ address: 'a.test:0' }, ['address has the port "0": expected 1 to 65535']],
  [{ address: 'a.test:65536' }, ['address has the port "65536": expected 1 to 65535']],
  [{ address: 'dns:///a.test:1' }, ['address is a URL: expected host:port, like example.com:443']],
  [{ address: 'a:1', authority: 'https://a/' }, ['authority is not host or host:port']],
  [{ address: 'a:1', authority: 'a:0' }, ['authority is not host or host:port']],
  [
    { address: 'a:1', metadata: { 'a b': 1 } },
    ['metadata.a b is not a name that metadata can have: letters, digits, _ - and .'],
  ],
  [
    { address: 'a:1', metadata: { 'grpc-timeout': '1S' } },
    ['metadata.grpc-timeout begins with grpc-, which is kept for the protocol itself'],
  ],
  [{ address: 'a:1', metadata: { Host: 'b' } }, ['metadata.Host is no metadata: write authority instead']],
  [{ address: 'a:1', metadata: { TE: 'x' } }, ['metadata.TE is set by the protocol itself']],
  [
    { address: 'a:1', metadata: { x: 'a\nb' } },
    ['metadata.x has a character that metadata cannot have: only visible ASCII and spaces'],
  ],
  [{ address: 'a:1', metadata: { 'x-bin': '\u00e9' } }, ['metadata.x-bin ends in -bin, so its value is base64']],
  [{ address: 'a:1', tls: { cert: 'c' } }, ['tls.cert needs key beside it: a client certificate is both']],
  [{ address: 'a:1', resolver: 'x' }, ['resolver is not address:port with a port from 1 to 65535']],
  [{ address: 'a:1', proxy: 'socks5://p:1' }, ['proxy has the scheme "socks5": only http and https can be probed']],
])('%j has the problems %j', (spec, problems) => {
  expect(grpc.problems(spec).map(({ path, message }) => `${path.join('.')} ${message}`)).toEqual(problems);
});

test('only SERVING is asked for', () => {
  expect(grpc.defaults({ address: 'a:1' }).map(({ fact, expected, level }) => [fact, expected, level])).toEqual([
    ['health.status', 'SERVING', 'expect'],
    ['unreachable', true, 'warn'],
  ]);
});

test('target, layers and command follow from the spec, without its secrets', () => {
  const spec: Spec = {
    address: 'A.test:443',
    service: 'shop.v1.Orders',
    tls: { ca: 'roots.pem', cert: '-----BEGIN CERTIFICATE-----', key: '-----BEGIN PRIVATE KEY-----' },
    authority: 'b.test:1',
    metadata: { authorization: 'Bearer hush', 'x-a': 1 },
  };
  expect(grpc.target(spec)).toBe('a.test:443 (shop.v1.Orders)');
  expect(grpc.host(spec)).toBe('a.test:443');
  expect(grpc.layers(spec)).toEqual(['dns', 'tcp', 'tls', 'http', 'protocol', 'content']);
  expect(grpc.layers({ address: '127.0.0.1:1' })).toEqual(['tcp', 'http', 'protocol', 'content']);
  expect(grpc.tryCommand(spec)).toEqual([
    ...['grpc_health_probe', '-addr', 'a.test:443', '-service', 'shop.v1.Orders', '-tls', '-tls-ca-cert', 'roots.pem'],
    ...['-tls-client-cert', 'client-cert.pem', '-tls-client-key', 'client-key.pem', '-tls-server-name', 'b.test'],
    ...['-rpc-header', 'authorization: ***', '-rpc-header', 'x-a: 1'],
  ]);
  expect(grpc.tryCommand({ address: 'a.test:1', tls: { verify: false } })).toEqual([
    ...['grpc_health_probe', '-addr', 'a.test:1', '-tls', '-tls-no-verify'],
  ]);
});

test.each([
  [{ address: '[::1]:5' }, 'http://[::1]:5/grpc.health.v1.Health/Check', null],
  [
    { address: '[fe80::1%eth0]:5' },
    'http://[fe80::1]:5/grpc.health.v1.Health/Check',
    { host: 'fe80::1%eth0', port: 5 },
  ],
  [{ address: 'a.test:5', authority: 'b' }, 'http://b/grpc.health.v1.Health/Check', { host: 'a.test', port: 5 }],
])('%j is called as %s', async (spec, url, connectTo) => {
  const request = await callRequest(spec, testContext());
  expect([request.url.href, request.connectTo]).toEqual([url, connectTo]);
});

test.each([
  [0.2, '1m'],
  [1500.5, '1501m'],
  [1e12, '99999999m'],
])('a time of %d ms is told as %s', async (ms, text) => {
  const { headers } = await callRequest({ address: 'a:1' }, { timeoutMs: ms, folder: '/' });
  expect(headers).toContainEqual(['grpc-timeout', text]);
});

test.each([
  ['0', 0],
  ['16', 16],
  ['', null],
  ['-1', null],
  ['+0', null],
  [' 0', null],
  ['0.0', null],
  ['9'.repeat(20), null],
])('the status field %j is %j', (text, status) => {
  expect(readCallStatus(text)).toBe(status);
});

test.each([
  ['plain', 'plain'],
  ['a%20b%C3%BC', 'a b\u00fc'],
  ['%zz%2', '%zz%2'],
  ['%ff', '\ufffd'],
  ['%00', '\0'],
  ['x'.repeat(2000), 'x'.repeat(500)],
])('the message field %j is decoded', (text, message) => {
  expect(readCallMessage(text)).toBe(message);
});
