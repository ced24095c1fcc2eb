import { cut, labelText, noMetric, noSeries, numberAnswer, selectSeries, several } from './answer.ts';
import type { MetricAnswer } from './answer.ts';
import type { Exposition, Series } from './exposition.ts';
import { addHistograms, type Bucket, histogramQuantile } from './histogram.ts';
import { readNumber } from './sample.ts';
import type { Query } from './selector.ts';

type QuantileQuery = Extract<Query, { readonly how: 'quantile' }>;

const labelOf = ({ labels }: Series, name: string): string | undefined => labels.find(([label]) => label === name)?.[1];

/** Series by all their labels but one. */
const groupsWithout = (series: readonly Series[], label: string): readonly (readonly Series[])[] => [
  ...Map.groupBy(series, ({ labels }) =>
    JSON.stringify(labels.filter(([name]) => name !== label).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  ).values(),
];

/** The labels of a series but one, for sentences. */
const textWithout = (label: string, [first]: readonly Series[]): string =>
  labelText({ labels: (first?.labels ?? []).filter(([name]) => name !== label) });

const toBucket = (series: Series): Bucket => ({
  upTo: readNumber(labelOf(series, 'le') ?? '') ?? Number.NaN,
  count: series.value,
});

const broken = (trouble: string): MetricAnswer => ({ value: 'broken histogram', trouble });

const ofHistogram = ({ of, at, summed }: QuantileQuery, buckets: readonly Series[]): MetricAnswer => {
  const groups = groupsWithout(buckets, 'le');
  if (groups.length > 1 && !summed) {
    const hint = 'name one, or write quantile(Q, sum(...)) to add them up';
    return several(`histograms of ${cut(of.name)}`, groups, (group) => textWithout('le', group), hint);
  }
  const histograms = groups.map((group) => group.map(toBucket));
  const together = addHistograms(histograms);
  if (together === null) return broken(`the histograms of ${cut(of.name)} have different buckets: they do not add up`);
  const wrong = histograms.map((one) => histogramQuantile(at, one)).find(({ ok }) => !ok);
  const quantile = wrong ?? histogramQuantile(at, together);
  return quantile.ok
    ? numberAnswer(quantile.value, `the quantile ${at} of ${cut(of.name)}, which observed nothing yet,`)
    : broken(`${cut(of.name)} is no histogram that can be read: ${quantile.problem}`);
};

const ofSummary = ({ of, at, summed }: QuantileQuery, series: readonly Series[]): MetricAnswer => {
  const same = series.filter((one) => readNumber(labelOf(one, 'quantile') ?? '') === at);
  const [first, second] = same;
  if (first === undefined) {
    const known = [...new Set(series.map((one) => cut(labelOf(one, 'quantile') ?? '')))].slice(0, 10).join(', ');
    const name = cut(of.name);
    return { trouble: `the summary ${name} has the quantiles ${known}, not ${at}: what lies between is not known` };
  }
  if (second === undefined) return numberAnswer(first.value, `the quantile ${at} of ${cut(of.name)}`);
  const hint = summed ? 'quantiles of summaries do not add up' : 'name one by its labels';
  return several(`summaries of ${cut(of.name)}`, same, (one) => textWithout('quantile', [one]), hint);
};

/** The names of the samples that a quantile is read from: buckets of a histogram, or a summary itself. */
export const quantileNames = (name: string): readonly string[] => [`${name}_bucket`, name];

/** Answers a quantile, of a histogram by interpolation or of a summary as it is. */
export const answerQuantile = (query: QuantileQuery, exposition: Exposition): MetricAnswer => {
  const { of } = query;
  const has = (label: string) => (one: Series) => labelOf(one, label) !== undefined;
  const buckets = (exposition.wanted.get(`${of.name}_bucket`) ?? []).filter(has('le'));
  const quantiles = (exposition.wanted.get(of.name) ?? []).filter(has('quantile'));
  const all = buckets.length > 0 ? buckets : quantiles;
  if (all.length === 0) {
    return exposition.wanted.has(of.name)
      ? { value: 'no histogram', trouble: `${cut(of.name)} is neither a histogram nor a summary` }
      : noMetric(of.name, exposition);
  }
  const found = selectSeries(all, of);
  if (found.length === 0) return noSeries(of, all);
  return buckets.length > 0 ? ofHistogram(query, found) : ofSummary(query, found);
};
