import { asksQuestion, valueAsksQuestion } from '../answer/placeholder.ts';
import { answerProblems, goldenProblems, jsonPathProblems, patternProblems } from '../answer/problems.ts';
import { httpHost } from '../http/address.ts';
import { methodOf } from '../http/policy.ts';
import { httpProblems } from '../http/problems.ts';
import type { SpecProblem } from '../probe.ts';
import { asks, withQuestion } from './ask.ts';
import { dialectOf, purposeOf } from './dialect.ts';
import type { Spec } from './schema.ts';

const PATHS = ['answer', 'ids', 'scores', 'error', 'vector'] as const;

/** What can be known to be wrong before a question is asked. */
export const problems = (spec: Spec): readonly SpecProblem[] => {
  const { family, ...request } = withQuestion(spec, 'question');
  return [
    ...httpProblems({ ...request, ...(family === undefined ? {} : { family }) }),
    ...questionProblems(spec),
    ...placeProblems(spec),
    ...answerProblems(spec),
    ...PATHS.flatMap((key) => jsonPathProblems([key], spec[key])),
    ...(spec['is-error'] ?? []).flatMap((pattern, index) => patternProblems(['is-error', index], pattern)),
    ...goldenProblems(spec.golden),
    ...(methodOf(spec) === 'HEAD' ? [{ path: ['method'], message: 'is HEAD: a query reads the body' }] : []),
  ];
};

const questionProblems = (spec: Spec): readonly SpecProblem[] => {
  const { question, golden, sentinel } = spec;
  const given = question !== undefined || golden !== undefined;
  const key = question === undefined ? 'golden' : 'question';
  const unsent = given && !asks(spec);
  const both = question !== undefined && golden !== undefined;
  return [
    ...(both ? [{ path: ['question'], message: 'stands beside golden:, which brings its own questions' }] : []),
    ...(unsent
      ? [{ path: [key], message: 'is never asked: write {{question}} in url, query, json, form or body' }]
      : []),
    ...(!given && asks(spec) ? [{ path: [], message: 'holds {{question}} and needs question: or golden:' }] : []),
    ...(question?.isWellFormed() === false ? [{ path: ['question'], message: 'holds half of a surrogate pair' }] : []),
    ...sentinelProblems(question, golden !== undefined, sentinel),
    ...(golden !== undefined && purposeOf(dialectOf(spec)) !== 'hits'
      ? [{ path: ['golden'], message: 'needs answers with hits or words, which this dialect does not have' }]
      : []),
  ];
};

/** A service that repeats the question would always seem to know the sentinel. */
const sentinelProblems = (
  question: string | undefined,
  golden: boolean,
  sentinel: string | undefined,
): readonly SpecProblem[] => {
  if (sentinel === undefined) return [];
  const path = ['sentinel'];
  if (golden) return [{ path, message: 'stands beside golden:; ask for it in a check of its own' }];
  return question?.includes(sentinel) === true
    ? [{ path, message: 'stands in the question already: an answer that repeats it would prove nothing' }]
    : [];
};

/** The question has no place in a header or a credential, and may not choose the host. */
const placeProblems = (spec: Spec): readonly SpecProblem[] => {
  const headers = Object.entries(spec.headers ?? {}).flatMap(([name, value]) =>
    valueAsksQuestion(value) ? [{ path: ['headers', name], message: 'cannot hold {{question}}' }] : [],
  );
  const moves = asksQuestion(spec.url) && httpHost(withQuestion(spec, 'a')) !== httpHost(withQuestion(spec, 'b'));
  return [...headers, ...(moves ? [{ path: ['url'], message: 'has {{question}} in its host' }] : [])];
};
