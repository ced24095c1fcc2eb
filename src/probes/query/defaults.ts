import { answerDefaults, signatureDefaults, statedDefaults } from '../answer/defaults.ts';
import { goldenDefaults } from '../answer/golden/golden-defaults.ts';
import { httpDefaults } from '../http/kind.ts';
import type { DefaultExpectation } from '../probe.ts';
import { dialectOf, purposeOf } from './dialect.ts';
import type { Spec } from './schema.ts';

const NO_ERROR: DefaultExpectation = {
  fact: 'is-error',
  matcher: 'equals',
  expected: false,
  level: 'expect',
  code: null,
};

const VECTOR: readonly DefaultExpectation[] = [
  { fact: 'dimensions', matcher: 'at-least', expected: 1, level: 'expect', code: null },
  { fact: 'zero-vector', matcher: 'equals', expected: false, level: 'expect', code: null },
];

/** What is asked of one answer, by what it is: an embedding has no hits, and neither has the size of a collection. */
const ofOneAnswer = (spec: Spec): readonly DefaultExpectation[] => {
  const purpose = purposeOf(dialectOf(spec));
  if (purpose === 'hits') return answerDefaults(spec);
  const { documents } = dialectOf(spec).reading.paths;
  const stated = statedDefaults({ ...spec, documents: documents?.[0] });
  return [NO_ERROR, ...signatureDefaults, ...stated, ...(purpose === 'vector' ? VECTOR : [])];
};

/** What a check of this kind asks: success over HTTP and of the answer, or of all answers to a golden set. */
export const defaults = (spec: Spec): readonly DefaultExpectation[] =>
  spec.golden === undefined ? [...httpDefaults, ...ofOneAnswer(spec)] : goldenDefaults(spec.golden, spec);
