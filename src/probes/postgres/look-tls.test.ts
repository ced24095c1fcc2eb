import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Authority, makeAuthority, makeCertificate } from '../../../tests/stack/certificates.ts';
import { startPostgres, type Postgres } from '../../../tests/stack/postgres.ts';
import { testContext } from '../test-context.ts';
import { look } from './look.ts';
import { tell } from './test-database.ts';
import type { Spec } from './schema.ts';

/** TLS and the ways to log in, on a real Postgres. */
const DAY_MS = 86_400_000;
const PASSWORD = 'open-sesame-1';

let root: Authority;
let postgres: Postgres;
let plain: Postgres;
let folder: string;

const ROLES = `
  create role app login password '${PASSWORD}';
  create role cleartext login password '${PASSWORD}';
  set password_encryption = 'md5';
  create role old login password '${PASSWORD}';`;

beforeAll(async () => {
  root = await makeAuthority();
  folder = mkdtempSync(join(tmpdir(), 'gonogo-tls-'));
  writeFileSync(join(folder, 'ca.pem'), root.cert);
  const certificate = await makeCertificate({ authority: root, names: ['127.0.0.1', 'db.test'] });
  const access = [
    'hostssl all cleartext 127.0.0.1/32 password',
    'hostssl all old 127.0.0.1/32 md5',
    'hostssl all app 127.0.0.1/32 scram-sha-256',
    'hostnossl all app,cleartext,old 127.0.0.1/32 reject',
  ];
  const plainAccess = ['host all cleartext 127.0.0.1/32 password', 'host all old 127.0.0.1/32 md5'];
  [postgres, plain] = await Promise.all([
    startPostgres({ certificate, access }),
    startPostgres({ access: plainAccess }),
  ]);
  await Promise.all([postgres.run(ROLES), plain.run(ROLES)]);
}, 60_000);

afterAll(async () => {
  await Promise.all([postgres.close(), plain.close()]);
  rmSync(folder, { recursive: true, force: true });
});

const ask = (spec: Partial<Spec> = {}, query = '') =>
  tell({ url: `${postgres.url('postgres', 'app', PASSWORD)}${query}`, ...spec });

test('a certificate that holds is told, with the phase that it took', async () => {
  expect(await ask({ tls: { ca: root.cert } })).toMatchObject({
    connected: true,
    tls: { verified: true, subject: 'CN=127.0.0.1' },
    timings: { tls: expect.any(Number) },
  });
});

test('the path of a CA is relative to the file of the check', async () => {
  const url = postgres.url('postgres', 'app', PASSWORD);
  const facts = await look({ url, tls: { ca: 'ca.pem' } }, testContext(5000, { folder }));
  expect(facts).toMatchObject({ tls: { verified: true } });
});

test.each<[string, Partial<Spec>, string]>([
  ['tls: true', { tls: true }, ''],
  ['verify-full', {}, '?sslmode=verify-full'],
  ['verify-ca', {}, '?sslmode=verify-ca'],
])('with %s a certificate of an unknown issuer is refused before the login', async (_what, spec, query) => {
  expect(await ask(spec, query)).toMatch(
    /^tls-untrusted: the certificate is issued by Test Root, which is not trusted/,
  );
});

test.each<[string, Partial<Spec>, string]>([
  ['nothing said', {}, ''],
  ['sslmode=prefer', {}, '?sslmode=prefer'],
  ['sslmode=require', {}, '?sslmode=require'],
  ['verify: false', { tls: { verify: false } }, ''],
])('with %s it is taken as it is, and told', async (_what, spec, query) => {
  expect(await ask(spec, query)).toMatchObject({ connected: true, tls: { verified: false, code: 'tls-untrusted' } });
});

test('a certificate for another name is refused, and one that has expired', async () => {
  expect(await ask({ tls: { ca: root.cert, servername: 'other.test' } })).toBe(
    'tls-wrong-host: the certificate is for 127.0.0.1, db.test, not for other.test',
  );
  const expired = await makeCertificate({
    authority: root,
    names: ['127.0.0.1'],
    notBefore: new Date(Date.now() - 9 * DAY_MS),
    notAfter: new Date(Date.now() - 2 * DAY_MS),
  });
  const late = await startPostgres({ certificate: expired });
  try {
    expect(await tell({ url: late.url(), tls: { ca: root.cert } })).toMatch(
      /^tls-expired: the certificate expired 2 days ago/,
    );
  } finally {
    await late.close();
  }
}, 60_000);

test('a server that wants TLS refuses who comes without', async () => {
  for (const told of [await ask({ tls: false }), await ask({}, '?sslmode=disable')]) {
    expect(told).toMatch(/^sql-auth: the server refuses the login: pg_hba.conf rejects connection .*28000\)$/);
  }
});

test('a server without TLS is refused where TLS is asked for, and taken where it is not', async () => {
  const url = plain.url('postgres', 'app', PASSWORD);
  expect(await tell({ url, tls: true })).toBe('tls-handshake: the server does not offer TLS');
  expect(await tell({ url: `${url}?sslmode=require` })).toBe('tls-handshake: the server does not offer TLS');
  const facts = await tell({ url });
  expect(facts).toMatchObject({ connected: true });
  expect(facts).not.toHaveProperty('tls');
});

test('the password goes over the line in clear text only inside of TLS', async () => {
  expect(await tell({ url: postgres.url('postgres', 'cleartext', PASSWORD) })).toMatchObject({ connected: true });
  expect(await tell({ url: plain.url('postgres', 'cleartext', PASSWORD) })).toBe(
    'sql-auth: the server asks for the password in clear text, without TLS: it was not sent',
  );
});

test('MD5 is spoken with who knows nothing better', async () => {
  expect(await tell({ url: postgres.url('postgres', 'old', PASSWORD) })).toMatchObject({ connected: true });
  expect(await tell({ url: plain.url('postgres', 'old', PASSWORD) })).toMatchObject({ connected: true });
});

test('a login can be bound to the certificate, and then nothing less will do', async () => {
  expect(await ask({}, '?sslmode=require&channel_binding=require')).toMatchObject({ connected: true });
  const told = await tell({ url: `${plain.url('postgres', 'app', PASSWORD)}?channel_binding=require` });
  expect(told).toMatch(/only offers SCRAM-SHA-256: the password was not sent$/);
});

test('over TLS too, a query is ended with the look', async () => {
  const controller = new AbortController();
  const url = postgres.url('postgres', 'app', PASSWORD);
  const looking = look({ url, query: 'select pg_sleep(60)' }, testContext(60_000, { signal: controller.signal })).catch(
    (error: unknown) => error,
  );
  const count = async (): Promise<unknown> =>
    (await postgres.run("select count(*)::int as n from pg_stat_activity where query = 'select pg_sleep(60)'"))[0]?.[
      'n'
    ];
  await expect.poll(count, { interval: 20, timeout: 5000 }).toBe(1);
  controller.abort('stopped');
  expect(await looking).toBe('stopped');
  await expect.poll(count, { interval: 20, timeout: 5000 }).toBe(0);
});
