import type { FactTable } from '../../../model/fact.ts';

/** What a look with `golden:` shows. Lists of questions hold their ids. */
export const goldenFactTable: FactTable = {
  questions: { type: 'number', description: 'questions of the golden set, negative controls included' },
  answered: {
    type: 'number',
    description: 'questions, without the negative controls, whose answer has a hit',
    code: 'index-empty',
  },
  empty: {
    type: 'number',
    description: 'questions, without the negative controls, for which nothing was found',
    code: 'index-empty',
  },
  errors: { type: 'number', description: 'questions that failed', code: 'tool-error' },
  'error-code': { type: 'string', description: 'reason code of the first that failed' },
  'error-message': { type: 'string', description: 'the first question that failed, and why' },
  'hit-rate': {
    type: 'ratio',
    description:
      'share of the questions that are answered as they must be: an expected id among the first `k` hits (hit@k), and the texts. Without the negative controls',
    code: 'golden-miss',
  },
  recall: {
    type: 'ratio',
    description:
      'mean share of the expected ids among the first `k` hits (recall@k); absent when no question expects ids',
    code: 'golden-miss',
  },
  mrr: {
    type: 'ratio',
    description: 'mean of 1 / place of the first expected id, 0 beyond `k`; absent when no question expects ids',
    code: 'golden-miss',
  },
  'citation-rate': {
    type: 'ratio',
    description:
      'share of the answers that name a source, and none that is not among their hits; absent when nothing is answered',
    code: 'golden-miss',
  },
  abstained: {
    type: 'ratio',
    description: 'share of the negative controls for which nothing is found; absent without such questions',
    code: 'index-degraded',
  },
  missed: { type: 'list', description: 'questions that are not answered as they must be', code: 'golden-miss' },
  'not-abstained': {
    type: 'list',
    description: 'negative controls for which something is found',
    code: 'index-degraded',
  },
  misses: { type: 'list', description: 'the first 20 of both, each with `id` and `why`' },
  'misses-file': { type: 'string', description: 'path of the evidence of all of them, a file of JSON lines' },
  'same-answer': {
    type: 'boolean',
    description: 'whether three or more different questions all got the same answer',
    code: 'index-degraded',
  },
  'flat-scores': {
    type: 'boolean',
    description: 'whether all hits of all questions have one and the same score',
    code: 'index-degraded',
  },
  'latency.p50': { type: 'duration', description: 'median time of a question', code: 'slow' },
  'latency.p95': { type: 'duration', description: '95th percentile of the times, by nearest rank', code: 'slow' },
  'latency.max': { type: 'duration', description: 'time of the slowest question', code: 'slow' },
  k: { type: 'number', description: 'how many hits were looked at' },
  'golden-hash': { type: 'string', description: 'hash of what the questions ask; it does not change with their order' },
  'baseline-found': { type: 'boolean', description: 'whether the baseline file is there; absent when none is named' },
  'baseline-problem': {
    type: 'string',
    description: 'why the baseline is no measure; absent when it is one',
    code: 'file-invalid',
  },
  flips: {
    type: 'list',
    description: 'questions that held in the baseline and do not now, and the other way round',
    code: 'index-regressed',
  },
  lost: { type: 'list', description: 'the questions of `flips` that do not hold any more', code: 'index-regressed' },
  won: { type: 'list', description: 'the questions of `flips` that did not hold before' },
  worse: {
    type: 'list',
    description: 'questions that hold and find less of what they expect than in the baseline',
    code: 'index-regressed',
  },
  'new-misses': {
    type: 'list',
    description: 'questions that the baseline does not know and that are not answered as they must be',
    code: 'golden-miss',
  },
  outdated: { type: 'list', description: 'questions that are new, changed or gone since the baseline was made' },
  'drop.*': {
    type: 'ratio',
    description: '`hit-rate`, `recall` and `mrr` of the baseline less those of now; negative where it is better now',
    code: 'index-regressed',
  },
  'new-baseline': {
    type: 'string',
    description: 'path of the baseline that would be true now; absent when this look is no measure',
  },
};
