import type { Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { runRaw, type Running } from '../tls/test-servers.ts';
import {
  authentication,
  errorMessage,
  failureAt,
  LET_IN,
  message,
  rowMessage,
  runBackend,
  says,
  type Script,
  text,
} from './test-backend.ts';

const open: Running[] = [];

afterEach(() => {
  vi.unstubAllEnvs();
  for (const server of open.splice(0)) server.close();
});

const started = async (script: Script) => {
  const backend = await runBackend(script);
  open.push(backend.server);
  return backend;
};

const sasl = (...mechanisms: readonly string[]): Buffer =>
  authentication(10, Buffer.concat([...mechanisms.map(text), Buffer.of(0)]));

const failure = async (script: Script, spec = {}) => {
  const { server, heard } = await started(script);
  const { code, message } = await failureAt(server, spec);
  expect(heard()).not.toContain('sesame-open');
  return `${code}: ${message}`;
};

test.each<[string, (socket: Socket) => void, string]>([
  [
    'asks for the password in clear text',
    says(authentication(3)),
    'sql-auth: the server asks for the password in clear text, without TLS: it was not sent',
  ],
  [
    'offers SCRAM and then asks for clear text',
    says(sasl('SCRAM-SHA-256'), authentication(3)),
    'sql-auth: the server changes its mind about how to log in',
  ],
  [
    'lets us in before it has proved that it knows the password',
    says(sasl('SCRAM-SHA-256'), LET_IN),
    'sql-auth: the server lets us in without a proof that it knows the password',
  ],
  [
    'goes on with a login that has not begun',
    says(authentication(11, Buffer.from('r=x,s=eA==,i=1'))),
    'sql-auth: the server goes on with a login that has not begun',
  ],
  [
    'answers SCRAM with nonsense',
    says(sasl('SCRAM-SHA-256'), authentication(11, Buffer.from('r=x,s=eA==,i=4096'))),
    'sql-auth: the login cannot be finished: SASL: SCRAM-SERVER-FIRST-MESSAGE: server nonce does not start with client nonce',
  ],
  [
    'asks for GSSAPI',
    says(authentication(7)),
    'sql-auth: the server asks for a login by GSSAPI, which is not spoken here',
  ],
  [
    'asks for a mechanism of its own',
    says(sasl('X-MAGIC\u001b[31m')),
    String.raw`sql-auth: the server asks for a login by X-MAGIC\u{1b}[31m, which is not spoken here`,
  ],
  [
    'asks for a login that nobody knows',
    says(authentication(4711)),
    'sql-auth: the server asks for a login by a method of the number 4711, which nobody knows',
  ],
  [
    'asks a second time',
    says(LET_IN, authentication(5, Buffer.alloc(4))),
    'sql-auth: the server asks for a login a second time',
  ],
  [
    'speaks HTTP',
    says('HTTP/1.1 400 Bad Request\r\n\r\n'),
    'invalid-response: the server does not speak Postgres on this port: its answer starts with "HTTP/1.1 400 Bad Request\\r\\n\\r\\n"',
  ],
  [
    'gives rows before the login',
    says(rowMessage(['x'])),
    String.raw`invalid-response: the server does not speak Postgres on this port: its answer starts with "D\x00\x00\x00\x0b\x00\x01\x00\x00\x00\x01x"`,
  ],
  [
    'announces a message of 2 GiB',
    says(message('E', Buffer.alloc(0), 0x7fff_ffff)),
    'invalid-response: the server announces an error of 2147483647 bytes: a look reads at most 1 MiB',
  ],
  [
    'announces a message that is shorter than its length',
    says(message('R', Buffer.alloc(0), 3)),
    'invalid-response: the server announces a message of 3 bytes, shorter than its length',
  ],
  [
    'sends notices without end',
    says(Buffer.concat(Array.from({ length: 20_000 }, () => errorMessage({ M: 'hello' }, 'N')))),
    'invalid-response: the server sent more than 10000 messages that are no rows',
  ],
  [
    'sends an error that has no end',
    says(message('E', Buffer.from('SERROR\0'))),
    'invalid-response: the server sent a message that breaks the protocol of Postgres',
  ],
  ['hangs up', (socket) => socket.end(), 'closed-early: the server closed the connection'],
  [
    'hangs up in the middle of a message',
    (socket) => socket.end(Buffer.from('R\0\0')),
    'closed-early: the server closed the connection in the middle of a message',
  ],
])('a server that %s at the login is refused, and hears no password', async (_what, login, expected) => {
  expect(await failure({ login })).toBe(expected);
});

test('a url without a password is not asked again', async () => {
  const { server } = await started({ login: says(authentication(5, Buffer.alloc(4))) });
  const { code, message } = await failureAt(server, { url: `postgres://me@127.0.0.1:${server.port}/db` });
  expect(`${code}: ${message}`).toBe('sql-auth: the server asks for a password, and url holds none');
});

test('where the url asks for channel binding, a server without it gets no proof', async () => {
  const url = (port: number): string => `postgres://me:sesame-open@127.0.0.1:${port}/db?channel_binding=require`;
  const first = await started({ login: says(sasl('SCRAM-SHA-256')) });
  expect((await failureAt(first.server, { url: url(first.server.port) })).message).toBe(
    'url asks for channel binding, and the server only offers SCRAM-SHA-256: the password was not sent',
  );
  const second = await started({ login: says(authentication(5, Buffer.alloc(4))) });
  expect((await failureAt(second.server, { url: url(second.server.port) })).message).toBe(
    'url asks for channel binding, and the server offers none: the password was not sent',
  );
});

test.each([
  ['E\0\0\0\u0008oops', 'tls-handshake', 'the server answered the request for TLS with an error'],
  ['N', 'tls-handshake', 'the server does not offer TLS'],
  [
    'SSH-2.0-x',
    'invalid-response',
    'the server does not speak Postgres on this port: its answer starts with "SSH-2.0-x"',
  ],
  ['+OK', 'invalid-response', 'the server does not speak Postgres on this port: its answer starts with "+OK"'],
])('%j is no way to answer the request for TLS', async (answer, code, message) => {
  const server = await runRaw((socket) => void socket.once('data', () => socket.write(answer)));
  open.push(server);
  expect(await failureAt(server, { tls: true })).toMatchObject({ code, message });
});

const ENVIRONMENT = {
  PGPASSWORD: 'of-the-environment',
  PGUSER: 'somebody',
  PGOPTIONS: '-c row_security=off',
  PGSSLMODE: 'require',
  PGSSLNEGOTIATION: 'direct',
  PGREPLICATION: 'true',
  PGAPPNAME: 'x-app',
};

test('variables of the environment have no say: neither user nor password, options nor TLS', async () => {
  for (const [name, value] of Object.entries(ENVIRONMENT)) vi.stubEnv(name, value);
  const { server, heard } = await started({ login: says(authentication(5, Buffer.alloc(4))) });
  await failureAt(server, { url: `postgres://me@127.0.0.1:${server.port}/db` });
  expect(heard()).toMatch(/user\0me\0database\0db\0application_name\0gonogo\0client_encoding\0UTF8\0\0$/);
});
