import { executePlan } from '../../src/execute/execute-plan.ts';
import type { Attempt, RunEvent } from '../../src/execute/event.ts';
import type { Assessment, Ports } from '../../src/execute/ports.ts';
import type { Expectation } from '../../src/matchers/expectation.ts';
import type { Facts, Observation } from '../../src/model/observation.ts';
import type { ReasonCode } from '../../src/model/reason-code.ts';
import type { Plan, PlannedCheck } from '../../src/plan/plan.ts';

/** `status equals 200`, or what else a test asks. */
export const expectation = (more: Partial<Expectation> = {}): Expectation => ({
  fact: 'status',
  matcher: 'equals',
  expected: 200,
  level: 'expect',
  code: null,
  source: null,
  ...more,
});

/** A check that asks for status 200, once. */
export const plannedCheck = (id: string, more: Partial<PlannedCheck> = {}): PlannedCheck => ({
  id,
  title: `Title of ${id}`,
  kind: 'http',
  spec: { url: 'http://127.0.0.1:1/' },
  target: 'http://127.0.0.1:1/',
  host: null,
  layers: ['tcp', 'http'],
  tryCommand: null,
  component: null,
  owner: null,
  tags: [],
  needs: [],
  expectations: [expectation()],
  timeoutMs: 1000,
  retry: { attempts: 1, delayMs: 100 },
  eventually: null,
  samples: 1,
  mutex: null,
  heavy: false,
  maintenance: [],
  executes: false,
  changes: false,
  runbook: null,
  priority: null,
  deadline: null,
  missing: [],
  source: { file: 'gonogo.yaml', line: 1, column: 1 },
  sections: { own: null, byCode: {}, default: null },
  forbidden: null,
  ...more,
});

/** A plan of these checks, without limits that matter. */
export const planOf = (checks: readonly PlannedCheck[], more: Partial<Plan> = {}): Plan => ({
  name: 'Launch',
  environment: null,
  configDigest: 'digest',
  order: checks.map(({ id }) => id),
  checks,
  gates: [],
  owners: {},
  components: {},
  sections: {},
  notSelected: [],
  controls: [],
  manual: [],
  waivers: [],
  items: [],
  risks: [],
  waiverHorizonMs: 90 * 86_400_000,
  serviceLevels: {},
  scenarios: [],
  concurrency: 64,
  perHost: 64,
  deadlineMs: null,
  ...more,
});

/** An observation of these facts. */
export const observed = (facts: Facts): Observation => ({ state: 'observed', facts, signs: [] });

/** A look that could not look. */
export const unobserved = (code: ReasonCode): Observation => ({
  state: 'unobserved',
  code,
  message: `seen: ${code}`,
  facts: {},
  signs: [],
});

const TRANSIENT: ReadonlySet<ReasonCode> = new Set(['timeout', 'connect-reset', 'http-5xx']);
const UNKNOWN: ReadonlySet<ReasonCode> = new Set(['cancelled', 'deadline-exceeded', 'probe-crashed']);

/** A judge in a few lines: transient codes are transient, codes of the run are unknown, a broken status is final. */
export const assess = ({ observation, results }: Attempt): Assessment => {
  if (observation.state === 'unobserved') {
    const { code } = observation;
    return { outcome: UNKNOWN.has(code) ? 'unknown' : 'fail', code, transient: TRANSIENT.has(code) };
  }
  if (results.some(({ held, level }) => !held && level === 'expect')) {
    return { outcome: 'fail', code: 'assertion-failed', transient: false };
  }
  const warned = results.some(({ held }) => !held);
  return { outcome: warned ? 'warn' : 'pass', code: warned ? 'slow' : null, transient: false };
};

/** A world whose clock only moves when somebody sleeps; `events` and `sleeps` are what happened in it. */
export const literalWorld = (observe: Ports['observe'], more: Partial<Ports> = {}) => {
  const events: RunEvent[] = [];
  const sleeps: number[] = [];
  const clock = { ms: 0 };
  const ports: Ports = {
    now: () => new Date(Date.UTC(2026, 10, 21) + clock.ms),
    monotonicMs: () => clock.ms,
    sleep: async (ms) => {
      sleeps.push(ms);
      clock.ms += ms;
    },
    random: () => 0.5,
    observe,
    assess,
    hide: () => {},
    redact: (value) => value,
    emit: (event) => events.push(event),
    ...more,
  };
  return { ports, events, sleeps, clock };
};

/** Lets everything that can go on without a timer go on. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A run of no importance. */
export const run = { runId: '20261121-031502-k3f9', tool: { name: 'gonogo', version: '0.1.0' } };

/** A signal that nobody aborts. */
export const never = new AbortController().signal;

/** What a check of these literals passes with. */
export const good = observed({ status: 200 });

/** Checks that ask for nothing special, by id. */
export const named = (...ids: readonly string[]): PlannedCheck[] => ids.map((id) => plannedCheck(id));

/** The types of the events about one check. */
export const told = (events: readonly RunEvent[], id: string): readonly string[] =>
  events.filter((event) => 'id' in event && event.id === id).map(({ type }) => type);

/** Why a check was not run. */
export const notRun = (events: readonly RunEvent[], id: string) =>
  events.find((event) => event.type === 'check-not-run' && event.id === id);

/** Observations that the test lets happen: looks wait until `answer` is called for their check, or the run stops. */
const heldLooks = () => {
  const started: string[] = [];
  const waiting = new Map<string, (observation: Observation) => void>();
  const observe: Ports['observe'] = ({ id }, signal) =>
    new Promise((resolve) => {
      started.push(id);
      waiting.set(id, resolve);
      const code = () => (signal.reason === 'deadline' ? 'deadline-exceeded' : 'cancelled');
      signal.addEventListener('abort', () => resolve(unobserved(code())));
    });
  const answer = async (id: string, observation = good): Promise<void> => {
    waiting.get(id)?.(observation);
    await settle();
  };
  return { observe, started, answer };
};

/** Starts a run whose looks the test answers. */
export const startHeld = async (plan: Plan, signal = never, more: Partial<Ports> = {}) => {
  const looks = heldLooks();
  const world = literalWorld(looks.observe, more);
  const done = executePlan(plan, run, world.ports, signal);
  await settle();
  return { ...looks, ...world, done };
};

/** Carries a plan out in a literal world, and returns the world. */
export const execute = async (plan: Plan, observe: Ports['observe'], more: Partial<Ports> = {}) => {
  const world = literalWorld(observe, more);
  await executePlan(plan, run, world.ports, never);
  return world;
};
