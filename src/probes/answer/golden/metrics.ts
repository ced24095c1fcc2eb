import type { Result } from './judge-answer.ts';

/**
 * What a set of results comes to. Ratios lie between 0 and 1; one that is about no question is null. A question that
 * failed or found nothing counts as 0 in all of them.
 */
export type Metrics = {
  /** Of the questions that must be answered, the share whose answer is as it must be. */
  readonly hitRate: number;
  /** Mean over the questions with expected ids of the share of these among the first k hits. */
  readonly recall: number | null;
  /** Mean over the same of 1 / place of the first expected id, 0 when it is not among the first k (MRR@k). */
  readonly mrr: number | null;
  /** Of the answers with something in them, the share that names sources, all of them among its hits. */
  readonly citationRate: number | null;
  /** Of the negative controls, the share for which nothing was found. */
  readonly abstained: number | null;
};

/** The metrics of results, of which at least one is no negative control. */
export const metricsOf = (results: readonly Result[]): Metrics => {
  const questions = results.filter(({ question }) => !question.abstain);
  const controls = results.filter(({ question }) => question.abstain);
  const withIds = questions.filter(({ recall }) => recall !== null);
  const answered = questions.filter(({ state }) => state === 'answered');
  return {
    hitRate: share(questions, ({ held }) => held) ?? 0,
    recall: mean(withIds.map(({ recall }) => recall ?? 0)),
    mrr: mean(withIds.map(({ rank }) => (rank === null ? 0 : 1 / rank))),
    citationRate: share(answered, ({ cited }) => cited),
    abstained: share(controls, ({ held }) => held),
  };
};

const share = (results: readonly Result[], holds: (result: Result) => boolean): number | null =>
  mean(results.map((result) => (holds(result) ? 1 : 0)));

/** To six digits: sums of thirds differ in the last place with the order of the questions. */
const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : Math.round((values.reduce((sum, value) => sum + value, 0) / values.length) * 1e6) / 1e6;
