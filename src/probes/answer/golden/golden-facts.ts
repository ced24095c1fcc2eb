import type { Facts } from '../../../model/observation.ts';
import { signatureFacts } from '../answer-facts.ts';
import { builtFacts } from '../freshness.ts';
import type { Condition } from '../signature-list.ts';
import type { Found } from '../signatures.ts';
import type { Asked } from './ask-all.ts';
import type { GoldenSet } from './golden-set.ts';
import type { Result } from './judge-answer.ts';
import type { Metrics } from './metrics.ts';

/** How many questions must have been answered before sameness of answers says anything. */
const FEWEST = 3;
const MOST_SHOWN = 20;
const CONDITIONS: readonly Condition[] = ['missing', 'empty', 'stale', 'degraded'];

/** What is seen of a set of questions that were all asked, without what it was before. Pure. */
export const goldenFacts = (
  set: GoldenSet,
  k: number,
  asked: readonly Asked[],
  results: readonly Result[],
  metrics: Metrics,
  now: Date,
): Facts => {
  const questions = results.filter(({ question }) => !question.abstain);
  const answered = questions.filter(({ state }) => state === 'answered');
  const missed = questions.filter(({ held }) => !held);
  const unsilent = results.filter(({ question, held, state }) => question.abstain && !held && state !== 'error');
  return {
    'golden-hash': set.hash,
    k,
    questions: results.length,
    answered: answered.length,
    empty: questions.filter(({ state }) => state === 'silent').length,
    ...errorFacts(asked, results),
    'hit-rate': metrics.hitRate,
    ...(metrics.recall === null ? {} : { recall: metrics.recall }),
    ...(metrics.mrr === null ? {} : { mrr: metrics.mrr }),
    ...(metrics.citationRate === null ? {} : { 'citation-rate': metrics.citationRate }),
    ...(metrics.abstained === null ? {} : { abstained: metrics.abstained }),
    missed: missed.map(({ question }) => question.id),
    'not-abstained': unsilent.map(({ question }) => question.id),
    misses: [...missed, ...unsilent].slice(0, MOST_SHOWN).map(({ question, why }) => ({ id: question.id, why })),
    'same-answer': answered.length >= FEWEST && new Set(answered.map(({ fingerprint }) => fingerprint)).size === 1,
    'flat-scores': hasFlatScores(answered),
    latency: latencyOf(asked.map(({ ms }) => ms)),
    ...signatureFacts(conditionsIn(results, answered.length)),
    ...freshestDoubt(results, now),
  };
};

/** Failures on the way and answers that are errors; the first one is told. */
const errorFacts = (asked: readonly Asked[], results: readonly Result[]): Facts => {
  const errors = results.filter(({ state }) => state === 'error');
  const [first] = errors;
  const failure = asked.find((one) => one.question.id === first?.question.id);
  const code = failure !== undefined && 'failure' in failure ? failure.failure.code : 'tool-error';
  return {
    errors: errors.length,
    ...(first === undefined
      ? {}
      : { 'error-code': code, 'error-message': `"${first.question.id}": ${first.why ?? ''}` }),
  };
};

/** The first words that give each condition away. An index that finds something else is not empty. */
const conditionsIn = (results: readonly Result[], answered: number): Found =>
  Object.fromEntries(
    CONDITIONS.filter((condition) => condition !== 'empty' || answered === 0).flatMap((condition) => {
      const words = results.map(({ conditions }) => conditions[condition]).find((found) => found !== undefined);
      return words === undefined ? [] : [[condition, words]];
    }),
  );

/** Scores that are all the same order nothing. */
const hasFlatScores = (answered: readonly Result[]): boolean => {
  const scored = answered.filter(({ scores }) => scores.length > 0);
  const scores = scored.flatMap((result) => result.scores);
  return scored.length >= FEWEST && scores.length > scored.length && new Set(scores).size === 1;
};

/** Of all that the answers say of age and size, what speaks most against the index. */
const freshestDoubt = (results: readonly Result[], now: Date): Facts => {
  const built = results.map(({ builtAt }) => builtFacts(builtAt, now)).filter((facts) => Object.keys(facts).length > 0);
  const age = (facts: Facts): number => (typeof facts['age'] === 'number' ? facts['age'] : Number.POSITIVE_INFINITY);
  const [oldest] = built.toSorted((one, other) => (age(one) === age(other) ? 0 : age(other) - age(one)));
  const documents = results.flatMap((result) => result.documents ?? []);
  return { ...oldest, ...(documents.length === 0 ? {} : { documents: Math.min(...documents) }) };
};

/** Nearest-rank percentiles and the maximum, in milliseconds. */
const latencyOf = (ms: readonly number[]): Facts => {
  const sorted = ms.toSorted((one, other) => one - other);
  const rank = (percent: number): number => sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? 0;
  return { p50: rank(50), p95: rank(95), max: rank(100) };
};
