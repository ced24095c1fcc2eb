import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import { look as lookOverHttp, lookByFamily } from '../http/look.ts';
import type { Look } from '../probe.ts';
import { healthFacts } from './facts.ts';
import { readHealth } from './read-health.ts';
import type { HealthAnswer } from './reading.ts';
import type { Spec } from './schema.ts';

const lookOnce: Look<Spec> = async (spec, context) => {
  const facts = await lookOverHttp(spec, context);
  const answer = answerOf(facts, context.now());
  return answer === null
    ? facts
    : { ...facts, health: healthFacts(readHealth(answer, spec.format ?? 'auto'), spec.require ?? []) };
};

/** What the families must say alike of health: components may come and go between two looks, what is judged may not. */
const healthEssence = ({ health }: Facts): JsonObject => {
  if (!isJsonObject(health)) return {};
  const { status = null, disagreements = [], contradictions = [], missing = [] } = health;
  return { health: { status, disagreements, contradictions, missing } };
};

/** Looks as `http` does, and adds what the body says about health as the fact `health`. */
export const look: Look<Spec> = (spec, context) =>
  lookByFamily(spec, context, (one) => lookOnce(one, context), healthEssence);

const answerOf = ({ status, headers, body, json }: Facts, at: Date): HealthAnswer | null =>
  typeof status === 'number'
    ? { status, headers: textsOf(headers), body: typeof body === 'string' ? body : undefined, json, at }
    : null;

const textsOf = (headers: Json | undefined): HealthAnswer['headers'] =>
  isJsonObject(headers)
    ? Object.fromEntries(
        Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
      )
    : {};
