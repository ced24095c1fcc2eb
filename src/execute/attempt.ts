import type { Capture, Captured } from '../config/config.ts';
import { evaluate } from '../matchers/evaluate.ts';
import type { Expectation, ExpectationResult } from '../matchers/expectation.ts';
import { showTyped } from '../matchers/show.ts';
import { isJsonObject } from '../model/json.ts';
import type { Observation } from '../model/observation.ts';
import type { PlannedCheck } from '../plan/plan.ts';
import type { Session } from '../probes/session.ts';
import { readCaptures } from './captures.ts';
import type { Attempt } from './event.ts';
import type { Ports } from './ports.ts';
import { redactAttempt } from './redact.ts';
import { decides, isAboutDuration, withDurations, worstLook, type Look } from './samples.ts';

/** What makes a check a step: what it shares with the others, and what it leaves for them. */
export type StepPart = {
  readonly session: Session;
  readonly captures: readonly Capture[];
  readonly take: (captured: Captured) => void;
};

/** Looks, evaluates what was seen while it is whole, and returns the attempt as it may be written down. */
export const makeAttempt = async (
  check: PlannedCheck,
  number: number,
  ports: Ports,
  signal: AbortSignal,
  part: StepPart | null = null,
): Promise<Attempt> => {
  const startedAt = ports.now().toISOString();
  const startedMs = ports.monotonicMs();
  const observe = async (): Promise<Observation> => withDoubt(check, await ports.observe(check, signal, part));
  const look =
    check.samples > 1 ? await sample(check, observe, ports) : await lookOnce(check, () => true, observe, ports);
  const durationMs = elapsedMs(startedMs, ports);
  const captured = part === null ? look : withCaptures(look, part, ports);
  const stops = stopsAt(check, look, ports);
  const results = [...stops, ...captured.results];
  const final = stops.length > 0 || isUncertain(look) ? ({ final: true } as const) : {};
  return redactAttempt({ number, startedAt, durationMs, ...captured, results, ...final }, ports.redact);
};

/** What may have been done must not be done again. */
const isUncertain = ({ observation }: Look): boolean =>
  observation.state === 'unobserved' && observation.uncertain === true;

/** The conditions of polling that hold, as what is wrong: nothing will change any more. */
const stopsAt = ({ eventually }: PlannedCheck, { observation }: Look, ports: Ports): readonly ExpectationResult[] =>
  (observation.state === 'unobserved' ? [] : (eventually?.stop ?? []))
    .map((one) => [one, evaluate(one, observation.facts, ports.now())] as const)
    .filter(([, { held }]) => held)
    .map(([{ matcher, expected, ...one }, { actual }]) => ({
      ...evaluate({ ...one, matcher: 'not', expected: [{ matcher, expected }] }, observation.facts, ports.now()),
      ...{ held: false, break: 'different' },
      explanation: `${actual === undefined ? 'a missing value' : showTyped(actual)} ends the waiting: nothing will change any more`,
    }));

/** Takes what the step captures; what is not there breaks the step. A secret is hidden before anything is written. */
const withCaptures = (look: Look, { captures, session, take }: StepPart, ports: Ports): Look => {
  if (look.observation.state === 'unobserved') return look;
  const { captured, missing } = readCaptures(captures, look.observation.facts, session);
  for (const { name, secret } of captures) {
    const value = captured[name];
    if (secret && value !== undefined) ports.hide(typeof value === 'string' ? value : JSON.stringify(value));
  }
  take(captured);
  return { ...look, results: [...look.results, ...missing] };
};

/** What is said of a step that may have taken effect. */
export const IN_DOUBT = 'what was sent may have taken effect, and nobody knows';

/** Where something may have changed and no answer came, nobody knows whether it did: that is no failure to be repeated. */
const withDoubt = ({ changes }: PlannedCheck, observation: Observation): Observation => {
  if (!changes || observation.state === 'observed' || !mayBeSent(observation)) return observation;
  const message = `${observation.message}; ${IN_DOUBT}`;
  return { ...observation, message, uncertain: true };
};

/** A look that was told to stop may tell nothing of how far it had come. */
const mayBeSent = ({ facts, code }: Extract<Observation, { readonly state: 'unobserved' }>): boolean => {
  const { timings } = facts;
  if (!isJsonObject(timings)) return code === 'cancelled' || code === 'deadline-exceeded';
  return timings['wait'] !== undefined || timings['request'] !== undefined;
};

/** Milliseconds since a monotonic time, to the microsecond, never negative. */
export const elapsedMs = (startedMs: number, ports: Ports): number =>
  Math.max(0, Math.round((ports.monotonicMs() - startedMs) * 1000) / 1000);

type Observe = () => Promise<Observation>;

const lookOnce = async (
  check: PlannedCheck,
  asks: (expectation: Expectation) => boolean,
  observe: Observe,
  ports: Ports,
): Promise<Look> => {
  const observation = await observe();
  return evaluated(observation, check.expectations.filter(asks), ports);
};

/** An evaluation that throws is our own fault: the check is not judged by half of its expectations. */
const evaluated = (observation: Look['observation'], expectations: readonly Expectation[], ports: Ports): Look => {
  if (observation.state === 'unobserved') return { observation, results: [] };
  try {
    const now = ports.now();
    return { observation, results: expectations.map((one) => evaluate(one, observation.facts, now)) };
  } catch (error) {
    const message = `the expectations could not be evaluated: ${error instanceof Error ? error.message : 'no reason given'}`;
    return { observation: { ...observation, state: 'unobserved', code: 'probe-crashed', message }, results: [] };
  }
};

/**
 * Many looks in one attempt, one after the other. A look that is unobserved or breaks what was asked of every look
 * decides the attempt at once; otherwise the durations of all are judged together with the facts of the worst or last.
 */
const sample = async (check: PlannedCheck, observe: Observe, ports: Ports): Promise<Look> => {
  const looks: Look[] = [];
  while (looks.length < check.samples) {
    const look = await lookOnce(check, ({ fact }) => !isAboutDuration(fact), observe, ports);
    if (decides(look)) return look;
    looks.push(look);
  }
  const worst = worstLook(looks);
  if (worst === null) return lookOnce(check, () => true, observe, ports);
  const { observation } = worst;
  return evaluated({ ...observation, facts: withDurations(observation.facts, looks) }, check.expectations, ports);
};
