import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres, type Postgres } from '../../../tests/stack/postgres.ts';
import { CouldNotLook } from '../probe.ts';
import { testContext } from '../test-context.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';
import { tell } from './test-database.ts';

/** Queries against a real Postgres. */
let postgres: Postgres;

const PASSWORD = 'open sesame: 100%/@#?';

beforeAll(async () => {
  postgres = await startPostgres();
  await postgres.run(`
    create role app login password '${PASSWORD}';
    create role reader; grant reader to app;
    create role stranger;
    create table orders (id int primary key, tenant text, total numeric(10, 2));
    insert into orders values (1, 'a', 2.5), (2, 'b', 3);
    create table secrets (x int);
    create sequence counter; grant usage on sequence counter to app;
    grant select, insert on orders to app;
    grant select on orders to reader;`);
}, 60_000);

afterAll(() => postgres.close());

const ask = (spec: Partial<Spec>, timeoutMs?: number) =>
  tell({ url: postgres.url('postgres', 'app', PASSWORD), ...spec }, timeoutMs);

/** What the server still does for anybody but this test. */
const sessions = () =>
  postgres.run("select query from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()");

test('a login is told with its role, version, address and phases, and leaves no session behind', async () => {
  const facts = await ask({});
  expect(facts).toMatchObject({
    connected: true,
    role: 'app',
    'server-version': expect.stringMatching(/^\d+\.\d+/),
    'in-recovery': false,
    address: '127.0.0.1',
    timings: { connect: expect.any(Number), request: expect.any(Number), wait: expect.any(Number) },
    duration: expect.any(Number),
  });
  expect(facts).not.toHaveProperty('rows');
  await expect.poll(sessions, { interval: 20, timeout: 5000 }).toEqual([]);
});

test('rows come as mappings, for facts and for JSONPaths', async () => {
  const rows = [
    { id: 1, total: '2.50', big: false },
    { id: 2, total: '3.00', big: true },
  ];
  expect(await ask({ query: 'select id, total, total > 2.9 as big from orders order by id' })).toMatchObject({
    rows,
    json: rows,
    'row-count': 2,
    cut: false,
  });
});

test('parameters are values and never text of the statement', async () => {
  const query = 'select $1::int + $2::int as sum, $3 as text, $4::bool as yes, $5::text as nothing';
  const facts = await ask({ query, params: [1, '2', "'; drop table orders; --", true, null] });
  expect(facts).toMatchObject({
    rows: [{ sum: 3, text: "'; drop table orders; --", yes: true, nothing: null }],
  });
});

test('a query runs as the role and with the settings that the check names, for this look only', async () => {
  const query = "select current_user::text as who, current_setting('app.tenant_id', true) as tenant";
  const spec = { query, 'as-role': 'reader', set: { 'app.tenant_id': "o'neill" } };
  expect(await ask(spec)).toMatchObject({ role: 'app', rows: [{ who: 'reader', tenant: "o'neill" }] });
  expect(await ask({ query })).toMatchObject({ rows: [{ who: 'app', tenant: null }] });
});

test.each<[string, Partial<Spec>, string | RegExp]>([
  [
    'a syntax error with its place',
    { query: 'select 1,\n  föö frm orders\n  where' },
    /^query-failed: syntax error at .* \(line 2, column 11; 42601\)$/,
  ],
  [
    'a place behind characters of two units',
    { query: "select '𝒳𝒴' + frm(" },
    'query-failed: syntax error at end of input (line 1, column 19; 42601)',
  ],
  [
    'a table that is not there',
    { query: 'select * from orderz' },
    /^table-missing: relation "orderz" .*column 15; 42P01/,
  ],
  [
    'a column that is not there, with the hint of the server',
    { query: 'select totel from orders' },
    'column-missing: column "totel" does not exist (line 1, column 8; 42703). Perhaps you meant to reference the column "orders.total".',
  ],
  ['two statements', { query: 'select 1; select 2' }, /^query-failed: cannot insert multiple commands/],
  [
    'an end of the transaction in front',
    { query: 'commit; insert into orders values (9)' },
    /^query-failed: cannot insert/,
  ],
  [
    'a query that writes',
    { query: "insert into orders values (9, 'x', 1) returning id" },
    'query-failed: cannot execute INSERT in a read-only transaction (25006)',
  ],
  [
    'a function that writes',
    { query: "select nextval('counter')" },
    'query-failed: cannot execute nextval() in a read-only transaction (25006)',
  ],
  [
    'an end of being read-only',
    { query: "select set_config('transaction_read_only', 'off', true)" },
    /^query-failed: .*\(25001\)$/,
  ],
  [
    'a division by zero on the way',
    { query: 'select 1 / (5 - n) from generate_series(1, 9) n' },
    /^query-failed: division by zero/,
  ],
  ['too few parameters', { query: 'select $1::int, $2::int', params: [1] }, /^query-failed: .*supplies 1 parameters/],
  [
    'an unknown role',
    { query: 'select 1', 'as-role': 'nobody' },
    /^query-failed: the role of as-role cannot be taken: role "nobody" does not exist/,
  ],
  [
    'a role that it may not take',
    { query: 'select 1', 'as-role': 'stranger' },
    /^sql-auth: the role of as-role cannot/,
  ],
  [
    'a setting that it may not make',
    { query: 'select 1', set: { log_statement: 'all' } },
    /^sql-auth: a setting of set/,
  ],
  [
    'a table that it may not read',
    { query: 'select * from secrets' },
    'sql-auth: permission denied for table secrets (42501)',
  ],
])('%s is a reason of its own', async (_what, spec, expected) => {
  expect(await ask(spec)).toMatch(expected);
});

