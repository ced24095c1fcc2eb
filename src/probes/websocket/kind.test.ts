import { expect, test } from 'vitest';
import { websocket } from './kind.ts';
import type { Spec } from './schema.ts';

const url = 'wss://a.test/socket';

test.each<[Spec, readonly string[]]>([
  [{ url }, []],
  [{ url, send: {}, answer: 'x', within: '1s', for: '10m', heartbeat: '30s', subprotocols: ['graphql-ws'] }, []],
  [{ url: 'a.test' }, ['url is not a URL: expected something like wss://example.com/socket']],
  [{ url: 'https://a.test/s' }, ['url has the scheme "https": expected ws, or wss for TLS']],
  [{ url: 'ftp://a.test/' }, ['url has the scheme "ftp": expected ws, or wss for TLS']],
  [{ url: 'ws://a.test:0/' }, ['url has port 0: expected 1 to 65535']],
  [{ url: 'ws://a.test:65536/' }, ['url is not a URL: expected something like wss://example.com/socket']],
  [{ url: `${url}#x` }, ['url has a fragment (#), which the address of a WebSocket cannot have']],
  [
    { url, headers: { Upgrade: 'h2c', 'Sec-WebSocket-Key': 'x', 'X-Own': 1 } },
    ['Upgrade', 'Sec-WebSocket-Key'].map((name) => `headers.${name} is part of the handshake, which we make ourselves`),
  ],
  [{ url, headers: { 'a b': 1 } }, ['headers.a b is not a name that a header can have']],
  [{ url, subprotocols: ['a', 'b c'] }, ['subprotocols.1 is not a name that a subprotocol can have']],
  [{ url, heartbeat: '1s' }, ['heartbeat has no meaning without for: say how long the connection is watched']],
  [
    { url, for: '1m', heartbeat: '1m' },
    ['heartbeat can never be missed in the 1m of for: expected a shorter time, or a longer for'],
  ],
  [{ url, for: '1m', close: true }, ['close contradicts for: the connection must either stay open or be closed']],
  [{ url, within: '1s' }, ['within has no meaning without send, answer or close: nothing is waited for']],
  [{ url, for: '2d' }, ['for is longer than a day: expected at most 24h']],
  [{ url, limits: { message: '0B' } }, ['limits.message is not a size of at least 1 byte']],
  [{ url, 'connect-to': 'a.test:0' }, ['connect-to is not host:port with a port from 1 to 65535']],
])('%j has the problems %j', (spec, problems) => {
  expect(websocket.problems(spec).map(({ path, message }) => `${path.join('.')} ${message}`)).toEqual(problems);
});

test('what is asked follows from the spec', () => {
  const asked = (spec: Spec) =>
    websocket
      .defaults(spec)
      .map(({ level, fact, matcher, expected }) => `${level} ${fact} ${matcher} ${String(expected)}`);
  const unreachable = 'warn unreachable empty true';
  expect(asked({ url })).toEqual(['expect state equals open', unreachable]);
  expect(asked({ url, close: true })).toEqual(['expect state equals closed', unreachable]);
  expect(asked({ url, send: '' })).toEqual(['expect state equals open', 'expect answered equals true', unreachable]);
  expect(asked({ url, for: '1m', heartbeat: '15s' })).toEqual([
    'expect state equals open',
    'expect max-gap at-most 15000',
    unreachable,
  ]);
});

test('how long it can last follows from what is waited for', () => {
  const lasts = (spec: Omit<Spec, 'url'>) => websocket.lastsMs?.({ ...spec, url });
  expect([lasts({}), lasts({ send: 'x' }), lasts({ send: 'x', within: '1m' })]).toEqual([500, 5500, 60_500]);
  expect([lasts({ close: true, send: 'x' }), lasts({ for: '10m', send: 'x' })]).toEqual([10_500, 600_000]);
});

test('what is sent is in no address and no command', () => {
  const spec: Spec = {
    url: 'wss://me:hush@a.test/?token=hush',
    send: 'hush',
    headers: { 'X-Api-Key': 'hush', 'X-Own': 1 },
    auth: { bearer: 'hush' },
    subprotocols: ['a'],
  };
  expect([websocket.target(spec), websocket.host(spec)]).toEqual(['wss://***@a.test/?token=***', 'a.test:443']);
  expect(websocket.tryCommand(spec)?.join(' ')).toBe(
    'wscat --connect wss://***@a.test/?token=*** --header X-Api-Key: *** --header X-Own: 1 --header Authorization: *** --subprotocol a',
  );
  expect(websocket.layers(spec)).toEqual(['dns', 'tcp', 'tls', 'http', 'protocol', 'content']);
  expect(websocket.layers({ url: 'ws://127.0.0.1/', for: '1m', heartbeat: '1s' })).toEqual([
    'tcp',
    'http',
    'protocol',
    'content',
    'freshness',
  ]);
});

test('an answer that is expected to be JSON and is not is told as that', () => {
  const facts = { state: 'open', opened: true, answered: true, answer: 'hello' };
  expect(websocket.explain(facts, { url, send: 'x' })).toEqual([
    { code: 'not-json', fact: 'json', message: expect.stringContaining('the answer is not JSON: ') },
  ]);
});
