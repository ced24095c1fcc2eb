import type { Layer } from '../../model/layer.ts';
import type { ReasonCode } from '../../model/reason-code.ts';
import { defineProbe, type DefaultExpectation } from '../probe.ts';
import { isAddress, showEndpoint } from '../tcp/endpoint.ts';
import { type Address, readAddress } from './address.ts';
import { explainPostgres } from './explain.ts';
import { postgresFactTable } from './fact-table.ts';
import { postgresProblems } from './problems.ts';
import { psqlCommand } from './psql.ts';
import type { Spec } from './schema.ts';
import { tlsWish } from './tls-wish.ts';

const addressOf = (spec: Spec): Address | null => {
  const reading = readAddress(spec.url);
  return reading.ok ? reading.address : null;
};

const looksAtSchema = (spec: Spec): boolean =>
  spec.tables !== undefined || spec.columns !== undefined || spec['row-level-security'] !== undefined;

const layers = (spec: Spec): readonly Layer[] => {
  const address = addressOf(spec);
  return [
    ...(isAddress(address?.host ?? '') ? [] : (['dns'] as const)),
    'tcp',
    ...(tlsWish(spec, address?.sslmode ?? null).asked === 'must' ? (['tls'] as const) : []),
    'auth',
    ...(looksAtSchema(spec) ? (['schema'] as const) : []),
    ...(spec.query === undefined ? [] : (['content'] as const)),
  ];
};

const empty = (fact: string, code: ReasonCode): DefaultExpectation => ({
  fact,
  matcher: 'empty',
  expected: true,
  level: 'expect',
  code,
});

const atLeastOne = (fact: string, code: ReasonCode | null): DefaultExpectation => ({
  fact,
  matcher: 'at-least',
  expected: 1,
  level: 'expect',
  code,
});

const securityDefaults = ({ 'row-level-security': rules }: Spec): readonly DefaultExpectation[] => {
  if (rules === undefined) return [];
  const tables = rules.tables !== undefined || rules.schema !== undefined;
  return [
    ...(tables ? [atLeastOne('table-count', 'table-missing'), empty('unprotected-tables', 'rls-disabled')] : []),
    ...(rules.forced === true ? [empty('unforced-tables', 'rls-disabled')] : []),
    ...(rules['policies-per-table'] === undefined
      ? []
      : [empty('missing-policies', 'policy-missing'), empty('extra-policies', 'assertion-failed')]),
    ...(rules.functions === undefined ? [] : [empty('missing-functions', 'value-missing')]),
  ];
};

const defaults = (spec: Spec): readonly DefaultExpectation[] => {
  const named =
    spec.tables?.exist !== undefined || spec.columns !== undefined || spec['row-level-security']?.tables !== undefined;
  return [
    { fact: 'connected', matcher: 'equals', expected: true, level: 'expect', code: null },
    ...(named ? [empty('missing-tables', 'table-missing')] : []),
    ...(spec.tables?.absent === undefined ? [] : [empty('present-tables', 'table-present')]),
    ...(spec.columns === undefined ? [] : [empty('missing-columns', 'column-missing')]),
    ...securityDefaults(spec),
    ...(spec.query === undefined
      ? []
      : [
          atLeastOne('row-count', null),
          { fact: 'cut', matcher: 'equals', expected: false, level: 'expect', code: 'query-failed' } as const,
        ]),
  ];
};

/** A look into a Postgres database: what it holds, how it protects it, and what a query gives. */
export const postgres = defineProbe<'postgres', typeof Spec>({
  kind: 'postgres',
  summary:
    'Logs in to a Postgres database and looks, in one read-only transaction: at tables, columns and row-level security, and at what a query gives.',
  shorthand: 'url',
  facts: postgresFactTable,
  target: (spec) => {
    const address = addressOf(spec);
    return address === null ? 'postgres' : `${showEndpoint(address)}/${address.database}`;
  },
  host: (spec) => {
    const address = addressOf(spec);
    return address === null ? null : showEndpoint(address);
  },
  layers,
  problems: postgresProblems,
  defaults,
  explain: explainPostgres,
  tryCommand: (spec) => {
    const address = addressOf(spec);
    return address === null ? null : psqlCommand(spec, address);
  },
  confidential: (spec) => ((addressOf(spec)?.password ?? null) === null ? [] : [['url']]),
  load: () => import('./look.ts'),
});
