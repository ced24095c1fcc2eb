import { describe, expect, test } from 'vitest';
import type { Facts } from '../../model/observation.ts';
import { sse } from './kind.ts';
import type { Spec } from './schema.ts';

const url = 'https://a.test/stream';

test.each<[Spec, readonly string[]]>([
  [{ url }, []],
  [{ url, for: '10m', heartbeat: '15s', event: ['tick', 'message'] }, []],
  [{ url: 'ws://a.test/' }, ['url has the scheme "ws": only http and https can be probed']],
  [{ url: 'http://a.test:0/' }, ['url has port 0: expected 1 to 65535']],
  [{ url, for: '25h' }, ['for is longer than a day: expected at most 24h']],
  [
    { url, heartbeat: '30s' },
    ['heartbeat can never be missed in the 30s of for: expected a shorter time, or a longer for'],
  ],
  [{ url, event: ['a', 'b\nc'] }, ['event.1 has a line break, which no event name can have']],
  [{ url, limits: { event: '0.5B' } }, ['limits.event is not a size of at least 1 byte']],
  [{ url, limits: { body: '0B' } }, ['limits.body is not a size of at least 1 byte']],
  [{ url, headers: { 'a b': 1 } }, ['headers.a b is not a name that a header can have']],
])('%j has the problems %j', (spec, problems) => {
  expect(sse.problems(spec).map(({ path, message }) => `${path.join('.')} ${message}`)).toEqual(problems);
});

test('what is asked is never nothing', () => {
  const asked = (spec: Spec) =>
    sse.defaults(spec).map(({ level, fact, matcher, expected }) => `${level} ${fact} ${matcher} ${String(expected)}`);
  const always = ['expect invalid-utf8 equals 0', 'warn unreachable empty true'];
  expect(asked({ url })).toEqual(['expect state equals open', 'expect signs-of-life at-least 1', ...always]);
  expect(asked({ url, heartbeat: '15s' })).toEqual([
    'expect state equals open',
    'expect max-gap at-most 15000',
    ...always,
  ]);
  expect(asked({ url, event: 'tick' })).toEqual([
    'expect state equals open',
    'expect signs-of-life at-least 1',
    'expect events at-least 1',
    ...always,
  ]);
});

test('how long it lasts, which way it takes and how to look again follow from the spec', () => {
  expect([sse.lastsMs?.({ url }), sse.lastsMs?.({ url, for: '10m' })]).toEqual([30_000, 600_000]);
  expect(sse.layers({ url })).toEqual(['dns', 'tcp', 'tls', 'http', 'protocol', 'content', 'freshness']);
  expect(sse.tryCommand({ url: `${url}?token=hush`, headers: { 'X-Api-Key': 'hush' } })).toEqual(
    ['curl', '-N', '-sS', '-i', '-H', 'X-Api-Key: ***', '-H', 'Accept: text/event-stream'].concat([
      '-H',
      'Cache-Control: no-cache',
      'https://a.test/stream?token=***',
    ]),
  );
});

describe('signs', () => {
  const signs = (facts: Facts, spec: Omit<Spec, 'url'> = {}) =>
    sse.explain(facts, { ...spec, url }).map(({ fact, code, message }) => `${fact} ${code}: ${message}`);
  const open = {
    state: 'open',
    opened: true,
    status: 200,
    lasted: 30_000,
    'signs-of-life': 3,
    events: 2,
    'invalid-utf8': 0,
  };

  test('there are none of a stream that is well', () => {
    expect(signs({ ...open, 'max-gap': 15_000, 'last-data': '1', json: 1 }, { heartbeat: '15s' })).toEqual([]);
  });

  test('tell a silence with its place', () => {
    const facts = { ...open, 'max-gap': 15_100, 'max-gap-from': 12_050 };
    expect(signs(facts, { heartbeat: '10s' })).toEqual([
      'max-gap stream-gap: the stream was silent for 15.1 s, from 12 s after it opened, and 10 s are allowed',
    ]);
    expect(signs({ ...facts, 'max-gap-from': 0 }, { heartbeat: '10s' })[0]).toContain('15.1 s, right after it opened');
    expect(signs(facts)).toEqual([]);
  });

  test.each<[number, string | undefined, string]>([
    [
      200,
      'text/html',
      'wrong-content-type: the answer is an HTML page, and no event stream: a login, an error page or the fallback of an application',
    ],
    [
      200,
      'application/json',
      'wrong-content-type: the answer is application/json, and no event stream (text/event-stream)',
    ],
    [200, undefined, 'wrong-content-type: the answer does not say its type, so it is no event stream'],
    [204, undefined, 'http-status: the server answers 204'],
    [302, undefined, 'redirect-unexpected: the server answers 302 without a Location'],
    [401, undefined, 'auth-required: the server asks for credentials (401) and names no scheme'],
    [403, undefined, 'auth-forbidden: the server refuses access (403)'],
    [404, undefined, 'http-4xx: the server answers 404'],
    [429, undefined, 'rate-limited: the server limits our requests (429), no Retry-After says for how long'],
    [502, 'text/event-stream', 'http-5xx: the server answers 502'],
  ])('tell why an answer with status %i and type %s is refused', (status, type, told) => {
    const facts = { state: 'refused', opened: false, status, ...(type === undefined ? {} : { 'content-type': type }) };
    expect(signs(facts)).toContain(`state ${told}`);
    expect(new Set(signs(facts).map((sign) => sign.replace(/^\S+ /, '')))).toEqual(new Set([told]));
  });

  test('tell that nothing came, and what came in place of what counts', () => {
    expect(signs({ ...open, 'signs-of-life': 0, events: 0, heartbeats: 0 })).toEqual([
      'signs-of-life stream-gap: nothing came in 30 s: no event and no heartbeat',
    ]);
    const facts = { ...open, events: 0, 'other-events': 4, heartbeats: 1, 'by-event': { tick: 0, tock: 3, a: 1 } };
    expect(signs(facts, { event: 'tick' })).toEqual([
      'events value-missing: no event of the name "tick" came in 30 s; what came: 4 other events (tock, a), 1 heartbeat',
    ]);
  });

  test('tell text that is none, and data that is not JSON', () => {
    expect(signs({ ...open, 'invalid-utf8': 2, 'last-data': 'a' })).toEqual([
      'invalid-utf8 invalid-utf8: 2 lines are not valid UTF-8',
      expect.stringMatching(/^json not-json: the last event is not JSON: /),
    ]);
  });

  test('escape what the server says', () => {
    const facts = { state: 'refused', status: 200, 'content-type': '\u001b[2Jx' };
    expect(signs(facts)[0]).toContain('the answer is \\u{1b}[2Jx, and');
  });
});
