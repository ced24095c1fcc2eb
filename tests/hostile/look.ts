import { loadConfig } from '../../src/config/load-config.ts';
import { makeAttempt } from '../../src/execute/attempt.ts';
import { assessAttempt } from '../../src/judge/assess.ts';
import type { Json } from '../../src/model/json.ts';
import type { Facts } from '../../src/model/observation.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import type { PlannedCheck } from '../../src/plan/plan.ts';
import { observe } from '../../src/probes/observe.ts';
import { testWorld } from '../../src/probes/test-context.ts';
import { clock } from '../../src/shell/clock.ts';
import type { Target } from './behaviour.ts';

/** What one attempt came to, as a report would tell it. */
export type Seen = {
  readonly outcome: Outcome;
  readonly code: string | null;
  readonly message: string;
  readonly durationMs: number;
  readonly facts: Facts;
};

const FILE = 'gonogo.yaml';

const written = ({ kind, url, spec, expect, timeoutMs }: Target): Json => ({
  [kind]: { url, ...spec },
  timeout: `${timeoutMs}ms`,
  ...(Object.keys(expect).length === 0 ? {} : { expect }),
});

/** The checks of targets as one run would plan them. */
export const planned = (targets: readonly Target[]): Promise<readonly PlannedCheck[]> =>
  plannedTogether(targets.map(written));

/** The check as a run would plan it, from what a person would write in YAML (JSON is YAML). */
export const plannedFrom = async (check: Json): Promise<PlannedCheck> => {
  const [only] = await plannedTogether([check]);
  if (only === undefined) throw new Error('there is no check');
  return only;
};

const plannedTogether = async (written: readonly Json[]): Promise<readonly PlannedCheck[]> => {
  const checks = Object.fromEntries(written.map((check, at) => [`it-${at}`, check]));
  const text = JSON.stringify({ version: 1, name: 'hostile', checks });
  const loaded = await loadConfig(
    { file: FILE, environment: null, strict: false },
    {
      readText: async (path) => (path === FILE ? { ok: true, text } : { ok: false, reason: 'does not exist' }),
      glob: async () => [],
      environment: {},
      readSecretFile: async () => ({ ok: false, reason: 'does not exist' }),
      hashFile: async () => null,
      verifySignature: async () => 'no signature can be checked here',
      uuid: () => '',
      runId: 'hostile',
      workingDirectory: '/',
    },
  );
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
  const sections = { own: null, byCode: {}, default: null };
  return loaded.config.checks.map((check) => ({ ...check, sections, forbidden: null }));
};

/** Looks once, evaluates and judges, with the world that a run has. */
export const lookAt = async (
  check: PlannedCheck,
  environment: Target['environment'] = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<Seen> => {
  const probes = { ...testWorld, monotonicMs: clock.monotonicMs, now: clock.now, proxyEnvironment: environment };
  const attempt = await makeAttempt(
    check,
    1,
    {
      ...clock,
      observe: (order, stop) => observe({ ...order, asked: [] }, probes, stop),
      assess: assessAttempt,
      redact: (value) => value,
      hide: () => {},
      emit: () => {},
    },
    signal,
  );
  const { outcome, code, message } = assessAttempt(attempt);
  return { outcome, code, message, durationMs: attempt.durationMs, facts: attempt.observation.facts };
};
