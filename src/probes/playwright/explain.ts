import { isJsonObject, type Json } from '../../model/json.ts';
import type { Facts, Sign } from '../../model/observation.ts';

const MOST_NAMED = 3;

/** The tests of the facts. */
export const testsOf = (facts: Facts): readonly { readonly [name: string]: Json }[] => {
  const { tests } = facts;
  return Array.isArray(tests) ? tests.filter((test: Json) => isJsonObject(test)) : [];
};

/** The conditions that a run of specs can show. Pure. */
export const explainPlaywright = (facts: Facts): readonly Sign[] => {
  const failed = testsOf(facts).filter(({ outcome }) => outcome === 'failed');
  const flaky = testsOf(facts).filter(({ outcome }) => outcome === 'flaky');
  const { errors } = facts;
  const [broken] = Array.isArray(errors) ? errors : [];
  return [
    ...(failed.length === 0
      ? []
      : [
          {
            code: 'assertion-failed',
            fact: 'failed',
            message: `${countText(failed.length)} failed: ${named(failed)}`,
          } as const,
        ]),
    ...(flaky.length === 0
      ? []
      : [{ code: 'assertion-failed', fact: 'flaky', message: `passed only at a later try: ${named(flaky)}` } as const]),
    ...(typeof broken === 'string'
      ? [{ code: 'exit-code', fact: 'errors', message: `the specs cannot be run: ${broken}` } as const]
      : []),
    ...(facts['total'] === 0
      ? [{ code: 'nothing-asserted', fact: 'passed', message: 'no test was found, so nothing was asserted' } as const]
      : []),
  ];
};

const countText = (count: number): string => (count === 1 ? 'a test' : `${count} tests`);

const named = (tests: readonly { readonly [name: string]: Json }[]): string => {
  const shown = tests.slice(0, MOST_NAMED).map(({ title, file, line, error }) => {
    const why = typeof error === 'string' && error !== '' ? `: ${error.split('\n')[0]}` : '';
    return `"${String(title)}" (${String(file)}:${String(line)})${why}`;
  });
  return `${shown.join('; ')}${tests.length > MOST_NAMED ? `; and ${tests.length - MOST_NAMED} more` : ''}`;
};