test.each([
  "copy orders to program 'touch /tmp/gonogo-was-here'",
  'copy orders to stdout',
  'do $$ begin perform 1; end $$',
  'commit',
  'set role reader',
  'vacuum',
  '-- nothing',
])('%s gives no rows, so it is not run', async (query) => {
  expect(await ask({ query })).toBe(
    'query-failed: the query gives no rows, so it was not run: write a SELECT (a look changes nothing)',
  );
});

test('nothing of all this has changed the database', async () => {
  expect(await postgres.run('select count(*)::int as n, (select last_value::int from counter) from orders')).toEqual([
    { n: 2, last_value: 1 },
  ]);
});

test('a wrong password and a database that is not there are told without the password', async () => {
  expect(await ask({ url: postgres.url('postgres', 'app', `${PASSWORD}-wrong`) })).toBe(
    'sql-auth: the server refuses the login: password authentication failed for user "app" (28P01)',
  );
  expect(await ask({ url: postgres.url('nowhere', 'app', PASSWORD) })).toBe(
    'query-failed: the server refuses the login: database "nowhere" does not exist (3D000)',
  );
});

test('more than 1000 rows are cut, and nobody counts the rest', async () => {
  const facts = await ask({ query: 'select n from generate_series(1, 10000000) n' });
  expect(facts).toMatchObject({ cut: true, rows: { length: 1000, 0: { n: 1 }, 999: { n: 1000 } } });
  expect(facts).not.toHaveProperty('row-count');
  expect(await ask({ query: 'select n from generate_series(1, 1000) n' })).toMatchObject({
    cut: false,
    'row-count': 1000,
  });
});

test('more than 1 MiB is cut as well, and a row that is larger is refused', async () => {
  expect(await ask({ query: "select repeat('x', 100000) as x from generate_series(1, 1000)" })).toMatchObject({
    cut: true,
    rows: { length: 10 },
  });
  expect(await ask({ query: "select repeat('x', 2000000)" })).toBe(
    'query-failed: the server announces a row of 2000010 bytes: a look reads at most 1 MiB',
  );
});

test('a query that takes too long is ended by the server itself, which says so', async () => {
  expect(await ask({ query: 'select pg_sleep(60)' }, 1500)).toBe(
    'timeout: canceling statement due to statement timeout (57014)',
  );
});

test('a query that waits for a lock says so', async () => {
  const holder = new Client({ connectionString: postgres.url() });
  await holder.connect();
  await holder.query('begin; lock table orders in access exclusive mode');
  expect(await ask({ query: 'select * from orders' }, 1500)).toBe(
    'timeout: canceling statement due to lock timeout (line 1, column 15; 55P03)',
  );
  await holder.end();
});

test('a look that is told to stop ends at once, and so does its query', async () => {
  const controller = new AbortController();
  const looking = look(
    { url: postgres.url('postgres', 'app', PASSWORD), query: 'select pg_sleep(60)' },
    testContext(60_000, { signal: controller.signal }),
  ).catch((error: unknown) => error);
  await expect.poll(sessions, { interval: 20, timeout: 5000 }).toContainEqual({ query: 'select pg_sleep(60)' });
  const start = performance.now();
  controller.abort('stopped');
  expect(await looking).toBe('stopped');
  expect(performance.now() - start).toBeLessThan(1000);
  await expect.poll(sessions, { interval: 20, timeout: 5000 }).toEqual([]);
});

test('a server that is stopped in the middle of a query says so, and what was seen stays', async () => {
  const looking = look(
    { url: postgres.url('postgres', 'app', PASSWORD), query: 'select pg_sleep(50)' },
    testContext(),
  ).catch((error: unknown) => error);
  await expect.poll(sessions, { interval: 20, timeout: 5000 }).toContainEqual({ query: 'select pg_sleep(50)' });
  await postgres.run("select pg_terminate_backend(pid) from pg_stat_activity where query = 'select pg_sleep(50)'");
  const error = await looking;
  expect(error).toBeInstanceOf(CouldNotLook);
  expect(error).toMatchObject({
    code: 'query-failed',
    message: 'terminating connection due to administrator command (57P01)',
    facts: { connected: true, role: 'app' },
  });
});
