import type { FactTable } from '../../model/fact.ts';
import { connectionFactTable } from '../http/fact-table.ts';

const { 'remote-address': _remote, proxy: _proxy, ...connection } = connectionFactTable;

/** What a look at a database shows. */
export const postgresFactTable: FactTable = {
  connected: { type: 'boolean', description: 'whether the server let us in' },
  'server-version': { type: 'string', description: 'version that the server tells, as `18.4`' },
  role: { type: 'string', description: 'role that `url` logs in as; `as-role` comes after it' },
  'in-recovery': { type: 'boolean', description: 'whether the server is a standby' },
  rows: { type: 'list', description: 'what `query` gives, a mapping for each row; absent without `query`' },
  json: { type: 'json', description: 'the same, for JSONPaths' },
  $: { type: 'json', description: 'a JSONPath (RFC 9535) over the rows, as `$[0].count` or `$[*].tenant`' },
  'row-count': {
    type: 'number',
    description: 'how many rows `query` gives; absent when they were cut, because nobody counted the rest',
  },
  cut: { type: 'boolean', description: 'whether there were more rows than a look reads', code: 'query-failed' },
  'tables.*': {
    type: 'json',
    description:
      'each table that the check names: `kind row-level-security forced policies`, the last as a number; `tables.app.orders.forced`',
  },
  'columns.*': { type: 'list', description: 'names of the columns of each table that the check names, in order' },
  'policies.*': {
    type: 'list',
    description: 'policies of each table that the check names: `name command permissive roles using check`',
  },
  'functions.*': { type: 'boolean', description: 'whether a function of that name is there' },
  'missing-tables': { type: 'list', description: 'named tables that are not there', code: 'table-missing' },
  'present-tables': { type: 'list', description: 'tables that must be gone and are not', code: 'table-present' },
  'missing-columns': {
    type: 'list',
    description: 'named columns that are not there, as `orders.total`',
    code: 'column-missing',
  },
  'table-count': {
    type: 'number',
    description: 'at how many tables row-level security was looked at',
    code: 'table-missing',
  },
  'unprotected-tables': { type: 'list', description: 'those without row-level security', code: 'rls-disabled' },
  'unforced-tables': {
    type: 'list',
    description: 'those that do not force it: it does not hold for their owner',
    code: 'rls-disabled',
  },
  'open-policies': {
    type: 'list',
    description: 'permissive policies of those that let everything through: USING (true) or WITH CHECK (true)',
    code: 'rls-disabled',
  },
  'missing-policies': {
    type: 'list',
    description: 'those with fewer policies than `policies-per-table`, as `orders: 3 of 4`',
    code: 'policy-missing',
  },
  'extra-policies': { type: 'list', description: 'those with more policies than that, as `orders: 5 of 4`' },
  'missing-functions': { type: 'list', description: 'named functions that are not there', code: 'value-missing' },
  address: { type: 'string', description: 'address of the server that answered' },
  duration: { type: 'duration', description: 'from the look-up of the name to the last answer', code: 'slow' },
  'timings.*': {
    type: 'duration',
    description:
      '`dns connect tls request wait other total`; `request` is the login, `wait` the queries; absent when not reached',
    code: 'slow',
  },
  ...connection,
};
