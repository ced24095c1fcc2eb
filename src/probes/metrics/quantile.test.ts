import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { answerQuery } from './answer-query.ts';
import type { MetricAnswer } from './answer.ts';
import { readExposition } from './exposition.ts';
import { type Bucket, histogramQuantile } from './histogram.ts';
import { readQuery } from './selector.ts';

const FIXTURES = join(import.meta.dirname, '..', '..', '..', 'tests', 'fixtures', 'metrics');
const recorded = readFileSync(join(FIXTURES, 'python-client-0.16.openmetrics.txt'), 'utf8');

const answer = async (text: string, exposition: string): Promise<MetricAnswer> => {
  const format = exposition.endsWith('# EOF\n') ? 'openmetrics' : 'prometheus';
  const reading = await readExposition(
    exposition,
    format,
    () => true,
    async () => {},
  );
  const asked = readQuery(text);
  if (!reading.ok || !asked.ok) throw new Error('the test itself is wrong');
  return answerQuery(asked.query, reading.exposition);
};

/** What `histogram_quantile` of Prometheus 2.42.0 says of the recorded exposition: of /, of /search, and of both. */
const OF_PROMETHEUS = [
  [0, 0, 0, 0],
  [0.01, 0.0013986013986013986, 0.0038461538461538464, 0.0016025641025641025],
  [0.25, 0.03496503496503497, 0.1340909090909091, 0.04006410256410257],
  [0.5, 0.08031914893617022, 0.34090909090909094, 0.09653465346534654],
  [0.75, 0.1859090909090909, 0.7037037037037037, 0.2340909090909091],
  [0.9, 0.32065217391304346, 0.9814814814814814, 0.4742647058823529],
  [0.95, 0.42934782608695654, 1.6666666666666665, 0.7647058823529411],
  [0.99, 0.7142857142857143, 2.333333333333333, 1.6666666666666665],
  [0.999, 0.9714285714285731, 2.4833333333333343, 2.4166666666666665],
  [1, 1, 2.5, 2.5],
] as const;

