import { expect, test } from 'vitest';
import { tcp } from './kind.ts';
import type { Spec } from './schema.ts';

test.each<[Spec, readonly string[]]>([
  [{ host: 'a.test:1' }, []],
  [{ host: 'a.test' }, ['host has no port: expected host:port, or port beside it']],
  [{ host: 'a.test:0' }, ['host has the port "0": expected 1 to 65535']],
  [
    { host: 'a.test:1', closed: true, read: 'x', send: 'y', tls: false },
    ['send', 'read', 'tls'].map((key) => `${key} has no meaning with closed: true, where nothing may answer`),
  ],
  [{ host: 'a.test:1', resolver: '1.1.1.1' }, ['resolver is not address:port with a port from 1 to 65535']],
  [{ host: 'a.test:1', tls: { key: 'k' } }, ['tls.key needs cert beside it: a client certificate is both']],
])('%j has the problems %j', (spec, problems) => {
  expect(tcp.problems(spec).map(({ path, message }) => `${path.join('.')} ${message}`)).toEqual(problems);
});

test('what is asked follows from the spec', () => {
  const asked = (spec: Spec) =>
    tcp
      .defaults(spec)
      .flatMap(({ fact, expected, level }) => (level === 'warn' ? [] : [`${fact}=${String(expected)}`]));
  expect(asked({ host: 'a:1' })).toEqual(['connected=true']);
  expect(asked({ host: 'a:1', closed: false })).toEqual(['connected=true']);
  expect(asked({ host: 'a:1', closed: true })).toEqual(['connected=false']);
  expect(asked({ host: 'a:1', read: 'x' })).toEqual(['connected=true', 'found=true']);
  expect(asked({ host: 'a:1', read: 10 })).toEqual(['connected=true']);
  expect(asked({ host: 'a:1', family: 'each' })).toEqual(['connected=true', 'families-agree=true']);
});

test('a dead address is a warning, but not where nothing may answer', () => {
  const warned = (spec: Spec) => tcp.defaults(spec).flatMap(({ fact, level }) => (level === 'warn' ? [fact] : []));
  expect(warned({ host: 'a:1' })).toEqual(['unreachable']);
  expect(warned({ host: 'a:1', closed: true })).toEqual([]);
});

test('a text that is sent is in no address and no command', () => {
  const spec: Spec = { host: '[::1]:6379', send: 'AUTH hush\r\n', read: '+OK' };
  const shown = [tcp.target(spec), tcp.host(spec), tcp.tryCommand(spec)];
  expect(shown).toEqual(['[::1]:6379', '[::1]:6379', ['nc', '-vz', '::1', '6379']]);
  expect(tcp.layers(spec)).toEqual(['tcp', 'content']);
  expect(tcp.layers({ host: 'a.test:1', tls: true })).toEqual(['dns', 'tcp', 'tls']);
  expect(tcp.tryCommand({ host: 'a.test:1', tls: true })).toEqual(['openssl', 's_client', '-connect', 'a.test:1']);
});

test('an open port is a sign only where it must be closed', () => {
  const facts = { connected: true, address: '192.0.2.1' };
  expect(tcp.explain(facts, { host: 'a:1' })).toEqual([]);
  expect(tcp.explain(facts, { host: 'a:1', closed: true })).toEqual([
    { code: 'port-open', fact: 'connected', message: 'the port answers at 192.0.2.1 and must not be reachable' },
  ]);
  expect(tcp.explain({ connected: false }, { host: 'a:1', closed: true })).toEqual([]);
});

test('a text that did not come is told with what came', () => {
  const spec: Spec = { host: 'a:1', read: '+PONG' };
  const [sign] = tcp.explain({ connected: true, found: false, banner: '-ERR\n' }, spec);
  expect(sign).toEqual({
    code: 'assertion-failed',
    fact: 'found',
    message: String.raw`the answer does not contain "+PONG": it is "-ERR\n"`,
  });
});
