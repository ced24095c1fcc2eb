/** What is told of a relation: one JSON text a row. `w` is what was asked for, `c` the relation in `n`. */
const DETAILS = `
  select json_build_object(
    'asked', w.asked,
    'kind', case c.relkind when 'r' then 'table' when 'p' then 'partitioned table' when 'v' then 'view'
      when 'm' then 'materialized view' else 'foreign table' end,
    'security', c.relrowsecurity,
    'forced', c.relforcerowsecurity,
    'columns', (
      select coalesce(json_agg(a.attname order by a.attnum), '[]')
      from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
    'policies', (
      select coalesce(json_agg(json_build_object(
        'name', p.polname,
        'command', case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update'
          when 'd' then 'delete' else 'all' end,
        'permissive', p.polpermissive,
        'roles', (
          select json_agg(coalesce(r.rolname, 'public') order by r.rolname)
          from unnest(p.polroles) as o(oid) left join pg_catalog.pg_roles r on r.oid = o.oid),
        'using', pg_catalog.pg_get_expr(p.polqual, p.polrelid),
        'check', pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid)
      ) order by p.polname), '[]')
      from pg_catalog.pg_policy p where p.polrelid = c.oid)
  )::text as found`;

/**
 * The relations of the names in `$1` (`[{ asked, schema, name, everywhere }]`), views included; without a schema by
 * search path, or in every schema.
 */
export const NAMED_TABLES = `${DETAILS}
  from json_to_recordset($1::json) as w(asked text, schema text, name text, everywhere boolean)
  join pg_catalog.pg_class c on c.relname::text = w.name and c.relkind in ('r', 'p', 'v', 'm', 'f')
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where case when w.schema is not null then n.nspname::text = w.schema
    else w.everywhere or pg_catalog.pg_table_is_visible(c.oid) end`;

/** Every table of the schema `$1`, partitions included. */
export const TABLES_OF_SCHEMA = `${DETAILS}
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  cross join lateral (select n.nspname || '.' || c.relname as asked) as w
  where n.nspname::text = $1 and c.relkind in ('r', 'p')
  order by c.relname`;

/** Those of the names in `$1` that are functions, whatever their arguments. */
export const NAMED_FUNCTIONS = `
  select distinct w.asked as found
  from json_to_recordset($1::json) as w(asked text, schema text, name text)
  join pg_catalog.pg_proc p on p.proname::text = w.name
  join pg_catalog.pg_namespace n on n.oid = p.pronamespace
  where case when w.schema is not null then n.nspname::text = w.schema
    else pg_catalog.pg_function_is_visible(p.oid) end`;
