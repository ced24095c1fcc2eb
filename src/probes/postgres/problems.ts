import type { SpecProblem } from '../probe.ts';
import { resolverProblems } from '../tcp/problems.ts';
import { readAddress } from './address.ts';
import type { Spec } from './schema.ts';

const SETTING = /^[a-z_][\w$]*(\.[a-z_][\w$]*)*$/i;

/** Settings that keep a look short, harmless and readable, by what to write instead. */
const OWN_SETTINGS: ReadonlyMap<string, string> = new Map([
  ['role', 'write as-role'],
  ['session_authorization', 'write as-role'],
  ['transaction_read_only', 'a look never writes'],
  ['default_transaction_read_only', 'a look never writes'],
  ['statement_timeout', 'it follows from the timeout of the check'],
  ['lock_timeout', 'it follows from the timeout of the check'],
  ['idle_in_transaction_session_timeout', 'it follows from the timeout of the check'],
  ['transaction_timeout', 'it follows from the timeout of the check'],
  ['client_encoding', 'it is always UTF8'],
  ['datestyle', 'it is always ISO'],
]);

const at = (path: SpecProblem['path'], message: string): SpecProblem => ({ path, message });

const urlProblems = (spec: Spec): readonly SpecProblem[] => {
  const reading = readAddress(spec.url);
  if (!reading.ok) return [at(['url'], reading.message)];
  const both = reading.address.sslmode !== null && spec.tls !== undefined;
  return both ? [at(['tls'], 'stands beside an sslmode in url: say it in one place')] : [];
};

const tlsProblems = ({ tls }: Spec): readonly SpecProblem[] => {
  if (typeof tls !== 'object' || (tls.cert === undefined) === (tls.key === undefined)) return [];
  const [has, lacks] = tls.cert === undefined ? (['key', 'cert'] as const) : (['cert', 'key'] as const);
  return [at(['tls', has], `needs ${lacks} beside it: a client certificate is both`)];
};

const cannotBeSent = (value: unknown): boolean => typeof value === 'string' && value.includes('\0');

const queryProblems = (spec: Spec): readonly SpecProblem[] => {
  if (spec.query === undefined) {
    return (['params', 'as-role', 'set'] as const)
      .filter((key) => spec[key] !== undefined)
      .map((key) => at([key], 'has no meaning without query'));
  }
  return [
    ...(spec.query.trim() === '' ? [at(['query'], 'is empty')] : []),
    ...(cannotBeSent(spec.query) ? [at(['query'], 'holds a NUL, which no statement can')] : []),
    ...(spec.params ?? []).flatMap((value, index) =>
      cannotBeSent(value) ? [at(['params', index], 'holds a NUL, which no text in Postgres can')] : [],
    ),
    ...(spec['as-role'] === 'none' ? [at(['as-role'], 'is none, which Postgres takes for no role at all')] : []),
  ];
};

const settingProblems = ({ set = {} }: Spec): readonly SpecProblem[] =>
  Object.entries(set).flatMap(([name, value]) => {
    const path = ['set', name];
    const instead = OWN_SETTINGS.get(name.toLowerCase());
    if (instead !== undefined) return [at(path, `cannot be set here: ${instead}`)];
    if (!SETTING.test(name)) return [at(path, 'is not a name that a setting can have')];
    return cannotBeSent(value) ? [at(path, 'holds a NUL, which no text in Postgres can')] : [];
  });

const partsProblem = (name: string): string | null => {
  const parts = name.split('.');
  if (parts.length > 2) return 'has more than one dot: expected table or schema.table';
  return parts.includes('') || name.includes('\0') ? 'is not table or schema.table' : null;
};

const nameProblems = (path: SpecProblem['path'], names: readonly string[] = []): readonly SpecProblem[] =>
  names.flatMap((name, index) => {
    const problem = partsProblem(name);
    return problem === null ? [] : [at([...path, index], problem)];
  });

const tableProblems = ({ tables = {}, columns = {} }: Spec): readonly SpecProblem[] => [
  ...nameProblems(['tables', 'exist'], tables.exist),
  ...nameProblems(['tables', 'absent'], tables.absent),
  ...(tables.absent ?? []).flatMap((name, index) =>
    tables.exist?.includes(name) === true ? [at(['tables', 'absent', index], 'must exist as well')] : [],
  ),
  ...Object.keys(columns).flatMap((name) => {
    const problem = partsProblem(name);
    return problem === null ? [] : [at(['columns', name], problem)];
  }),
];

const securityProblems = (spec: Spec): readonly SpecProblem[] => {
  const { 'row-level-security': rules } = spec;
  if (rules === undefined) return [];
  const root = 'row-level-security';
  const none = rules.tables === undefined && rules.schema === undefined;
  return [
    ...nameProblems([root, 'tables'], rules.tables),
    ...nameProblems([root, 'functions'], rules.functions),
    ...(rules.tables !== undefined && rules.schema !== undefined
      ? [at([root, 'schema'], 'stands beside tables: say which tables in one place')]
      : []),
    ...(['policies-per-table', 'forced'] as const)
      .filter((key) => none && rules[key] !== undefined)
      .map((key) => at([root, key], 'needs tables or schema beside it')),
  ];
};

/** What can be known to be wrong with a `postgres` spec before looking. Nothing of `url` is in a message. */
export const postgresProblems = (spec: Spec): readonly SpecProblem[] => [
  ...urlProblems(spec),
  ...tlsProblems(spec),
  ...resolverProblems(spec.resolver),
  ...queryProblems(spec),
  ...settingProblems(spec),
  ...tableProblems(spec),
  ...securityProblems(spec),
];
