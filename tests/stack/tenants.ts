import type { Postgres } from './postgres.ts';

/** The tenants whose rows are to be kept apart. */
export const TENANTS = {
  a: 'aaaaaaaa-0000-4000-8000-000000000001',
  b: 'bbbbbbbb-0000-4000-8000-000000000002',
} as const;

/** The tables that hold the rows of tenants. */
export const TENANT_TABLES = [
  'accounts',
  'api_keys',
  'attachments',
  'audit_log',
  'comments',
  'events',
  'invoices',
  'members',
  'notifications',
  'payments',
  'projects',
  'settings',
  'subscriptions',
  'tasks',
  'webhooks',
] as const;

const CHECKER = { name: 'checker', password: 'a-checker/with: odd@characters' };

const ROLES = `
  create role app_owner nologin;
  create role app_user nologin;
  create role ${CHECKER.name} login password '${CHECKER.password}';
  grant app_user to ${CHECKER.name};`;

const HELPERS = `
  create schema app authorization app_owner;
  grant usage on schema app to app_user;
  set role app_owner;
  create function app.current_tenant_id() returns uuid language sql stable as
    $$ select nullif(current_setting('app.tenant_id', true), '')::uuid $$;
  create function app.is_member(tenant uuid) returns boolean language sql stable as
    $$ select tenant = app.current_tenant_id() $$;`;

const tableSql = (name: string): string => `
  create table app.${name} (
    id bigint generated always as identity primary key, tenant_id uuid not null, body text not null default '');
  create policy ${name}_select on app.${name} for select using (app.is_member(tenant_id));
  create policy ${name}_insert on app.${name} for insert with check (app.is_member(tenant_id));
  create policy ${name}_update on app.${name} for update using (app.is_member(tenant_id));
  create policy ${name}_delete on app.${name} for delete using (app.is_member(tenant_id));
  grant select, insert, update, delete on app.${name} to app_user;
  insert into app.${name} (tenant_id) values ('${TENANTS.a}'), ('${TENANTS.a}'), ('${TENANTS.b}');
  alter table app.${name} enable row level security;
  alter table app.${name} force row level security;`;

/** What went wrong, by what makes it right again. */
const FAULTS = [
  {
    broken: 'alter table app.invoices disable row level security',
    healed: 'alter table app.invoices enable row level security',
  },
  {
    broken: 'drop policy payments_delete on app.payments',
    healed: 'create policy payments_delete on app.payments for delete using (app.is_member(tenant_id))',
  },
  {
    broken: 'alter table app.audit_log no force row level security',
    healed: 'alter table app.audit_log force row level security',
  },
  {
    broken: 'alter policy events_select on app.events using (true)',
    healed: 'alter policy events_select on app.events using (app.is_member(tenant_id))',
  },
  {
    broken: 'alter function app.is_member(uuid) rename to is_member_old',
    healed: 'alter function app.is_member_old(uuid) rename to is_member',
  },
] as const;

/**
 * A database of several tenants: 15 tables with four policies each and two functions that these call. Broken, one table
 * has no row-level security, one lacks a policy, one does not force it, one lets everybody read everything, and one of
 * the functions has another name. `environment` holds what `checks/row-level-security.yaml` reads.
 */
export const makeTenants = async (postgres: Postgres, state: 'broken' | 'healed') => {
  await postgres.run(`${ROLES} ${HELPERS} ${TENANT_TABLES.map(tableSql).join('\n')}`);
  let current: 'broken' | 'healed' = 'healed';
  const setState = async (next: 'broken' | 'healed'): Promise<void> => {
    if (next === current) return;
    const faults = next === 'broken' ? FAULTS : FAULTS.toReversed();
    await postgres.run(faults.map((fault) => fault[next]).join(';'));
    current = next;
  };
  await setState(state);
  return {
    environment: { DATABASE_URL: postgres.url('postgres', CHECKER.name, CHECKER.password) },
    setState,
  };
};
