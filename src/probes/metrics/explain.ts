import { isJsonObject, type Json } from '../../model/json.ts';
import type { Facts, Sign } from '../../model/observation.ts';
import type { ReasonCode } from '../../model/reason-code.ts';
import { httpSigns } from '../http/signs.ts';
import { FACT_PREFIX } from './selector.ts';

/** What cannot be told when the body was not read. */
const FROM_THE_BODY = ['valid', 'series', 'metric-families', 'missing', 'metrics', 'age'] as const;

const text = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);

const isHtml = ({ body, headers }: Facts): boolean => {
  const type = isJsonObject(headers) ? text(headers['content-type']) : null;
  return /html/i.test(type ?? '') || /^\s*<(!doctype|html)/i.test(text(body) ?? '');
};

const problemSign = (facts: Facts, message: string): Pick<Sign, 'code' | 'message'> => {
  const code = facts['format'] === undefined ? 'wrong-content-type' : 'schema-violation';
  return isHtml(facts)
    ? { code: 'wrong-content-type', message: 'the body is an HTML page where metrics were expected' }
    : { code, message };
};

/** An answer that was not read explains everything that is missing: by its status, its text, or the line that is wrong. */
const unreadSigns = (facts: Facts, overHttp: readonly Sign[]): readonly Sign[] => {
  const problem = text(facts['problem']);
  const status = facts['valid'] === undefined ? overHttp.filter(({ fact }) => fact === 'status') : [];
  const reasons: readonly Pick<Sign, 'code' | 'message'>[] = [
    ...status,
    ...overHttp.filter(({ fact }) => fact === 'body'),
    ...(problem === null ? [] : [problemSign(facts, problem)]),
  ];
  return reasons.flatMap(({ code, message }) => FROM_THE_BODY.map((fact) => ({ code, fact, message })));
};

const selectorSigns = ({ metrics, trouble }: Facts): readonly Sign[] =>
  isJsonObject(trouble)
    ? Object.entries(trouble).flatMap(([selector, why]) => {
        const there = isJsonObject(metrics) && Object.hasOwn(metrics, selector);
        const code: ReasonCode = there ? 'type-mismatch' : 'value-missing';
        return typeof why === 'string' ? [{ code, fact: `${FACT_PREFIX}${selector}`, message: why }] : [];
      })
    : [];

const missingSigns = ({ missing }: Facts): readonly Sign[] => {
  const names = Array.isArray(missing) ? missing.filter((name: Json) => typeof name === 'string') : [];
  if (names.length === 0) return [];
  const told = names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');
  return [{ code: 'value-missing', fact: 'missing', message: `there is no series of ${told}` }];
};

const emptySigns = (facts: Facts): readonly Sign[] => {
  if (facts['series'] !== 0) return [];
  const declared = facts['metric-families'];
  const message =
    declared === 0 ? 'the answer has not a single metric' : `${declared} metrics are declared, and none has a sample`;
  return [{ code: 'value-missing', fact: 'series', message }];
};

const ageSigns = (facts: Facts): readonly Sign[] =>
  facts['age'] === undefined
    ? [{ code: 'value-missing', fact: 'age', message: 'no sample has a timestamp that tells its age' }]
    : [];

/** The conditions that a scrape can show. Pure. */
export const explain = (facts: Facts): readonly Sign[] => {
  const overHttp = httpSigns(facts).filter(({ fact }) => fact !== 'json');
  if (facts['valid'] !== true) return [...overHttp, ...unreadSigns(facts, overHttp)];
  return [...overHttp, ...selectorSigns(facts), ...missingSigns(facts), ...emptySigns(facts), ...ageSigns(facts)];
};
