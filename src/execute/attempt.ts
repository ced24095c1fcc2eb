import { evaluate } from '../matchers/evaluate.ts';
import type { Expectation } from '../matchers/expectation.ts';
import type { PlannedCheck } from '../plan/plan.ts';
import type { Attempt } from './event.ts';
import type { Ports } from './ports.ts';
import { redactAttempt } from './redact.ts';
import { decides, isAboutDuration, withDurations, worstLook, type Look } from './samples.ts';

/** Looks, evaluates what was seen while it is whole, and returns the attempt as it may be written down. */
export const makeAttempt = async (
  check: PlannedCheck,
  number: number,
  ports: Ports,
  signal: AbortSignal,
): Promise<Attempt> => {
  const startedAt = ports.now().toISOString();
  const startedMs = ports.monotonicMs();
  const look =
    check.samples > 1 ? await sample(check, ports, signal) : await lookOnce(check, () => true, ports, signal);
  const durationMs = elapsedMs(startedMs, ports);
  return redactAttempt({ number, startedAt, durationMs, ...look }, ports.redact);
};

/** Milliseconds since a monotonic time, to the microsecond, never negative. */
export const elapsedMs = (startedMs: number, ports: Ports): number =>
  Math.max(0, Math.round((ports.monotonicMs() - startedMs) * 1000) / 1000);

const lookOnce = async (
  check: PlannedCheck,
  asks: (expectation: Expectation) => boolean,
  ports: Ports,
  signal: AbortSignal,
): Promise<Look> => {
  const observation = await ports.observe(check, signal);
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
const sample = async (check: PlannedCheck, ports: Ports, signal: AbortSignal): Promise<Look> => {
  const looks: Look[] = [];
  while (looks.length < check.samples) {
    const look = await lookOnce(check, ({ fact }) => !isAboutDuration(fact), ports, signal);
    if (decides(look)) return look;
    looks.push(look);
  }
  const worst = worstLook(looks);
  if (worst === null) return lookOnce(check, () => true, ports, signal);
  const { observation } = worst;
  return evaluated({ ...observation, facts: withDurations(observation.facts, looks) }, check.expectations, ports);
};
