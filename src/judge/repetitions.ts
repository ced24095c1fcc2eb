import { OUTCOMES } from '../model/outcome.ts';
import type { CheckResult } from '../model/run.ts';

const REPETITION = /^(.*)#\d+$/;

type Counted = Pick<CheckResult, 'id' | 'outcome' | 'flaky'>;

/** What became of checks that were repeated: one sentence for each of which not all were a clean pass, and one for the rest. */
export const repetitionTexts = (results: readonly Counted[]): readonly string[] => {
  const groups = Map.groupBy(
    results.filter(({ id }) => REPETITION.test(id)),
    ({ id }) => id.replace(REPETITION, '$1'),
  );
  const told = [...groups].map(
    ([id, all]) => [id, all, all.filter(({ outcome, flaky }) => outcome !== 'pass' || flaky)] as const,
  );
  const clean = told.filter(([, , unclean]) => unclean.length === 0);
  const times = clean[0]?.[1].length ?? 0;
  return [
    ...told.filter(([, , unclean]) => unclean.length > 0).map(([id, all]) => `${id}: ${countsOf(all)}`),
    ...(clean.length > 0 ? [`passed ${times} of ${times} times: ${clean.map(([id]) => id).join(', ')}`] : []),
  ];
};

const WORDS: { readonly [outcome in CheckResult['outcome']]: string } = {
  pass: 'passed',
  warn: 'warned',
  fail: 'failed',
  unknown: 'unknown',
  blocked: 'blocked',
  skipped: 'skipped',
};

/** `3 of 10 failed, 1 of 10 unknown, 2 of 10 flaky`, worst first; those that passed are the rest. */
const countsOf = (all: readonly Counted[]): string => {
  const counts = OUTCOMES.filter((outcome) => outcome !== 'pass').map(
    (outcome) => [all.filter((one) => one.outcome === outcome).length, WORDS[outcome]] as const,
  );
  const flaky = all.filter((one) => one.outcome === 'pass' && one.flaky).length;
  return [...counts.toSorted(byWeight), [flaky, 'passed only when tried again'] as const]
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} of ${all.length} ${word}`)
    .join(', ');
};

const WEIGHT: readonly string[] = ['failed', 'unknown', 'blocked', 'skipped', 'warned'];

const byWeight = (a: readonly [number, string], b: readonly [number, string]): number =>
  WEIGHT.indexOf(a[1]) - WEIGHT.indexOf(b[1]);
