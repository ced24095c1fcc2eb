import { join, resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import { KINDS } from '../config/kinds.ts';
import { findInsights, type Insight } from '../history/insight.ts';
import { UsageError } from '../model/fault.ts';
import type { Run } from '../model/run.ts';
import { closest } from '../model/suggest.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { Plan, PlannedCheck } from '../plan/plan.ts';
import { findStakes } from '../plan/stakes.ts';
import { toTriagePlan } from '../plan/triage-plan.ts';
import { named } from '../report/view/lists.ts';
import type { TriageContext } from '../report/triage/view.ts';
import { chooseSections } from '../runbooks/choose-sections.ts';
import { clock } from '../shell/clock.ts';
import { prepareReportFolder } from '../shell/report-folder.ts';
import { makeRunId } from '../shell/run-id.ts';
import { carryOut } from './carry-out.ts';
import { runToCompareWith } from './compared-run.ts';
import { loadProject } from './load-project.ts';
import type { ParsedOptions } from './parse.ts';
import { openRunHistory, type RunHistory } from './run-history.ts';
import type { World } from './world.ts';

/** What one triage found, and what is needed to say it. */
export type Triage = {
  readonly name: string;
  readonly run: Run;
  readonly insights: readonly Insight[];
  readonly context: TriageContext;
  /** Remembers the run in the history, and closes that. */
  readonly remember: () => Promise<void>;
  /** Closes the history without a word in it. */
  readonly forget: () => Promise<void>;
};

export type TriageSetting = {
  readonly withinMs: number;
  readonly quiet: boolean;
  /** The name of the folder under `reports/` to write again; null for a new one. */
  readonly folder: string | null;
  /** When somebody began to wait for it, by the clock that never jumps. */
  readonly askedMs: number;
  /** The look before this one, to be remembered as the last one that was as it was when something changed; null for none. */
  readonly before: Run | null;
};

/** What is left of the time for saying what was seen. */
const TELLING_MS = 500;
const LEAST_MS = 1000;
/** A triage that waits for who keeps the history locked is late. */
const HISTORY_WAITS_MS = 1000;

/** Looks at everything once, fast. Throws `UsageError` and `ConfigError` before anything is looked at. */
export const triageOnce = async (setting: TriageSetting, options: ParsedOptions, world: World): Promise<Triage> => {
  const runId = makeRunId(clock.now(), clock.random);
  const { config, sections, impacts } = await loadProject(options, world, runId);
  const selectors = options.words.map((word) => selectorOf(word, config));
  const choose = (check: Parameters<typeof chooseSections>[0]) => chooseSections(check, config);
  const whole = makePlan(config, { selectors, gate: null, only: [] }, sections, choose, options.has('no-exec'));
  const scope = { file: config.file, environment: config.environment };
  const history = await openRunHistory(options, scope, world, { busyMs: HISTORY_WAITS_MS });
  const against = await runToCompareWith(options.value('since'), scope, history.store, world);
  const folder = join('reports', setting.folder ?? `triage-${runId}`);
  await prepareReportFolder(resolve(world.workingDirectory, folder));
  const leftMs = setting.withinMs - (clock.monotonicMs() - setting.askedMs) - TELLING_MS;
  const plan = toTriagePlan(whole, Math.max(LEAST_MS, leftMs), lastsMs);
  // A triage that is repeated is only remembered when something changed, so its start is not noted.
  const remembered: RunHistory = { ...history, begin: async () => {} };
  const { run } = await carryOut(
    plan,
    { runId, folder: resolve(world.workingDirectory, folder), secrets: config.secrets, history: remembered },
    { quiet: setting.quiet, verbose: false },
    world,
  );
  const { store, valueOf } = history;
  if (setting.before !== null && store !== null && !saysTheSame(setting.before, run))
    valueOf(await store.finish(setting.before, scope.file));
  const insights = await findInsights(run, scope, history, against);
  return {
    name: config.name,
    run,
    insights,
    context: {
      now: clock.now(),
      insights,
      stakeOf: findStakes(config),
      impactOf: (url) => impacts.get(url) ?? '',
      cutOf: cutsOf(whole, plan),
      details: ['gonogo', 'report', folder],
    },
    remember: () => history.finish(run),
    forget: async () => history.store?.close(),
  };
};

const MOST_NAMED = 20;

/** A component, or what selects checks. Throws `UsageError` for a name that is neither. */
const selectorOf = (word: string, { components, checks, scenarios, manual }: Config): string => {
  if (components.has(word)) return `component:${word}`;
  const ids = [...checks, ...scenarios, ...manual].map(({ id }) => id);
  if (/[:*?]/.test(word) || ids.some((id) => id === word || id.startsWith(`${word}[`))) return word;
  const near = closest(word, [...components.keys(), ...ids]);
  const [kind, names] = components.size === 0 ? ['checks', ids] : ['components', [...components.keys()]];
  throw new UsageError(
    `there is no component and no check "${word}"`,
    near === null ? `the ${kind} are ${named(names, MOST_NAMED)}` : `did you mean "${near}"?`,
  );
};

/** Whether two runs say the same: how each check ended and why, whatever it took. */
export const saysTheSame = (one: Run, other: Run): boolean => stateOf(one) === stateOf(other);

const stateOf = (run: Run): string =>
  JSON.stringify([
    run.verdict,
    run.banners,
    run.checks.map(({ id, outcome, reasonCode }) => [id, outcome, reasonCode]),
    run.contradictions.map(({ claim, evidence }) => [claim.check, evidence.check]),
  ]);

const lastsMs = ({ kind, spec }: PlannedCheck): number => KINDS.get(kind)?.lastsMs?.(spec) ?? 0;

const cutsOf = (whole: Plan, plan: Plan): TriageContext['cutOf'] => {
  const allowed = new Map(whole.checks.map(({ id, timeoutMs }) => [id, timeoutMs]));
  const looked = new Map(plan.checks.map(({ id, timeoutMs }) => [id, timeoutMs]));
  return (check) => {
    const [lookedMs, allowedMs] = [looked.get(check), allowed.get(check)];
    return lookedMs === undefined || allowedMs === undefined || lookedMs >= allowedMs ? null : { lookedMs, allowedMs };
  };
};
