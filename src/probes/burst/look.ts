import type { Facts } from '../../model/observation.ts';
import { readPemFiles } from '../http/pem-files.ts';
import { toRequest } from '../http/request-from-spec.ts';
import { CouldNotLook, type Look } from '../probe.ts';
import { burstFacts, recoveryFacts } from './facts.ts';
import { type Burst, fire, Stopped } from './fire.ts';
import { burstPlan } from './plan.ts';
import { recover } from './recovery.ts';
import type { Spec } from './schema.ts';
import { isAnswered, type Shot, shoot } from './shot.ts';

/** A burst of which nothing was answered shows nothing of a limit: the first failure says why. */
const refuseUnanswered = ({ shots }: Burst, facts: Facts): void => {
  const [first] = shots.toSorted((a, b) => a.number - b.number);
  if (first === undefined || shots.some(isAnswered) || isAnswered(first)) return;
  const { code, message } = first.failure;
  throw new CouldNotLook(code, message, { ...first.failure.facts, ...facts }, { cause: first.failure });
};

/** What was seen before the look had to stop goes along with the reason. */
const withFacts = (error: unknown, facts: Facts, signal: AbortSignal): unknown => {
  const cause = error instanceof Stopped ? error.cause : error;
  if (cause instanceof CouldNotLook) {
    return new CouldNotLook(cause.code, cause.message, { ...cause.facts, ...facts }, { cause });
  }
  return signal.aborted ? new CouldNotLook('timeout', 'stopped in the middle of the burst', facts, { cause }) : cause;
};

/** Sends the burst and, when something was limited or failed, one request more to see that the service recovers. */
export const look: Look<Spec> = async (spec, context) => {
  const plan = burstPlan(spec);
  const request = toRequest({ ...spec, tls: await readPemFiles(spec.tls ?? {}) });
  const send = (number: number, signal: AbortSignal): Promise<Shot> => shoot(request, number, { ...context, signal });
  const method = { method: request.method };
  let facts: Facts = method;
  try {
    const burst = await fire(plan, send, context);
    facts = { ...method, ...burstFacts(burst) };
    refuseUnanswered(burst, facts);
    return { ...facts, ...recoveryFacts(await recover(burst, plan, send, context)) };
  } catch (error) {
    throw withFacts(
      error,
      error instanceof Stopped ? { ...method, ...burstFacts(error.burst) } : facts,
      context.signal,
    );
  }
};
