import { array, assert, boolean, constantFrom, property, record, uniqueArray } from 'fast-check';
import { expect, test } from 'vitest';
import { ANY_READING, readAnswer } from '../answer.ts';
import { judgeAnswer } from './judge-answer.ts';
import { metricsOf } from './metrics.ts';
import { readGoldenSet } from './golden-set.ts';

/** Held against a model that is written as the definitions read, without regard to speed. */

const DOCUMENTS: readonly string[] = ['a', 'b', 'c', 'd', 'e'];
const K = 3;

const drawn = array(
  record({
    served: array(constantFrom(...DOCUMENTS), { maxLength: 8 }),
    expected: uniqueArray(constantFrom(...DOCUMENTS), { minLength: 1 }),
    failed: boolean(),
  }),
  { minLength: 1, maxLength: 12 },
);

type Drawn = { readonly served: readonly string[]; readonly expected: readonly string[]; readonly failed: boolean };

const resultsOf = (cases: readonly Drawn[]) => {
  const lines = cases.map(({ expected }, at) =>
    JSON.stringify({ id: `q${at}`, ask: `question ${at}`, 'expect-ids': expected }),
  );
  const read = readGoldenSet(lines.join('\n'), 'set.jsonl');
  if (!read.ok) throw new Error('not a set');
  return read.set.questions.map((question, at) => {
    const { served = [], failed = false } = cases[at] ?? {};
    const json = { hits: served.map((id) => ({ id })) };
    return judgeAnswer(question, readAnswer({ isError: failed, texts: [], json }, ANY_READING), K, []);
  });
};

const seenOf = ({ served, failed }: Drawn): readonly string[] => (failed ? [] : served.slice(0, K));
const average = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

test('hit@k, recall@k and MRR are what their definitions say', () => {
  assert(
    property(drawn, (cases) => {
      const metrics = metricsOf(resultsOf(cases));
      const hits = cases.map((one) => (one.expected.some((id) => seenOf(one).includes(id)) ? 1 : 0));
      const recalls = cases.map(
        (one) => one.expected.filter((id) => seenOf(one).includes(id)).length / one.expected.length,
      );
      const ranks = cases.map((one) => seenOf(one).findIndex((id) => one.expected.includes(id)));
      expect(metrics.hitRate).toBeCloseTo(average(hits), 5);
      expect(metrics.recall).toBeCloseTo(average(recalls), 5);
      expect(metrics.mrr).toBeCloseTo(average(ranks.map((rank) => (rank < 0 ? 0 : 1 / (rank + 1)))), 5);
    }),
  );
});

test('chunks of one document count once, after the first k hits were taken', () => {
  const [result] = resultsOf([{ served: ['a', 'a', 'a', 'b'], expected: ['a', 'b'], failed: false }]);
  expect(result).toMatchObject({ recall: 0.5, rank: 1, held: true });
});

test('more that is found never makes a metric worse, and the order of the questions does not matter', () => {
  assert(
    property(drawn, (cases) => {
      const before = metricsOf(resultsOf(cases));
      const perfect = cases.map((one) => ({
        ...one,
        failed: false,
        served: [...one.expected.slice(0, K), ...one.served],
      }));
      const after = metricsOf(resultsOf(perfect));
      expect(after.hitRate).toBe(1);
      expect(after.recall ?? 0).toBeGreaterThanOrEqual(before.recall ?? 0);
      expect(after.mrr ?? 0).toBeGreaterThanOrEqual(before.mrr ?? 0);
      expect(metricsOf(resultsOf(cases.toReversed()))).toEqual(before);
    }),
  );
});
