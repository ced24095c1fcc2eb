import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { CouldNotLook, type ProbeContext } from '../probe.ts';
import { testContext } from '../test-context.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';

const folder = mkdtempSync(join(tmpdir(), 'gonogo-heartbeat-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

const serve = async (answer: (response: ServerResponse, headers: NodeJS.Dict<string | string[]>) => void) => {
  const server = createServer((request, response) => answer(response, request.headers));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  closers.push(() => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
};

const json = (value: unknown, status = 200) =>
  serve((response) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value)));

const NOW = new Date('2026-11-03T12:00:00Z');
const context = (changes: Partial<ProbeContext> = {}) => testContext(5000, { now: () => NOW, folder, ...changes });

const failureOf = async (from: Spec['from'], changes: Partial<ProbeContext> = {}): Promise<CouldNotLook> => {
  const error: unknown = await look({ from, every: '15m' }, context(changes)).catch((thrown: unknown) => thrown);
  if (error instanceof CouldNotLook) return error;
  throw new Error('it could be looked at', { cause: error });
};

test('a time in a document over HTTP is the last beat, with the facts of the request', async () => {
  const url = await json({ jobs: { backup: '2026-11-03T11:40:00Z' } });
  const facts = await look({ from: { url, json: '$.jobs.backup' }, every: '15m', grace: '1m' }, context());
  expect(facts).toMatchObject({
    'last-beat': '2026-11-03T11:40:00.000Z',
    age: 1_200_000,
    missed: 1,
    beats: 1,
    status: 200,
  });
  expect(facts).not.toHaveProperty('uptime');
});

test('of several times the newest counts, in whatever unit they are', async () => {
  const url = await json([NOW.getTime() / 1000 - 600, NOW.getTime() - 120_000, (NOW.getTime() - 300_000) * 1e6]);
  expect(await look({ from: { url, json: '$[*]' }, every: '15m' }, context())).toMatchObject({
    age: 120_000,
    missed: 0,
    beats: 3,
  });
});

test('a request has the headers and credentials of the spec', async () => {
  const url = await serve((response, { authorization }) => {
    response.end(JSON.stringify({ at: authorization === 'Bearer hush' ? NOW.toISOString() : null }));
  });
  const facts = await look({ from: { url, json: '$.at', auth: { bearer: 'hush' } }, every: '1h' }, context());
  expect(facts).toMatchObject({ age: 0 });
  expect(JSON.stringify(facts)).not.toContain('hush');
});

test('a clock may go wrong by a minute, and a beat that lies further ahead has no age', async () => {
  const ahead = async (ms: number) => {
    const url = await json(NOW.getTime() + ms);
    return look({ from: { url, json: '$' }, every: '15m' }, context());
  };
  expect(await ahead(60_000)).toMatchObject({ age: 0, missed: 0 });
  const facts = await ahead(61_000);
  expect(facts).toMatchObject({ ahead: 61_000, 'last-beat': '2026-11-03T12:01:01.000Z' });
  expect(facts).not.toHaveProperty('age');
  expect(facts).not.toHaveProperty('missed');
});

test.each([
  ['a field that is not there', { a: 1 }, '$.at', 'value-missing', '$.at selects nothing: there is no beat'],
  ['an empty list', { list: [] }, '$.list[*]', 'value-missing', '$.list[*] selects nothing: there is no beat'],
  ['null', { at: null }, '$.at', 'type-mismatch', /selects null, which is not a time/],
  ['a list', { at: [1] }, '$.at', 'type-mismatch', /selects list \[1\], which is not a time/],
  ['one bad time among good ones', ['2026-11-03T12:00:00Z', 'soon'], '$[*]', 'type-mismatch', /selects string "soon"/],
])('%s is never a beat', async (_what, document, path, code, message) => {
  const failure = await failureOf({ url: await json(document), json: path });
  expect(failure.code).toBe(code);
  expect(failure.message).toMatch(message);
  expect(failure.facts['status']).toBe(200);
});

test('an answer that is no success, or no JSON, is told as such', async () => {
  const path = '$.at';
  expect((await failureOf({ url: await json({ at: NOW.toISOString() }, 503), json: path })).code).toBe('http-5xx');
  expect((await failureOf({ url: await json({}, 401), json: path })).code).toBe('auth-required');
  const page = await serve((response) => response.setHeader('content-type', 'text/html').end('<html>Sign in</html>'));
  expect((await failureOf({ url: page, json: path })).code).toBe('wrong-content-type');
  expect((await failureOf({ url: await serve((response) => response.end('{"at":')), json: path })).code).toBe(
    'not-json',
  );
  expect((await failureOf({ url: await serve((response) => response.end()), json: path })).code).toBe('not-json');
  expect((await failureOf({ url: await serve((response) => response.end('"\xff"', 'latin1')), json: path })).code).toBe(
    'invalid-utf8',
  );
  expect((await failureOf({ url: 'http://127.0.0.1:1/', json: path })).code).toBe('connect-refused');
});

test('the time of modification of a file is a beat', async () => {
  writeFileSync(join(folder, 'stamp'), '');
  const at = new Date(NOW.getTime() - 3_600_000);
  utimesSync(join(folder, 'stamp'), at, at);
  for (const from of ['stamp', { file: 'stamp' }, { file: join(folder, 'stamp') }]) {
    expect(await look({ from, every: '15m' }, context())).toEqual({
      'last-beat': '2026-11-03T11:00:00.000Z',
      age: 3_600_000,
      missed: 4,
      beats: 1,
    });
  }
});

test('a time in a JSON file is a beat, whenever the file was written', async () => {
  writeFileSync(join(folder, 'state.json'), '{"last": "2026-11-03T11:59:00Z"}');
  const facts = await look({ from: { file: 'state.json', json: '$.last' }, every: '15m' }, context());
  expect(facts).toMatchObject({ age: 60_000, json: { last: '2026-11-03T11:59:00Z' } });
});

test('a file that is missing, broken, too large or none is told as such', async () => {
  writeFileSync(join(folder, 'half.json'), '{"last": "2026-');
  writeFileSync(join(folder, 'latin'), Buffer.from([0x22, 0xff, 0x22]));
  writeFileSync(join(folder, 'large'), Buffer.alloc(1024 * 1024 + 1, ' '));
  execFileSync('mkfifo', [join(folder, 'fifo')]);
  expect(await failureOf('nowhere')).toMatchObject({
    code: 'file-missing',
    message: `there is no file ${folder}/nowhere: there was never a beat`,
  });
  expect(await failureOf('half.json/x')).toMatchObject({ code: 'file-missing' });
  expect(await failureOf({ file: 'nowhere', json: '$' })).toMatchObject({ code: 'file-missing' });
  const invalid = async (file: string, path?: string) => {
    const failure = await failureOf(path === undefined ? file : { file, json: path });
    expect(failure.code).toBe('file-invalid');
    return failure.message;
  };
  expect(await invalid('.')).toMatch(/is not a regular file$/);
  expect(await invalid('fifo')).toMatch(/is not a regular file$/);
  expect(await invalid('fifo', '$')).toMatch(/is not a regular file$/);
  expect(await invalid('half.json', '$.last')).toMatch(/half\.json is not JSON/);
  expect(await invalid('latin', '$')).toMatch(/is not valid UTF-8$/);
  expect(await invalid('large', '$')).toMatch(/is larger than 1 MiB$/);
});
