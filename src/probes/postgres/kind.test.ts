import { expect, test } from 'vitest';
import type { Facts } from '../../model/observation.ts';
import { postgres } from './kind.ts';
import type { Spec } from './schema.ts';

const URL = 'postgres://me:s3cret@db.test:6543/shop';

const problemsOf = (spec: Partial<Spec>): readonly string[] =>
  postgres.problems({ url: URL, ...spec }).map(({ path, message }) => `${path.join('.')} ${message}`);

test.each<[Partial<Spec>, readonly string[]]>([
  [{}, []],
  [{ query: 'select $1', params: [null], 'as-role': 'app', set: { 'app.tenant_id': 'x' } }, []],
  [{ url: 'postgres://me:s3cret@db.test:0/shop' }, ['url has port 0: expected 1 to 65535']],
  [{ url: `${URL}?sslmode=require`, tls: true }, ['tls stands beside an sslmode in url: say it in one place']],
  [{ tls: { cert: 'c.pem' } }, ['tls.cert needs key beside it: a client certificate is both']],
  [{ resolver: 'x' }, ['resolver is not address:port with a port from 1 to 65535']],
  [{ query: ' \n' }, ['query is empty']],
  [{ query: 'select 1\0' }, ['query holds a NUL, which no statement can']],
  [{ query: 'select $1', params: ['a\0'] }, ['params.0 holds a NUL, which no text in Postgres can']],
  [{ query: 'select 1', 'as-role': 'none' }, ['as-role is none, which Postgres takes for no role at all']],
  [
    { params: [1], 'as-role': 'app', set: { a: 'x' } },
    ['params has no meaning without query', 'as-role has no meaning without query', 'set has no meaning without query'],
  ],
  [
    { query: 'select 1', set: { Role: 'x', STATEMENT_TIMEOUT: '0', transaction_read_only: 'off' } },
    [
      'set.Role cannot be set here: write as-role',
      'set.STATEMENT_TIMEOUT cannot be set here: it follows from the timeout of the check',
      'set.transaction_read_only cannot be set here: a look never writes',
    ],
  ],
  [{ query: 'select 1', set: { "a'b": 1 } }, ["set.a'b is not a name that a setting can have"]],
  [
    { tables: { exist: ['a.b.c', '.x'] } },
    [
      'tables.exist.0 has more than one dot: expected table or schema.table',
      'tables.exist.1 is not table or schema.table',
    ],
  ],
  [{ tables: { exist: ['a'], absent: ['a'] } }, ['tables.absent.0 must exist as well']],
  [{ columns: { 'a.': ['x'] } }, ['columns.a. is not table or schema.table']],
  [
    { 'row-level-security': { tables: ['a'], schema: 'app' } },
    ['row-level-security.schema stands beside tables: say which tables in one place'],
  ],
  [
    { 'row-level-security': { forced: true, 'policies-per-table': 4, functions: ['f'] } },
    [
      'row-level-security.policies-per-table needs tables or schema beside it',
      'row-level-security.forced needs tables or schema beside it',
    ],
  ],
])('%j has the problems %j', (spec, problems) => {
  expect(problemsOf(spec)).toEqual(problems);
});

test('target and host are free of credentials, also when the url cannot be read', () => {
  expect(postgres.target({ url: URL })).toBe('db.test:6543/shop');
  expect(postgres.host({ url: URL })).toBe('db.test:6543');
  expect(postgres.target({ url: 'postgres://me:s3/cret@db' })).toBe('postgres');
  expect(postgres.host({ url: 'postgres://me:s3/cret@db' })).toBeNull();
});

test('the layers are those that a look passes', () => {
  expect(postgres.layers({ url: URL })).toEqual(['dns', 'tcp', 'auth']);
  expect(postgres.layers({ url: 'postgres://me@127.0.0.1', tls: true, query: 'select 1' })).toEqual([
    ...['tcp', 'tls', 'auth', 'content'],
  ]);
  expect(postgres.layers({ url: 'postgres://me@127.0.0.1?sslmode=require', tables: { exist: ['a'] } })).toEqual([
    ...['tcp', 'tls', 'auth', 'schema'],
  ]);
});

const asked = (spec: Partial<Spec>): readonly string[] =>
  postgres
    .defaults({ url: URL, ...spec })
    .map(({ fact, matcher, expected, code }) => `${fact} ${matcher} ${String(expected)} ${code}`);

test('a login alone must succeed, and a query must give a row and all of them', () => {
  expect(asked({})).toEqual(['connected equals true null']);
  expect(asked({ query: 'select 1' })).toEqual([
    'connected equals true null',
    'row-count at-least 1 null',
    'cut equals false query-failed',
  ]);
});

