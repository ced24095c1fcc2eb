import type { Expectation, ExpectationResult } from '../matchers/expectation.ts';
import { isEqual } from '../matchers/equality.ts';
import { phrase } from '../matchers/phrase.ts';
import { showTyped } from '../matchers/show.ts';
import type { Json } from '../model/json.ts';
import type { Facts, Observation, Sign } from '../model/observation.ts';
import type { RecordedCheck, RecordedPlan } from '../plan/plan.ts';
import type { Attempt } from './event.ts';
import { excerptFacts, excerptText, excerptValue } from './excerpt.ts';
import type { Ports } from './ports.ts';

type Redact = Ports['redact'];

const MOST_SIGNS = 100;

/**
 * An attempt as it may leave the process: without secrets, and cut to an excerpt. Secrets go first, because a cut
 * could leave the half of one. What the judge compares (codes, levels, names of facts) stays as it is.
 */
export const redactAttempt = (attempt: Attempt, redact: Redact): Attempt => ({
  ...attempt,
  observation: redactObservation(attempt.observation, redact),
  results: attempt.results.map((result) => redactResult(result, redact)),
});

const redactObservation = (observation: Observation, redact: Redact): Observation => {
  const facts = excerptFacts(redactFacts(observation.facts, redact));
  const signs = observation.signs.slice(0, MOST_SIGNS).map((sign) => redactSign(sign, redact));
  return observation.state === 'observed'
    ? { ...observation, facts, signs }
    : { ...observation, facts, signs, message: excerptText(redact(observation.message)) };
};

/** The names of facts are the probe's own; everything under them comes from the target. */
const redactFacts = (facts: Facts, redact: Redact): Facts =>
  Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, redact(value)]));

const redactSign = (sign: Sign, redact: Redact): Sign => ({
  ...sign,
  fact: redactFactName(sign.fact, redact),
  message: excerptText(redact(sign.message)),
});

const redactResult = (result: ExpectationResult, redact: Redact): ExpectationResult => {
  const expected = redact(result.expected);
  const actual = result.actual === undefined ? undefined : redact(result.actual);
  const touched =
    !isEqual(expected, result.expected) || (actual !== undefined && !isEqual(actual, result.actual ?? null));
  return {
    ...result,
    fact: redactFactName(result.fact, redact),
    expected: excerptValue(expected),
    ...(actual === undefined ? {} : { actual: excerptValue(actual) }),
    explanation: excerptText(touched ? explainAgain({ ...result, expected }, actual) : redact(result.explanation)),
  };
};

/** An explanation shows cut values, and a cut can leave the half of a secret: so it is made again, of redacted ones. */
const explainAgain = (result: ExpectationResult, actual: Json | undefined): string => {
  if (result.held) return '';
  return `${actual === undefined ? 'a missing value' : showTyped(actual)} ${phrase(result, null, true)}`;
};

/** A JSONPath is the user's text, and may hold a secret; every other name is out of a fact table. */
const redactFactName = (fact: string, redact: Redact): string => (fact.startsWith('$') ? redact(fact) : fact);

/** A plan as it may leave the process: no secret in any text that a person wrote; ids and codes stay as they are. */
export const redactPlan = (plan: RecordedPlan, redact: Redact): RecordedPlan => ({
  ...plan,
  name: redact(plan.name),
  checks: plan.checks.map((check) => redactCheck(check, redact)),
  scenarios: plan.scenarios.map((scenario) => ({
    ...scenario,
    title: redact(scenario.title),
    steps: scenario.steps.map((step) => ({ ...step, check: redactCheck(step.check, redact) })),
    cleanup: scenario.cleanup.map((step) => ({ ...step, check: redactCheck(step.check, redact) })),
  })),
  manual: plan.manual.map((item) => ({
    ...item,
    title: redact(item.title),
    signOffs: item.signOffs.map((one) => ({ ...one, note: redact(one.note) })),
  })),
  waivers: plan.waivers.map((one) => ({ ...one, reason: redact(one.reason) })),
  items: plan.items.map((item) => ({ ...item, title: redact(item.title) })),
  risks: plan.risks.map((risk) => ({
    ...risk,
    title: redact(risk.title),
    impact: redact(risk.impact),
    mitigation: redact(risk.mitigation),
  })),
  gates: plan.gates.map((gate) => ({ ...gate, title: redact(gate.title) })),
  owners: mapValues(plan.owners, (owner) => ({
    ...owner,
    contact: redact(owner.contact),
    escalation: redact(owner.escalation),
  })),
  components: mapValues(plan.components, (component) => ({ ...component, title: redact(component.title) })),
  sections: mapValues(plan.sections, (section) => ({
    ...section,
    title: redact(section.title),
    steps: redact(section.steps),
  })),
  notSelected: plan.notSelected.map(({ id, why }) => ({ id, why: redact(why) })),
});

const redactCheck = (check: RecordedCheck, redact: Redact): RecordedCheck => ({
  ...check,
  title: redact(check.title),
  target: redact(check.target),
  host: redact(check.host),
  tryCommand: redact(check.tryCommand),
  expectations: check.expectations.map((one) => redactExpectation(one, redact)),
  eventually:
    check.eventually === null
      ? null
      : { ...check.eventually, stop: check.eventually.stop.map((one) => redactExpectation(one, redact)) },
});

const redactExpectation = (expectation: Expectation, redact: Redact): Expectation => ({
  ...expectation,
  fact: redactFactName(expectation.fact, redact),
  expected: redact(expectation.expected),
});

const mapValues = <T>(entries: { readonly [key: string]: T }, change: (value: T) => T): { readonly [key: string]: T } =>
  Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, change(value)]));
