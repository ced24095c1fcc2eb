import type { Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { testContext } from '../test-context.ts';
import { runRaw, type Running } from '../tls/test-servers.ts';
import { look } from './look.ts';
import {
  columnsMessage,
  errorMessage,
  failureAt,
  int16,
  message,
  READY,
  rowMessage,
  runBackend,
  says,
  type Script,
} from './test-backend.ts';

const open: Running[] = [];

afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

const started = async (script: Script) => {
  const backend = await runBackend(script);
  open.push(backend.server);
  return backend;
};

const failure = async (script: Script, spec = {}) => {
  const { server, heard } = await started(script);
  const { code, message } = await failureAt(server, spec);
  expect(heard()).not.toContain('sesame-open');
  return `${code}: ${message}`;
};

test.each<[string, (socket: Socket) => void, string]>([
  [
    'announces a row of 1 GiB',
    says(columnsMessage(['a']), message('2'), message('D', Buffer.alloc(0), 1024 ** 3)),
    'query-failed: the server announces a row of 1024 MiB: a look reads at most 1 MiB',
  ],
  [
    'gives a row with a negative number of values',
    says(columnsMessage(['a']), message('D', int16(-1))),
    'invalid-response: the server sent a message that breaks the protocol of Postgres',
  ],
  [
    'gives a row whose values end before they should',
    says(columnsMessage(['a']), message('D', Buffer.concat([int16(9), Buffer.alloc(6)]))),
    'invalid-response: the server sent a message that breaks the protocol of Postgres',
  ],
  [
    'gives a row with fewer values than columns',
    says(columnsMessage(['a', 'b']), rowMessage(['1']), READY),
    'invalid-response: the server sent a row with another number of values than of columns',
  ],
  [
    'gives two columns of one name',
    says(columnsMessage(['a', 'a']), rowMessage(['1', '2']), READY),
    'query-failed: the query gives two columns of the name "a": rename one with AS',
  ],
  [
    'echoes the password and the URL in an error, with control characters',
    says(errorMessage({ S: 'ERROR', C: 'XX000', M: 'no sesame-open\u001b]0;x\u0007 for me' })),
    String.raw`query-failed: no ***\u{1b}]0;x\u{7} for me (XX000)`,
  ],
  ['sends an error without any field', says(errorMessage({})), 'query-failed: an error without words (no code)'],
  [
    'sends an error whose position is nonsense',
    says(errorMessage({ S: 'ERROR', C: '42601', M: 'bad', P: '-7' })),
    'query-failed: bad (42601)',
  ],
  ['hangs up', (socket) => socket.destroy(), 'closed-early: the server closed the connection'],
])('a server that %s is not believed, and does us no harm', async (_what, query, expected) => {
  expect(await failure({ query }, { query: 'select bad' })).toBe(expected);
});

test('more rows than were asked for are not read on', async () => {
  let socketOf: Socket | null = null;
  const rows = Buffer.concat(Array.from({ length: 1000 }, () => rowMessage(['x'])));
  const pour = (socket: Socket): void => {
    socketOf = socket;
    if (!socket.destroyed) socket.write(rows, () => setImmediate(pour, socket));
  };
  const query = (socket: Socket): void => {
    socket.write(columnsMessage(['a']));
    pour(socket);
  };
  const { server } = await started({ query });
  const facts = await look({ url: `postgres://me@127.0.0.1:${server.port}/db`, query: 'select bad' }, testContext());
  expect(facts).toMatchObject({ cut: true, rows: { length: 1000 } });
  expect(facts).not.toHaveProperty('row-count');
  expect(socketOf).not.toBeNull();
});

test('columns called like parts of an object are columns', async () => {
  const query = says(columnsMessage(['__proto__', 'constructor', 'toString']), rowMessage(['a', 'b', 'c']), READY);
  const { server } = await started({ query });
  const facts = await look({ url: `postgres://me@127.0.0.1:${server.port}/db`, query: 'select bad' }, testContext());
  expect(JSON.stringify(facts['rows'])).toBe('[{"__proto__":"a","constructor":"b","toString":"c"}]');
});

test.each([
  ['the request for TLS', undefined, 'timed out after 0.6 s: no answer to the request for TLS'],
  ['the login', { login: () => {} }, 'timed out after 0.6 s in request: the login was not finished'],
  ['a statement', { query: () => {} }, 'timed out after 0.6 s in wait: the server was still at work'],
])('a server that never answers %s ends in a timeout that says so', async (_what, script, message) => {
  const server = script === undefined ? await runRaw(() => {}) : (await started(script)).server;
  if (script === undefined) open.push(server);
  const start = performance.now();
  expect(await failureAt(server, { query: 'select bad' }, 600)).toMatchObject({ code: 'timeout', message });
  expect(performance.now() - start).toBeLessThan(1500);
});
