import type { FactTable } from '../../model/fact.ts';
import { httpFactTable } from '../http/fact-table.ts';

/** Facts about JSON, which metrics are not. */
export const JSON_FACTS: readonly string[] = ['$', 'json', 'json-problem', 'numbers-as-text'];

const http: FactTable = Object.fromEntries(
  Object.entries(httpFactTable).filter(([name]) => !JSON_FACTS.includes(name)),
);

/** What a scrape shows beside the facts of `http`. The body is read as metrics, and as nothing else. */
export const metricsFactTable: FactTable = {
  ...http,
  body: {
    type: 'string',
    description: 'the whole body as text, where it could not be read as metrics; absent where it could',
  },
  format: { type: 'string', description: '`prometheus` or `openmetrics`; absent when neither is announced' },
  valid: {
    type: 'boolean',
    description: 'whether the whole body follows its format',
    code: 'schema-violation',
  },
  problem: {
    type: 'string',
    description: 'the first line that does not follow the format, and why; absent when valid',
  },
  'problem-line': { type: 'number', description: 'number of that line, from 1; absent when no line is to blame' },
  'metric-families': { type: 'number', description: 'metrics that are declared or have a sample' },
  series: { type: 'number', description: 'samples with a name and labels of their own', code: 'value-missing' },
  missing: { type: 'list', description: '`names` without a series; absent without `names`', code: 'value-missing' },
  'metrics.*': {
    type: 'number',
    description:
      'the value behind a selector: `name`, `name{label="x",other=~"re.*"}`, `sum(...)`, `max(...)`, `min(...)`, `count(...)`, `quantile(0.95, name)`. Text in the place of a number: `NaN`, `+Inf`, `-Inf`, `several series`, `broken histogram`. Absent when there is no such series',
  },
  trouble: {
    type: 'object',
    description: 'why there is no number, by selector; absent when there is one for each',
  },
  age: {
    type: 'duration',
    description: 'age of the newest sample that has a timestamp; absent when none has',
    code: 'health-stale',
  },
};
