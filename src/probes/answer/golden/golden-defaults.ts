import type { DefaultExpectation } from '../../probe.ts';
import { signatureDefaults, statedDefaults, type AskedOfAnswers } from '../defaults.ts';
import type { GoldenSpec } from '../problems.ts';

const asked = (
  fact: string,
  matcher: DefaultExpectation['matcher'],
  expected: boolean | number,
  level: DefaultExpectation['level'] = 'expect',
): DefaultExpectation => ({ fact, matcher, expected, level, code: null });

/** Without a baseline every question must be answered as it must be; `expect: hit-rate` says how many may not. */
const WITHOUT_BASELINE = [asked('hit-rate', 'at-least', 1)];

/** With one, no question may be worse than it was; what is better asks for a new baseline. */
const WITH_BASELINE = [
  asked('baseline-problem', 'exists', false),
  asked('hit-rate', 'above', 0),
  asked('lost', 'empty', true),
  asked('worse', 'empty', true),
  asked('new-misses', 'empty', true),
  asked('won', 'empty', true, 'warn'),
  asked('outdated', 'empty', true, 'warn'),
];

/** What is asked of the answers to a golden set. */
export const goldenDefaults = (golden: GoldenSpec, spec: AskedOfAnswers): readonly DefaultExpectation[] => [
  ...signatureDefaults,
  asked('errors', 'equals', 0),
  asked('answered', 'at-least', 1),
  asked('same-answer', 'equals', false),
  asked('flat-scores', 'equals', false, 'warn'),
  asked('not-abstained', 'empty', true),
  ...statedDefaults(spec),
  ...(golden.baseline === undefined ? WITHOUT_BASELINE : WITH_BASELINE),
];
