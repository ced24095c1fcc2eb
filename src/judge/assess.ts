import type { Attempt } from '../execute/event.ts';
import type { Assessment } from '../execute/ports.ts';
import type { Break, ExpectationResult } from '../matchers/expectation.ts';
import { LAYERS, type Layer } from '../model/layer.ts';
import type { Sign } from '../model/observation.ts';
import type { Level } from '../model/outcome.ts';
import type { ReasonCode } from '../model/reason-code.ts';
import { catalogue } from './catalogue.ts';

/** What one attempt comes to, and why: the reason is the broken expectation of the outermost layer. */
export type AttemptAssessment = Assessment & {
  /** Null for a pass. */
  readonly layer: Layer | null;
  /** One sentence; empty for a pass. */
  readonly message: string;
  /** Every reason why it is not a pass, each once: a waiver has to cover them all. */
  readonly codes: readonly ReasonCode[];
};

const PASS: AttemptAssessment = { outcome: 'pass', code: null, transient: false, layer: null, message: '', codes: [] };

/** Judges one attempt by its observation and expectations alone. An attempt that asserted nothing is not a pass. */
export const assessAttempt = ({ observation, results }: Attempt): AttemptAssessment => {
  if (observation.state === 'unobserved') {
    const reason = because(observation.code, observation.message);
    return observation.uncertain === true && reason.outcome === 'fail'
      ? { ...reason, outcome: 'unknown', transient: false }
      : reason;
  }
  if (!results.some(({ level }) => level === 'expect')) {
    return because('nothing-asserted', 'the look succeeded, but no expectation was held against it');
  }
  const failure = firstReason(results, 'expect', observation.signs);
  if (failure !== null)
    return { ...because(failure.code, failure.message), codes: allCodes(results, 'expect', observation.signs) };
  const warning = firstReason(results, 'warn', observation.signs);
  return warning === null ? PASS : { ...because(warning.code, warning.message), outcome: 'warn', transient: false };
};

/** What a reason code makes of a check. */
export const because = (code: ReasonCode, message: string): AttemptAssessment => {
  const { outcome, transient, layer, title } = catalogue[code];
  return { outcome, code, transient, layer, message: message === '' ? title : message, codes: [code] };
};

type Reason = { readonly code: ReasonCode; readonly message: string };

const firstReason = (results: readonly ExpectationResult[], level: Level, signs: readonly Sign[]): Reason | null => {
  return outermost(reasonsOf(results, level, signs));
};

const reasonsOf = (results: readonly ExpectationResult[], level: Level, signs: readonly Sign[]): readonly Reason[] =>
  results.filter((result) => !result.held && result.level === level).map((result) => reasonOf(result, signs));

const allCodes = (
  results: readonly ExpectationResult[],
  level: Level,
  signs: readonly Sign[],
): readonly ReasonCode[] => [...new Set(reasonsOf(results, level, signs).map(({ code }) => code))];

/** The reason of the outermost layer; among equals the first. */
const outermost = <R extends { readonly code: ReasonCode }>(reasons: readonly R[]): R | null =>
  reasons.reduce<R | null>((best, reason) => (best !== null && depth(best) <= depth(reason) ? best : reason), null);

const depth = ({ code }: { readonly code: ReasonCode }): number => LAYERS.indexOf(catalogue[code].layer);

const reasonOf = (result: ExpectationResult, signs: readonly Sign[]): Reason => {
  const sign = outermost(signs.filter(({ fact }) => isAbout(fact, result.fact)));
  if (sign !== null) return sign;
  return {
    code: result.code ?? BY_BREAK[result.break ?? 'different'],
    message: `${result.fact}: ${result.explanation}`,
  };
};

const BY_BREAK: { readonly [Kind in Break]: ReasonCode } = {
  missing: 'value-missing',
  type: 'type-mismatch',
  different: 'assertion-failed',
};

/**
 * A sign explains a fact when one of the two names holds the other; what is wrong with a body is wrong with its JSON
 * too, and not the other way round: a plain text is no worse for not being JSON.
 */
const isAbout = (shown: string, expected: string): boolean =>
  shown === expected ||
  expected.startsWith(`${shown}.`) ||
  shown.startsWith(`${expected}.`) ||
  (isBody(shown) && isBody(expected) && !(shown === 'json' && expected === 'body'));

const isBody = (fact: string): boolean => fact === 'json' || fact === 'body' || fact.startsWith('$');