describe('a quantile of a histogram', () => {
  test.each(OF_PROMETHEUS)('%d is what Prometheus says', async (at, root, search, both) => {
    const name = 'http_request_duration_seconds';
    const values = await Promise.all(
      [`${name}{path="/"}`, `${name}{path="/search"}`, `sum(${name})`].map(async (of) => {
        const { value } = await answer(`quantile(${at}, ${of})`, recorded);
        return typeof value === 'number' ? value : Number.NaN;
      }),
    );
    for (const [index, value] of [root, search, both].entries()) expect(values[index]).toBeCloseTo(value, 12);
  });

  const buckets = (...counts: readonly (readonly [number, number])[]): readonly Bucket[] =>
    counts.map(([upTo, count]) => ({ upTo, count }));
  const INF = Number.POSITIVE_INFINITY;

  test.each([
    ['the highest finite bound, for what lies beyond', 0.99, buckets([1, 5], [2, 6], [INF, 10]), 2],
    ['the first bound when that is not above 0', 0.1, buckets([-1, 5], [2, 6], [INF, 6]), -1],
    ['not a number when nothing was observed', 0.5, buckets([1, 0], [INF, 0]), Number.NaN],
    ['the same in any order of the buckets', 0.5, buckets([INF, 10], [2, 10], [1, 0]), 1.5],
  ])('is %s', (_what, at, all, value) => {
    expect(histogramQuantile(at, all)).toEqual({ ok: true, value });
  });

  test.each([
    [buckets([1, 5], [2, 6]), 'it has no bucket le="+Inf"'],
    [buckets([INF, 6]), 'it has no bucket but le="+Inf"'],
    [buckets([1, 5], [2, 4], [INF, 6]), 'its counts fall: 5 up to 1, and 4 up to 2'],
    [buckets([1, 5], [2, 7], [INF, 6]), 'its counts fall: 7 up to 2, and 6 up to +Inf'],
    [buckets([1, 5], [1, 5], [INF, 6]), 'it has two buckets le="1"'],
    [buckets([1, Number.NaN], [INF, 6]), 'its bucket le="1" counts NaN'],
    [buckets([1, -1], [INF, 6]), 'its bucket le="1" counts -1'],
    [buckets([Number.NaN, 1], [INF, 6]), 'a bound of it is no number'],
  ])('is none where the buckets are broken: %#', (all, problem) => {
    expect(histogramQuantile(0.5, all)).toEqual({ ok: false, problem });
  });

  test.each([
    [
      'several fit',
      'quantile(0.5, h)',
      'h_bucket{p="a",le="1"} 1\nh_bucket{p="a",le="+Inf"} 1\nh_bucket{p="b",le="1"} 1\nh_bucket{p="b",le="+Inf"} 1\n',
      'several series',
      '2 histograms of h fit: {p="a"}, {p="b"}; name one, or write quantile(Q, sum(...)) to add them up',
    ],
    [
      'the buckets differ',
      'quantile(0.5, sum(h))',
      'h_bucket{p="a",le="1"} 1\nh_bucket{p="a",le="+Inf"} 1\nh_bucket{p="b",le="2"} 1\nh_bucket{p="b",le="+Inf"} 1\n',
      'broken histogram',
      'the histograms of h have different buckets: they do not add up',
    ],
    [
      'one of several is broken, although their sum is not',
      'quantile(0.5, sum(h))',
      'h_bucket{p="a",le="1"} 2\nh_bucket{p="a",le="+Inf"} 1\nh_bucket{p="b",le="1"} 1\nh_bucket{p="b",le="+Inf"} 9\n',
      'broken histogram',
      'h is no histogram that can be read: its counts fall: 2 up to 1, and 1 up to +Inf',
    ],
    [
      'nothing was observed',
      'quantile(0.5, h)',
      'h_bucket{le="1"} 0\nh_bucket{le="+Inf"} 0\n',
      'NaN',
      'the quantile 0.5 of h, which observed nothing yet, is NaN, which is no number to compare',
    ],
    ['it is a gauge', 'quantile(0.5, h)', 'h 1\n', 'no histogram', 'h is neither a histogram nor a summary'],
  ])('is no number when %s', async (_what, text, exposition, value, trouble) => {
    expect(await answer(text, exposition)).toEqual({ value, trouble });
  });

  test('is missing when no labels fit', async () => {
    expect(await answer('quantile(0.5, http_request_duration_seconds{path="/x"})', recorded)).toEqual({
      trouble: expect.stringMatching(
        /^no series of http_request_duration_seconds fits, of 14: \{le="0.05",path="\/"\}/,
      ),
    });
  });
});

describe('a quantile of a summary', () => {
  const text = 's{quantile="0.5"} 1\ns{quantile="0.950"} 2\ns{quantile="0.99"} NaN\ns_sum 5\ns_count 9\n';

  test('is the one that is exported, however its label is written', async () => {
    expect(await answer('quantile(0.95, s)', text)).toEqual({ value: 2, trouble: null });
  });

  test('is missing when it is not exported: nothing is interpolated', async () => {
    expect(await answer('quantile(0.9, s)', text)).toEqual({
      trouble: 'the summary s has the quantiles 0.5, 0.950, 0.99, not 0.9: what lies between is not known',
    });
  });

  test('is NaN when it is', async () => {
    expect(await answer('quantile(0.99, s)', text)).toMatchObject({ value: 'NaN' });
  });

  test('is not added up', async () => {
    const two = 's{p="a",quantile="0.5"} 1\ns{p="b",quantile="0.5"} 2\n';
    expect(await answer('quantile(0.5, sum(s))', two)).toEqual({
      value: 'several series',
      trouble: '2 summaries of s fit: {p="a"}, {p="b"}; quantiles of summaries do not add up',
    });
  });
});