test('what is named must hold, each with its own reason', () => {
  expect(
    asked({
      tables: { absent: ['old'] },
      columns: { a: ['x'] },
      'row-level-security': { tables: ['a'], forced: true, 'policies-per-table': 4, functions: ['f'] },
    }).slice(1),
  ).toEqual([
    'missing-tables empty true table-missing',
    'present-tables empty true table-present',
    'missing-columns empty true column-missing',
    'table-count at-least 1 table-missing',
    'unprotected-tables empty true rls-disabled',
    'unforced-tables empty true rls-disabled',
    'missing-policies empty true policy-missing',
    'extra-policies empty true assertion-failed',
    'missing-functions empty true value-missing',
  ]);
  expect(asked({ 'row-level-security': { functions: ['f'] } }).slice(1)).toEqual([
    'missing-functions empty true value-missing',
  ]);
});

test('the command to try holds no password, and does what the look does as far as psql can', () => {
  expect(postgres.tryCommand({ url: URL })).toEqual(['psql', '-h', 'db.test', '-p', '6543', '-d', 'shop']);
  const spec = { url: URL, query: 'select 1', 'as-role': 'a"b', set: { 'app.t': "o'x" } };
  expect(postgres.tryCommand(spec)?.slice(7)).toEqual([
    ...['-c', 'begin read only', '-c', 'set local role "a""b"'],
    ...['-c', "select set_config('app.t', 'o''x', true)", '-c', 'select 1'],
  ]);
  expect(postgres.tryCommand({ url: URL, query: 'select 1\n  from t\n' })?.slice(9)).toEqual(['-c', 'select 1 from t']);
  expect(postgres.tryCommand({ url: URL, query: "select 'a\nb'" })).toHaveLength(7);
  expect(postgres.tryCommand({ url: URL, query: 'select $1', params: [1] })).toHaveLength(7);
  expect(postgres.tryCommand({ url: 'postgres://me:s3/cret@db' })).toBeNull();
});

const told = (facts: Facts): readonly string[] =>
  postgres.explain(facts, { url: URL }).map(({ code, fact, message }) => `${code} ${fact}: ${message}`);

test.each<[Facts, string]>([
  [{ 'missing-tables': ['a'] }, 'table-missing missing-tables: a is not there'],
  [{ 'present-tables': ['a', 'b'] }, 'table-present present-tables: a, b must be gone and are still there'],
  [{ 'missing-columns': ['a.x'] }, 'column-missing missing-columns: the column a.x is not there'],
  [{ 'unprotected-tables': ['a', 'b'] }, 'rls-disabled unprotected-tables: row-level security is off for a, b'],
  [
    { 'missing-functions': ['f', 'g'] },
    'value-missing missing-functions: the functions f, g are not there, and policies that call them cannot work',
  ],
  [{ 'open-policies': ['a: p', 'b: q'] }, 'rls-disabled open-policies: policies let every row through: a: p, b: q'],
  [
    { 'extra-policies': ['a: 5 of 4'] },
    'assertion-failed extra-policies: more policies than there must be, and each can only let more rows through: a: 5 of 4',
  ],
  [{ 'row-count': 0 }, 'assertion-failed row-count: the query gives no row'],
  [{ 'table-count': 0 }, 'table-missing table-count: the schema holds no table, so nothing is protected in it'],
  [
    { tls: { verified: false, cause: 'the certificate is self-signed' } },
    'tls-untrusted tls.verified: the certificate is self-signed',
  ],
])('%j is explained', (facts, sentence) => {
  expect(told(facts)).toEqual([sentence]);
});

test('many names are told by the first of them, and hostile ones are escaped', () => {
  const names = Array.from({ length: 15 }, (_, index) => `t${index}`);
  expect(told({ 'missing-tables': names })).toEqual([
    'table-missing missing-tables: t0, t1, t2, t3, t4, t5, t6, t7 and 7 more are not there',
  ]);
  expect(told({ 'missing-tables': ['a\u001b[31m'] })).toEqual([
    String.raw`table-missing missing-tables: a\u{1b}[31m is not there`,
  ]);
});

test('rows that were cut are told at the count and at the cut', () => {
  const message =
    'the query gives more than the 2 rows that were read, so nothing can be said of all of them: count in SQL, or add LIMIT';
  expect(told({ cut: true, rows: [1, 2] })).toEqual([
    `query-failed cut: ${message}`,
    `query-failed row-count: ${message}`,
  ]);
  expect(told({ cut: false, rows: [] })).toEqual([]);
});
