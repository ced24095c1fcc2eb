import {
  cut,
  labelText,
  noMetric,
  noSeries,
  numberAnswer,
  selectSeries,
  seriesText,
  several,
  unknownLabel,
} from './answer.ts';
import type { MetricAnswer } from './answer.ts';
import type { Exposition } from './exposition.ts';
import { answerQuantile } from './quantile.ts';
import type { Query } from './selector.ts';

const HINT = 'name one, or write sum(), max(), min() or count() around it';

const TOGETHER = {
  sum: (values: readonly number[]) => values.reduce((total, value) => total + value, 0),
  max: (values: readonly number[]) => values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
  min: (values: readonly number[]) => values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
} as const;

/** Answers one query from the series that were kept. Pure. */
export const answerQuery = (query: Query, exposition: Exposition): MetricAnswer => {
  const { how, of } = query;
  if (how === 'quantile') return answerQuantile(query, exposition);
  const all = exposition.wanted.get(of.name) ?? [];
  if (all.length === 0) return noMetric(of.name, exposition);
  const found = selectSeries(all, of);
  const [first, second] = found;
  // No series is a count of 0, but a typing error may not pass for an absence.
  if (how === 'count' && (first !== undefined || unknownLabel(of, all) === null)) {
    return { value: found.length, trouble: null };
  }
  if (how === 'count' || first === undefined) return noSeries(of, all);
  if (how !== 'value') {
    const odd = found.find(({ value }) => !Number.isFinite(value)) ?? first;
    return numberAnswer(TOGETHER[how](found.map(({ value }) => value)), seriesText(of.name, odd));
  }
  return second === undefined
    ? numberAnswer(first.value, seriesText(of.name, first))
    : several(`series of ${cut(of.name)}`, found, labelText, HINT);
};
