import type { Facts } from '../../../model/observation.ts';
import { rememberedMetrics, type Baseline } from './baseline.ts';
import type { Result } from './judge-answer.ts';
import type { Metrics } from './metrics.ts';

/** Less than this is rounding. */
const LEAST_DROP = 1e-6;

/**
 * What is not as it was: `lost` and `won` are ids of questions that were answered as they must be and are not any more,
 * and the other way round; `flips` are both. `worse` are those that still hold and find less of what is expected.
 * Compared are questions that have not changed; the others are in `outdated`, and in `new-misses` where they do not hold.
 */
export const compareFacts = (results: readonly Result[], metrics: Metrics, baseline: Baseline): Facts => {
  const compared = results.flatMap((result) => {
    const before = baseline.questions.get(result.question.id);
    return before?.digest === result.question.digest ? [{ id: result.question.id, now: result, before }] : [];
  });
  const lost = compared.filter(({ now, before }) => before.held && !now.held).map(({ id }) => id);
  const won = compared.filter(({ now, before }) => !before.held && now.held).map(({ id }) => id);
  const worse = compared
    .filter(({ now, before }) => before.held && now.held && (before.recall ?? 0) > (now.recall ?? 0) + LEAST_DROP)
    .map(({ id }) => id);
  const known = new Set(compared.map(({ id }) => id));
  const newMisses = results.filter(({ question, held }) => !held && !known.has(question.id));
  return {
    ...(compared.length === 0 ? { 'baseline-problem': 'it knows none of the questions as they are asked now' } : {}),
    flips: [...lost, ...won],
    lost,
    won,
    worse,
    'new-misses': newMisses.map(({ question }) => question.id),
    outdated: outdated(results, baseline),
    drop: dropsOf(metrics, baseline),
  };
};

/** Questions that are new or changed since, and those that are gone: the baseline knows nothing of what they ask now. */
const outdated = (results: readonly Result[], { questions }: Baseline): readonly string[] => {
  const known = new Set(results.map(({ question }) => question.id));
  return [
    ...results
      .filter(({ question }) => questions.get(question.id)?.digest !== question.digest)
      .map(({ question }) => question.id),
    ...[...questions.keys()].filter((id) => !known.has(id)),
  ];
};

const dropsOf = (metrics: Metrics, baseline: Baseline): Facts => {
  const now = rememberedMetrics(metrics);
  return Object.fromEntries(
    (['hit-rate', 'recall', 'mrr'] as const).flatMap((name) => {
      const [before, after] = [baseline.metrics[name], now[name]];
      return before === undefined || after === undefined ? [] : [[name, Math.round((before - after) * 1e6) / 1e6]];
    }),
  );
};
