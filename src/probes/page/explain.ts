import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Facts, Sign } from '../../model/observation.ts';
import { REASON_CODES, type ReasonCode } from '../../model/reason-code.ts';
import { httpSigns } from '../http/signs.ts';

const text = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

const countOf = (facts: Facts, name: string): number => {
  const counts = facts['counts'];
  const count = isJsonObject(counts) ? counts[name] : undefined;
  return typeof count === 'number' ? count : listOf(facts[name]).length;
};

const violation = (item: JsonObject): string =>
  [
    text(item['directive']) ?? 'a directive',
    item['blocked'] === undefined ? 'blocks what is inline' : `blocks ${text(item['blocked'])}`,
    ...(item['where'] === undefined ? [] : [`at ${text(item['where'])}`]),
  ].join(' ');

const request = (item: JsonObject): string => `${text(item['url'])}: ${text(item['why'])}`;

const shown = (item: Json | undefined): string => {
  if (!isJsonObject(item)) return text(item) ?? '';
  return item['directive'] === undefined ? request(item) : violation(item);
};

/** The first of a list in one sentence, and how many more there are. */
const listSign = (facts: Facts, fact: string, code: ReasonCode, what: string): readonly Sign[] => {
  const [first] = listOf(facts[fact]);
  if (first === undefined) return [];
  const more = countOf(facts, fact) - 1;
  return [{ code, fact, message: `${what}: ${shown(first)}${more > 0 ? `, and ${more} more` : ''}` }];
};

const isReasonCode = (code: Json | undefined): code is ReasonCode => REASON_CODES.some((known) => known === code);

const stepSigns = (facts: Facts): readonly Sign[] => {
  const step = facts['failed-step'];
  if (!isJsonObject(step)) return [];
  const code = isReasonCode(step['code']) ? step['code'] : 'assertion-failed';
  return [{ code, fact: 'steps-done', message: text(step['message']) ?? 'a step failed' }];
};

const redirectSigns = (facts: Facts): readonly Sign[] => {
  const chain = text(facts['chain-text']);
  if (chain === null || facts['redirects'] === 0) return [];
  const other = facts['same-site'] === false ? 'the page leads to another site' : 'the page leads elsewhere';
  return [
    { code: 'redirect-unexpected', fact: 'redirects', message: `${other}: ${chain}` },
    { code: 'redirect-unexpected-target', fact: 'same-site', message: `${other}: ${chain}` },
  ];
};

/** The conditions that a visit can show. Pure. */
export const explainPage = (facts: Facts): readonly Sign[] => [
  ...httpSigns(facts),
  ...redirectSigns(facts),
  ...stepSigns(facts),
  ...listSign(facts, 'page-errors', 'page-error', 'an error that nobody caught'),
  ...listSign(facts, 'console-errors', 'page-error', 'an error in the console'),
  ...listSign(facts, 'csp-violations', 'page-csp', 'the page breaks its Content-Security-Policy'),
  ...listSign(facts, 'csp-reports', 'page-csp', 'the page would break its report-only Content-Security-Policy'),
  ...listSign(facts, 'failed-requests', 'page-request-failed', 'a request of the page failed'),
];
