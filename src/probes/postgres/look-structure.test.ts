import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres, type Postgres } from '../../../tests/stack/postgres.ts';
import { tell } from './test-database.ts';
import type { Spec } from './schema.ts';

/** Tables, columns and row-level security of a real Postgres. */
let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres();
  await postgres.run(`
    create role app login password 'open-sesame';
    create role support;
    create schema shop;
    create schema hidden;
    create schema bare;
    create table orders (id int, tenant text, gone int);
    alter table orders drop column gone;
    create view open_orders as select * from orders;
    create materialized view order_totals as select count(*) from orders;
    create table shop.orders (id int, tenant text) partition by list (tenant);
    create table shop.orders_a partition of shop.orders for values in ('a');
    create table shop."Odd Name" (id int);
    create table hidden.keys (id int);
    create function shop.current_tenant(text) returns text language sql as 'select $1';
    alter table shop.orders enable row level security;
    alter table shop.orders force row level security;
    create policy read_own on shop.orders for select to app using (tenant = current_setting('app.tenant', true));
    create policy write_any on shop.orders as permissive for insert with check (true);
    create policy only_day on shop.orders as restrictive for all to app, support using (true);
    alter table shop."Odd Name" enable row level security;`);
}, 60_000);

afterAll(() => postgres.close());

const ask = (spec: Partial<Spec>) => tell({ url: postgres.url('postgres', 'app', 'open-sesame'), ...spec });

test('tables are found by the search path, by a schema of their own, and by that of the check', async () => {
  expect(await ask({ tables: { exist: ['orders', 'shop.orders', 'keys', 'Orders', 'shop.Odd Name'] } })).toMatchObject({
    'missing-tables': ['keys', 'Orders'],
    tables: {
      orders: { kind: 'table', 'row-level-security': false },
      'shop.orders': { kind: 'partitioned table', 'row-level-security': true, forced: true, policies: 3 },
      'shop.Odd Name': { kind: 'table' },
    },
  });
  expect(await ask({ schema: 'hidden', tables: { exist: ['keys', 'orders', 'public.orders'] } })).toMatchObject({
    'missing-tables': ['orders'],
  });
});

test('views count as tables, for being there and for being gone', async () => {
  expect(
    await ask({ tables: { exist: ['open_orders', 'order_totals'], absent: ['open_orders', 'old_orders'] } }),
  ).toMatchObject({
    'missing-tables': [],
    'present-tables': ['open_orders'],
    tables: { open_orders: { kind: 'view' }, order_totals: { kind: 'materialized view' } },
  });
});

test('what must be gone must be gone from every schema, unless one is named', async () => {
  expect(await ask({ tables: { absent: ['keys', 'public.keys', 'nothing'] } })).toMatchObject({
    'present-tables': ['keys'],
  });
  expect(await ask({ schema: 'public', tables: { absent: ['keys'] } })).toMatchObject({ 'present-tables': [] });
});

test('columns are told by table, those that were dropped not', async () => {
  const facts = await ask({ columns: { orders: ['id', 'gone', 'total'], nowhere: ['id'] } });
  expect(facts).toMatchObject({
    'missing-columns': ['orders.gone', 'orders.total'],
    'missing-tables': ['nowhere'],
    columns: { orders: ['id', 'tenant'] },
  });
});

test('row-level security is told table by table', async () => {
  const rules = { tables: ['orders', 'shop.orders', 'shop.Odd Name', 'open_orders'], 'policies-per-table': 2 };
  expect(await ask({ 'row-level-security': rules })).toMatchObject({
    'table-count': 4,
    'missing-tables': [],
    'unprotected-tables': ['orders', 'open_orders'],
    'unforced-tables': ['orders', 'shop.Odd Name', 'open_orders'],
    'open-policies': ['shop.orders: write_any'],
    'missing-policies': ['orders: 0 of 2', 'shop.Odd Name: 0 of 2', 'open_orders: 0 of 2'],
    'extra-policies': ['shop.orders: 3 of 2'],
    policies: {
      'shop.orders': [
        { name: 'only_day', command: 'all', permissive: false, roles: ['app', 'support'], using: 'true', check: null },
        { name: 'read_own', command: 'select', permissive: true, roles: ['app'], check: null },
        { name: 'write_any', command: 'insert', permissive: true, roles: ['public'], using: null, check: 'true' },
      ],
    },
  });
});

test('every table of a schema is looked at, its partitions too', async () => {
  const facts = await ask({ 'row-level-security': { schema: 'shop' } });
  expect(facts).toMatchObject({ 'table-count': 3, 'unprotected-tables': ['shop.orders_a'] });
  expect(facts).not.toHaveProperty('missing-tables');
  expect(facts).not.toHaveProperty('missing-policies');
});

test.each(['bare', 'nowhere'])('the schema %s holds no table, and that is told', async (schema) => {
  expect(await ask({ 'row-level-security': { schema } })).toMatchObject({ 'table-count': 0, 'unprotected-tables': [] });
});

test('functions are found by name, whatever their arguments', async () => {
  const functions = ['shop.current_tenant', 'current_tenant', 'now'];
  expect(await ask({ 'row-level-security': { functions } })).toMatchObject({
    functions: { 'shop.current_tenant': true, current_tenant: false, now: true },
    'missing-functions': ['current_tenant'],
  });
});

test('names are values, whatever is in them', async () => {
  const odd = `x'; drop table orders; --`;
  expect(await ask({ tables: { exist: [odd, 'orders'] } })).toMatchObject({ 'missing-tables': [odd] });
});

test('what the check does not name is not told', async () => {
  const facts = await ask({ tables: { exist: ['orders'] } });
  for (const fact of ['present-tables', 'missing-columns', 'table-count', 'unprotected-tables', 'functions', 'rows']) {
    expect(facts).not.toHaveProperty(fact);
  }
});

test('what was seen of the structure stays when the query fails', async () => {
  const { look } = await import('./look.ts');
  const { testContext } = await import('../test-context.ts');
  const url = postgres.url('postgres', 'app', 'open-sesame');
  const looking = look({ url, tables: { exist: ['nowhere'] }, query: 'select nothing from' }, testContext());
  await expect(looking).rejects.toMatchObject({ code: 'query-failed', facts: { 'missing-tables': ['nowhere'] } });
});
