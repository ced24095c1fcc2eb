import { isJsonObject, type Json } from '../../model/json.ts';
import type { Facts, Sign } from '../../model/observation.ts';
import type { ReasonCode } from '../../model/reason-code.ts';
import { printable } from '../engine/printable.ts';

const MOST_SHOWN = 8;

const textsOf = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

/** Names from a list fact, in one line. */
const listed = (names: readonly string[]): string => {
  const more = names.length - MOST_SHOWN;
  const shown = names.slice(0, MOST_SHOWN).map((name) => printable(name, 130));
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

type Rule = {
  readonly fact: string;
  readonly code: ReasonCode;
  readonly message: (shown: string, count: number) => string;
};

const are = (count: number): string => (count === 1 ? 'is' : 'are');

const RULES: readonly Rule[] = [
  {
    fact: 'missing-tables',
    code: 'table-missing',
    message: (shown, count) => `${shown} ${are(count)} not there`,
  },
  {
    fact: 'present-tables',
    code: 'table-present',
    message: (shown, count) => `${shown} must be gone and ${are(count)} still there`,
  },
  {
    fact: 'missing-columns',
    code: 'column-missing',
    message: (shown, count) => `${count === 1 ? 'the column' : 'the columns'} ${shown} ${are(count)} not there`,
  },
  {
    fact: 'unprotected-tables',
    code: 'rls-disabled',
    message: (shown) => `row-level security is off for ${shown}`,
  },
  {
    fact: 'unforced-tables',
    code: 'rls-disabled',
    message: (shown) => `row-level security is not forced for ${shown}: the owner reads and writes every row`,
  },
  {
    fact: 'open-policies',
    code: 'rls-disabled',
    message: (shown, count) => `${count === 1 ? 'a policy lets' : 'policies let'} every row through: ${shown}`,
  },
  {
    fact: 'missing-policies',
    code: 'policy-missing',
    message: (shown) => `too few policies: ${shown}`,
  },
  {
    fact: 'extra-policies',
    code: 'assertion-failed',
    message: (shown) => `more policies than there must be, and each can only let more rows through: ${shown}`,
  },
  {
    fact: 'missing-functions',
    code: 'value-missing',
    message: (shown, count) =>
      `${count === 1 ? 'the function' : 'the functions'} ${shown} ${are(count)} not there, and policies that call ${count === 1 ? 'it' : 'them'} cannot work`,
  },
];

const listSigns = (facts: Facts): readonly Sign[] =>
  RULES.flatMap(({ fact, code, message }) => {
    const names = textsOf(facts[fact]);
    return names.length === 0 ? [] : [{ code, fact, message: message(listed(names), names.length) }];
  });

const cutSigns = ({ cut, rows }: Facts): readonly Sign[] => {
  if (cut !== true) return [];
  const read = Array.isArray(rows) ? rows.length : 0;
  const message = `the query gives more than the ${read} rows that were read, so nothing can be said of all of them: count in SQL, or add LIMIT`;
  return [
    { code: 'query-failed', fact: 'cut', message },
    { code: 'query-failed', fact: 'row-count', message },
  ];
};

const emptySigns = (facts: Facts): readonly Sign[] => [
  ...(facts['row-count'] === 0
    ? [{ code: 'assertion-failed' as const, fact: 'row-count', message: 'the query gives no row' }]
    : []),
  ...(facts['table-count'] === 0
    ? [
        {
          code: 'table-missing' as const,
          fact: 'table-count',
          message: 'the schema holds no table, so nothing is protected in it',
        },
      ]
    : []),
];

const trustSigns = ({ tls }: Facts): readonly Sign[] => {
  if (!isJsonObject(tls) || tls['verified'] !== false || typeof tls['cause'] !== 'string') return [];
  return [{ code: 'tls-untrusted', fact: 'tls.verified', message: tls['cause'] }];
};

/** The conditions that a look at a database can show. Pure. */
export const explainPostgres = (facts: Facts): readonly Sign[] => [
  ...listSigns(facts),
  ...cutSigns(facts),
  ...emptySigns(facts),
  ...trustSigns(facts),
];
