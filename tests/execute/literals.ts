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
  runbook: null,
  priority: null,
  deadline: null,
  missing: [],
  source: { file: 'gonogo.yaml', line: 1, column: 1 },
  sections: { own: null, byCode: {}, default: null },
  ...more,
});

/** A plan of these checks, without limits that matter. */
export const planOf = (checks: readonly PlannedCheck[], more: Partial<Plan> = {}): Plan => ({
  name: 'Launch',
  environment: null,
  configDigest: 'digest',
  checks,
  gates: [],
  owners: {},
  components: {},
  sections: {},
  notSelected: [],
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
    redact: (value) => value,
    emit: (event) => events.push(event),
    ...more,
  };
  return { ports, events, sleeps, clock };
};

/** Lets everything that can go on without a timer go on. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
