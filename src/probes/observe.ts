import type { JsonObject } from '../model/json.ts';
import type { Facts, Observation, Sign } from '../model/observation.ts';
import type { ReasonCode } from '../model/reason-code.ts';
import { boundedLook, type LookEnd, type StopCode } from './bounded-look.ts';
import { jsonFlaw } from './json-flaw.ts';
import { localLimit } from './local-limit.ts';
import { CouldNotLook, type Look, type ProbeContext, type ProbeWorld } from './probe.ts';
import { probes } from './registry.ts';

/** What the dispatcher needs to know of a check. The spec was validated by the kind's schema when it was loaded. */
export type LookOrder = {
  readonly kind: string;
  readonly spec: JsonObject;
  readonly timeoutMs: number;
  /** Facts that are asked about. */
  readonly asked: readonly string[];
};

/** A probe kind as far as the dispatcher uses it, after its spec's own type is forgotten. */
type Dispatchable = {
  readonly explain: (facts: Facts, spec: JsonObject) => readonly Sign[];
  readonly load: () => Promise<{ readonly look: Look<JsonObject> }>;
};

type Kinds = { readonly [kind: string]: unknown };

/**
 * Looks once at what a check names, and turns whatever happens into an observation. Never rejects, and ends at most
 * 250 ms after the check's timeout or the run's end. The run's signal carries `deadline` as its reason when the run
 * has no more time; any other reason is a cancellation.
 */
export const observe = async (
  check: LookOrder,
  world: ProbeWorld,
  runSignal: AbortSignal,
  kinds: Kinds = probes,
): Promise<Observation> => {
  const kind = Object.hasOwn(kinds, check.kind) ? kinds[check.kind] : undefined;
  if (!isDispatchable(kind)) return unobserved('probe-crashed', `there is no probe of the kind "${check.kind}"`);
  try {
    const { look } = await kind.load();
    const end = await boundedLook(
      async (signal) => timed(look, check, { ...world, signal, timeoutMs: check.timeoutMs, asked: check.asked }),
      check.timeoutMs,
      runSignal,
    );
    return withSigns(observationOf(end, check.timeoutMs), kind, check.spec);
  } catch (error) {
    return trouble(error);
  }
};

/**
 * The one place where the type of a spec is taken on trust. A plan holds specs of all kinds as `JsonObject`, and the
 * compiler cannot follow that the schema which validated this spec at load belongs to the kind of the same name. The
 * name is looked up as an own property of the registry, so what is narrowed here is always a definition out of it.
 */
const isDispatchable = (kind: unknown): kind is Dispatchable =>
  typeof kind === 'object' && kind !== null && 'explain' in kind && 'load' in kind;

const timed = async (look: Look<JsonObject>, check: LookOrder, context: ProbeContext): Promise<Facts> => {
  const startedMs = context.monotonicMs();
  const facts = await look(check.spec, context);
  const duration = Math.max(0, Math.round((context.monotonicMs() - startedMs) * 1000) / 1000);
  const flaw = flawOf(facts);
  if (flaw !== null) throw new Error(`the probe reported what is not JSON: ${flaw}`);
  return Object.hasOwn(facts, 'duration') ? facts : { ...facts, duration };
};

const flawOf = (facts: unknown): string | null =>
  typeof facts !== 'object' || facts === null || Array.isArray(facts) ? 'its facts are not an object' : jsonFlaw(facts);

/** A look that was told to stop proves nothing, whatever it still returns; what it saw stays as evidence. */
const observationOf = (end: LookEnd<Facts>, timeoutMs: number): Observation => {
  if (end.stop === 'timeout') {
    const message = `no result within ${timeoutMs} ms`;
    if (end.how === 'returned') return unobserved('timeout', message, end.value);
    if (end.how === 'gave-up') return unobserved('timeout', `${message}, and the probe did not stop when told to`);
    return end.error instanceof CouldNotLook ? trouble(end.error) : unobserved('timeout', message);
  }
  if (end.stop !== null) return unobserved(end.stop, stoppedText(end, end.stop), factsOf(end));
  if (end.how === 'returned') return { state: 'observed', facts: end.value, signs: [] };
  return trouble(end.error);
};

const STOPPED: { readonly [code in Exclude<StopCode, 'timeout'>]: string } = {
  cancelled: 'the run was stopped while this look was under way',
  'deadline-exceeded': 'the time for the whole run was over while this look was under way',
};

/** How far a look says that it was, when it knows that it was stopped. */
const stoppedText = (end: LookEnd<Facts>, stop: Exclude<StopCode, 'timeout'>): string =>
  end.how === 'threw' && end.error instanceof CouldNotLook && end.error.code === stop
    ? `${STOPPED[stop]}: ${end.error.message}`
    : STOPPED[stop];

const factsOf = (end: LookEnd<Facts>): Facts => {
  if (end.how === 'returned') return end.value;
  return end.how === 'threw' && end.error instanceof CouldNotLook ? plainFacts(end.error) : {};
};

const trouble = (error: unknown): Observation => {
  const limit = localLimit(error);
  if (limit !== null) {
    return unobserved('probe-crashed', `local resource limit (${limit}): this machine could not look`);
  }
  if (error instanceof CouldNotLook) return unobserved(error.code, error.message, plainFacts(error));
  const said = error instanceof Error ? `${error.name}: ${error.message}` : 'it threw what is not an error';
  return unobserved('probe-crashed', `the probe crashed: ${said}`);
};

/** What was seen before a look had to stop; nothing when it is not plain JSON, because the reason must not be lost. */
const plainFacts = (error: CouldNotLook): Facts => (flawOf(error.facts) === null ? error.facts : {});

const unobserved = (code: ReasonCode, message: string, facts: Facts = {}): Observation => ({
  state: 'unobserved',
  code,
  message,
  facts,
  signs: [],
});

/** A kind that cannot explain what was observed has crashed; one that cannot explain a failed look only adds nothing. */
const withSigns = (observation: Observation, kind: Dispatchable, spec: JsonObject): Observation => {
  try {
    return { ...observation, signs: kind.explain(observation.facts, spec) };
  } catch (error) {
    return observation.state === 'observed' ? { ...trouble(error), facts: observation.facts } : observation;
  }
};
