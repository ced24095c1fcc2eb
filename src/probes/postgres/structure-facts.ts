import type { JsonObject } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import type { Relation } from './relation.ts';
import type { Spec } from './schema.ts';

/** What was found of what a spec names. `secured` are the tables whose row-level security it is about. */
export type Structure = {
  readonly named: readonly Relation[];
  readonly secured: readonly Relation[];
  readonly functions: ReadonlySet<string>;
};

const byName = <Value>(relations: readonly Relation[], value: (relation: Relation) => Value) =>
  Object.fromEntries(relations.map((relation) => [relation.asked, value(relation)]));

const namesWhere = (relations: readonly Relation[], holds: (relation: Relation) => boolean): readonly string[] =>
  relations.filter(holds).map(({ asked }) => asked);

const detailFacts = (relations: readonly Relation[]): Facts => ({
  tables: byName(relations, ({ kind, security, forced, policies }) => ({
    kind,
    'row-level-security': security,
    forced,
    policies: policies.length,
  })),
  columns: byName(relations, ({ columns }) => columns),
  policies: byName(relations, ({ policies }) => policies),
});

const tableFacts = (spec: Spec, named: readonly Relation[]): Facts => {
  const there = new Set(named.map(({ asked }) => asked));
  const columns = new Map(named.map((relation) => [relation.asked, new Set(relation.columns)]));
  const { tables = {}, columns: wanted = {}, 'row-level-security': rules = {} } = spec;
  const mustExist = [...new Set([...(tables.exist ?? []), ...Object.keys(wanted), ...(rules.tables ?? [])])];
  return {
    ...(mustExist.length === 0 ? {} : { 'missing-tables': mustExist.filter((name) => !there.has(name)) }),
    ...(tables.absent === undefined ? {} : { 'present-tables': tables.absent.filter((name) => there.has(name)) }),
    ...(spec.columns === undefined
      ? {}
      : {
          'missing-columns': Object.entries(wanted).flatMap(([table, names]) =>
            names.filter((name) => columns.get(table)?.has(name) === false).map((name) => `${table}.${name}`),
          ),
        }),
  };
};

const lets = (policy: JsonObject): boolean =>
  policy['permissive'] === true && (policy['using'] === 'true' || policy['check'] === 'true');

const openPolicies = (secured: readonly Relation[]): readonly string[] =>
  secured.flatMap(({ asked, policies }) => policies.filter(lets).map(({ name }) => `${asked}: ${String(name)}`));

const securityFacts = (
  { 'row-level-security': rules }: Spec,
  { secured, functions }: Pick<Structure, 'secured' | 'functions'>,
): Facts => {
  if (rules === undefined) return {};
  const count = rules['policies-per-table'];
  const off = (differs: (found: number, wanted: number) => boolean): readonly string[] =>
    count === undefined
      ? []
      : secured
          .filter(({ policies }) => differs(policies.length, count))
          .map(({ asked, policies }) => `${asked}: ${policies.length} of ${count}`);
  return {
    ...(rules.tables === undefined && rules.schema === undefined
      ? {}
      : {
          'table-count': secured.length,
          'unprotected-tables': namesWhere(secured, ({ security }) => !security),
          'unforced-tables': namesWhere(secured, ({ forced }) => !forced),
          'open-policies': openPolicies(secured),
        }),
    ...(count === undefined
      ? {}
      : {
          'missing-policies': off((found, wanted) => found < wanted),
          'extra-policies': off((found, wanted) => found > wanted),
        }),
    ...(rules.functions === undefined
      ? {}
      : {
          functions: Object.fromEntries(rules.functions.map((name) => [name, functions.has(name)])),
          'missing-functions': rules.functions.filter((name) => !functions.has(name)),
        }),
  };
};

/** The facts about tables, columns and row-level security: only of what the spec names. Pure. */
export const structureFacts = (spec: Spec, { named, secured, functions }: Structure): Facts => {
  const all = [...new Map([...secured, ...named].map((relation) => [relation.asked, relation])).values()];
  return {
    ...(spec.tables === undefined && spec.columns === undefined && secured.length === 0 ? {} : detailFacts(all)),
    ...tableFacts(spec, named),
    ...securityFacts(spec, { secured, functions }),
  };
};
