import { isJsonObject, type Json } from '../../model/json.ts';
import type { Facts, Sign } from '../../model/observation.ts';

const MOST_NAMED = 3;

type Test = { readonly [name: string]: Json };

const testsOf = ({ tests }: Facts, outcome: string): readonly Test[] =>
  (Array.isArray(tests) ? tests : []).filter((test: Json) => isJsonObject(test) && test['outcome'] === outcome);

const countOf = (facts: Facts, name: string): number => {
  const value = facts[name];
  return typeof value === 'number' ? value : 0;
};

const tests = (count: number): string => (count === 1 ? 'a test' : `${count} tests`);

/** The first of the tests by title and place, each with what went wrong. */
const named = (shown: readonly Test[], count: number): string => {
  const first = shown.slice(0, MOST_NAMED).map(({ title, file, line, message }) => {
    const why = typeof message === 'string' && message !== '' ? `: ${message}` : '';
    return `"${String(title)}" (${String(file)}:${String(line)})${why}`;
  });
  const more = count - first.length;
  return `${first.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
};

const failedSigns = (facts: Facts): readonly Sign[] => {
  const count = countOf(facts, 'failed');
  if (count === 0) return [];
  const message = `${tests(count)} failed: ${named(testsOf(facts, 'failed'), count)}`;
  return ['failed', 'passed', 'exit-code'].map((fact) => ({ code: 'assertion-failed', fact, message }));
};

const flakySigns = (facts: Facts): readonly Sign[] => {
  const count = countOf(facts, 'flaky');
  if (count === 0) return [];
  const message = `${tests(count)} passed only at a later try: ${named(testsOf(facts, 'flaky'), count)}`;
  return [{ code: 'assertion-failed', fact: 'flaky', message }];
};

/** Specs that cannot be run prove nothing of what they are about. */
const errorSigns = (facts: Facts): readonly Sign[] => {
  const { errors } = facts;
  const [first, ...others] = Array.isArray(errors) ? errors : [];
  if (typeof first !== 'string') return [];
  const lines = first.split('\n').filter((line) => line.trim() !== '');
  const more = others.length > 0 ? `; and ${others.length} more` : '';
  const message = `the specs could not be run to their end: ${lines.slice(0, 2).join(' ').trim()}${more}`;
  const ran = countOf(facts, 'failed') > 0;
  return ['errors', 'not-run', ...(ran ? [] : ['passed', 'exit-code'])].map((fact) => ({
    code: 'not-run',
    fact,
    message,
  }));
};

const emptySigns = (facts: Facts): readonly Sign[] => {
  const total = countOf(facts, 'total');
  const skipped = countOf(facts, 'skipped');
  if (total > 0 && skipped < total) return [];
  const message =
    total === 0
      ? 'no test was found, so nothing was asserted'
      : `the specs leave out ${total === 1 ? 'their only test' : `all of their ${total} tests`}, so nothing was asserted`;
  return ['passed', 'exit-code'].map((fact) => ({ code: 'nothing-asserted', fact, message }));
};

const unfinishedSigns = (facts: Facts): readonly Sign[] => {
  const count = countOf(facts, 'not-run');
  if (count === 0) return [];
  return [{ code: 'not-run', fact: 'not-run', message: `${tests(count)} of ${countOf(facts, 'total')} never ran` }];
};

const unassertedSigns = (facts: Facts): readonly Sign[] => {
  const count = countOf(facts, 'unasserted');
  if (count === 0) return [];
  const message = `${tests(count)} passed without a single expect: what does not ask proves nothing`;
  return [{ code: 'nothing-asserted', fact: 'unasserted', message }];
};

/** The conditions that a run of specs can show. Pure. */
export const explainPlaywright = (facts: Facts): readonly Sign[] =>
  facts['total'] === undefined
    ? []
    : [
        ...failedSigns(facts),
        ...flakySigns(facts),
        ...errorSigns(facts),
        ...emptySigns(facts),
        ...unfinishedSigns(facts),
        ...unassertedSigns(facts),
      ];
