import type { Facts, Sign } from '../../model/observation.ts';
import { goldenSigns } from '../answer/golden/golden-signs.ts';
import { ANSWER_FACTS, answerSigns, signFor } from '../answer/signs.ts';
import { httpSigns } from '../http/signs.ts';
import { dialectOf } from './dialect.ts';
import type { Spec } from './schema.ts';

const BY = 'the service';

/** What the index says of itself explains a status of failure, and not the other way round. */
const TELLING: ReadonlySet<string> = new Set(['index-missing', 'index-empty']);

/** The conditions that one answer, or those to a golden set, show. Pure. */
export const explain = (facts: Facts, spec: Spec): readonly Sign[] => {
  if (facts['questions'] !== undefined) return goldenSigns(facts, BY);
  const overHttp = httpSigns(facts);
  if (facts['is-error'] === undefined) return [...overHttp, ...noAnswer(overHttp)];
  const answers = answerSigns(facts, BY, 'an error in the body');
  const telling = answers.find(({ code }) => TELLING.has(code));
  if (telling !== undefined && !isSuccess(facts)) {
    return [
      ...signFor(telling.code, telling.message, ['status']),
      ...overHttp.filter(({ fact }) => fact !== 'status'),
      ...answers,
    ];
  }
  return [...overHttp, ...answers, ...nothingThere(facts, spec), ...zeroSigns(facts)];
};

const isSuccess = ({ status }: Facts): boolean => typeof status === 'number' && status >= 200 && status < 300;

/** Where the body is no answer at all, that is why all of the answer is missing. */
const noAnswer = (signs: readonly Sign[]): readonly Sign[] => {
  const why = signs.find(({ fact }) => fact === 'json' || fact === 'body');
  return why === undefined ? [] : signFor(why.code, why.message, [...ANSWER_FACTS, 'dimensions', 'zero-vector']);
};

const nothingThere = (facts: Facts, spec: Spec): readonly Sign[] => {
  if (facts['is-error'] === true) return [];
  const { reading, vector, answer } = dialectOf(spec);
  const { hits, ids } = reading.paths;
  const where = (paths: readonly string[]): string => paths.join(' or ');
  const at = hits ?? ids ?? answer;
  const list =
    at === null || at === undefined ? 'the answer holds no list of hits' : `the answer holds nothing at ${where(at)}`;
  return [
    ...(facts['hits'] === undefined
      ? signFor('value-missing', list, ['hits', 'hit-count', 'hit-list', 'hit-ids'])
      : []),
    ...(vector !== null && facts['dimensions'] === undefined
      ? signFor('value-missing', `the answer holds no embedding at ${where(vector)}`, ['dimensions', 'zero-vector'])
      : []),
  ];
};

const zeroSigns = (facts: Facts): readonly Sign[] =>
  facts['zero-vector'] === true
    ? signFor('index-degraded', 'the embedding is zero in all its dimensions', ['zero-vector', 'dimensions'])
    : [];
