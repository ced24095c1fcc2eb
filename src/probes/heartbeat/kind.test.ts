import { expect, test } from 'vitest';
import { evaluate } from '../../matchers/evaluate.ts';
import type { Facts } from '../../model/observation.ts';
import { heartbeat } from './kind.ts';
import type { Spec } from './schema.ts';

const every = '15m';
const url = 'https://example.com/';

test.each<[Spec, readonly string[]]>([
  [{ from: 'stamp', every }, []],
  [{ from: { file: 'stamp', json: '$.a' }, every }, []],
  [{ from: { url, json: '$.a', headers: { a: 'b' } }, every, uptime: '99.9%', 'uptime-of': 'a' }, []],
  [{ from: { history: 'a' }, every, uptime: '99%', 'uptime-window': '30d' }, []],
  [{ from: {}, every }, ['from names no source: one of url, file and history']],
  [{ from: { json: '$.a' }, every }, ['from names no source: one of url, file and history']],
  [
    { from: { url, file: 'a', history: 'b', json: '$' }, every },
    ['from.file is a second source beside url: a heartbeat has one'],
  ],
  [{ from: { url }, every }, ['from.url needs json beside it: the JSONPath of the time in the answer']],
  [
    { from: { url: 'ftp://a.test/', json: '$.a' }, every },
    ['from.url has the scheme "ftp": only http and https can be probed'],
  ],
  [{ from: { url: 'http://a.test:0/', json: '$.a' }, every }, ['from.url has port 0: expected 1 to 65535']],
  [
    { from: 'https://a.test/', every },
    ['from is a URL and not the path of a file: write from: { url: ..., json: $... }'],
  ],
  [
    { from: { file: 'file:///a' }, every },
    ['from.file is a URL and not the path of a file: write from: { url: ..., json: $... }'],
  ],
  [{ from: { file: 'a\0b' }, every }, ['from.file has a NUL byte, which no path can have']],
  [
    { from: { file: 'a', headers: {}, method: 'GET' }, every },
    ['from.headers', 'from.method'].map((key) => `${key} has no meaning without url`),
  ],
  [{ from: { history: 'a', json: '$.a' }, every }, ['from.json has no meaning without the document of a url or file']],
  [{ from: 'a', every, uptime: '99%' }, ['uptime needs a history: name the check that it is about under uptime-of']],
  [
    { from: 'a', every, 'uptime-window': '1d' },
    ['uptime-window needs a history: name the check that it is about under uptime-of'],
  ],
  [{ from: { history: 'a' }, every, uptime: '101%' }, ['uptime is more than 100%']],
  [{ from: { history: 'a' }, every, uptime: '0%' }, ['uptime is 0%, and nothing can be below it']],
])('%j has the problems %j', (spec, problems) => {
  expect(heartbeat.problems(spec).map(({ path, message }) => `${path.join('.')} ${message}`)).toEqual(problems);
});

test('a path that is none is found before looking', () => {
  const [problem] = heartbeat.problems({ from: { file: 'a', json: 'a.b' }, every });
  expect(problem).toMatchObject({ path: ['from', 'json'], message: expect.stringMatching(/^is not a JSONPath: /) });
});

test('what is asked follows from the spec', () => {
  const asked = (spec: Spec) =>
    heartbeat.defaults(spec).map(({ fact, matcher, expected }) => `${fact} ${matcher} ${expected}`);
  expect(asked({ from: 'a', every, grace: '5m' })).toEqual(['age at-most 1200000']);
  expect(asked({ from: { history: 'a' }, every: '1h', uptime: '99.5%' })).toEqual([
    'age at-most 3600000',
    'uptime at-least 0.995',
  ]);
  expect(asked({ from: { url, json: '$' }, every })).toEqual(
    expect.arrayContaining(['age at-most 900000', 'status status 2xx', 'unreachable empty true']),
  );
});

test('where it looks is shown without secrets', () => {
  const over = { url: 'https://me:hush@example.com/beat?token=hush', json: '$.a', auth: { bearer: 'hush' } };
  expect(
    JSON.stringify([heartbeat.target({ from: over, every }), heartbeat.tryCommand({ from: over, every })]),
  ).not.toContain('hush');
  expect(heartbeat.host({ from: over, every })).toBe('example.com:443');
  expect(heartbeat.layers({ from: over, every })).toEqual(['dns', 'tcp', 'tls', 'http', 'content', 'freshness']);
  expect(heartbeat.target({ from: { history: 'a' }, every })).toBe('the history of a');
  expect(heartbeat.tryCommand({ from: { history: 'a' }, every })).toBeNull();
  expect(heartbeat.tryCommand({ from: 'a', every })).toEqual(['stat', 'a']);
  expect(heartbeat.tryCommand({ from: { file: 'a', json: '$.b' }, every })).toEqual(['cat', 'a']);
});

const signs = (facts: Facts, spec: Spec = { from: { history: 'a' }, every, grace: '5m', uptime: '99%' }) =>
  heartbeat.explain(facts, spec).map(({ code, fact, message }) => `${code} ${fact}: ${message}`);

test('an overdue beat is told with its age, and one from the future as a wrong clock', () => {
  const last = { 'last-beat': '2026-11-03T11:00:00.000Z' };
  expect(signs({ ...last, age: 1_200_000, missed: 0 })).toEqual([]);
  expect(signs({ ...last, age: 5_520_000, missed: 5 })[0]).toBe(
    'heartbeat-missed age: the last beat was 1 h 32 min ago (2026-11-03T11:00:00.000Z), and one is due every 15m with 5m of grace: 5 missed',
  );
  expect(signs({ ...last, ahead: 61_000 })[0]).toBe(
    'assertion-failed age: the last beat lies 1 min 1 s in the future (2026-11-03T11:00:00.000Z): a clock is wrong, there or here',
  );
  expect(signs({ beats: 0 })[0]).toBe(
    'heartbeat-missed age: none of the earlier looks was good, and one must be every 15m',
  );
});

test('a low uptime is told with its floor, and one that is not known as not seen', () => {
  expect(signs({ age: 0, uptime: 0.99 })).toEqual([]);
  expect(signs({ age: 0, uptime: 0.989_999 })).toEqual([
    'uptime-low uptime: it was up for 98.9999 % of the last 7d, and must be for 99 %',
  ]);
  expect(signs({ age: 0, 'uptime-problem': 'no history' })).toEqual(['not-run uptime: no history']);
});

test.each<Facts>([{}, { beats: 0 }, { ahead: 61_000, 'last-beat': '2026-11-03T11:00:00.000Z' }, { age: 900_001 }])(
  'the facts %j never hold the default',
  (facts) => {
    const [first] = heartbeat.defaults({ from: 'a', every });
    expect(first && evaluate({ ...first, source: null }, facts, new Date()).held).toBe(false);
  },
);
