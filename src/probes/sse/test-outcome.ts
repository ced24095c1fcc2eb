import { evaluate } from '../../matchers/evaluate.ts';
import type { ExpectationResult } from '../../matchers/expectation.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Observation } from '../../model/observation.ts';
import { observe } from '../observe.ts';
import type { DefaultExpectation, ProbeContext } from '../probe.ts';
import { testWorld } from '../test-context.ts';

/** For tests: as much of a kind as it takes to look and to ask what it asks by default. */
type Kind<Spec> = {
  readonly kind: string;
  readonly defaults: (spec: Spec) => readonly DefaultExpectation[];
  readonly lastsMs?: (spec: Spec) => number;
  readonly load: () => Promise<unknown>;
};

export type TestAttempt = {
  readonly number: number;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly observation: Observation;
  readonly results: readonly ExpectationResult[];
};

/**
 * For tests: one attempt at a check of a kind with nothing but its default expectations, through the dispatcher, as a
 * run makes it. `timeoutMs` is the timeout of the check.
 */
export const attemptAt = async <Spec>(
  kind: Kind<Spec>,
  spec: Spec,
  {
    timeoutMs = 2000,
    runSignal = new AbortController().signal,
    ...world
  }: Partial<ProbeContext> & {
    readonly runSignal?: AbortSignal;
  } = {},
): Promise<TestAttempt> => {
  const expectations = kind.defaults(spec).map((one) => ({ ...one, source: null }));
  // As it comes out of a plan: plain JSON.
  const written: JsonObject = JSON.parse(JSON.stringify(spec));
  const lastsMs = kind.lastsMs?.(spec) ?? 0;
  const order = { kind: kind.kind, spec: written, timeoutMs: timeoutMs + lastsMs, expectations, asked: [] };
  await kind.load();
  const startedMs = performance.now();
  const observation = await observe(order, { ...testWorld, ...world }, runSignal, { [kind.kind]: kind });
  const { facts } = observation;
  return {
    number: 1,
    startedAt: new Date().toISOString(),
    durationMs: performance.now() - startedMs,
    observation,
    results: observation.state === 'observed' ? expectations.map((one) => evaluate(one, facts, new Date())) : [],
  };
};
