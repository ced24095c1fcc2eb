import { join } from 'node:path';
import type { Capture } from '../config/config.ts';
import type { RunEvent } from '../execute/event.ts';
import { executePlan } from '../execute/execute-plan.ts';
import type { Ports } from '../execute/ports.ts';
import { allChecks, foldEvents, toRecordedPlan } from '../execute/record.ts';
import { assessAttempt } from '../judge/assess.ts';
import { judgeRun } from '../judge/judge-run.ts';
import type { Run } from '../model/run.ts';
import type { Plan } from '../plan/plan.ts';
import { observe } from '../probes/observe.ts';
import { preloadKinds } from '../probes/preload.ts';
import { clock } from '../shell/clock.ts';
import { openJournal, type Journal } from '../shell/journal.ts';
import { makeLogger } from '../shell/logger.ts';
import { tolerateLostReader } from '../shell/output.ts';
import { makeProgressView } from '../shell/progress-view.ts';
import { makeGrowingRedactor } from '../shell/redactor.ts';
import { listenForStop } from '../shell/signals.ts';
import { describeTerminal } from '../shell/terminal.ts';
import { makeLookWorlds } from './probe-world.ts';
import type { RunHistory } from './run-history.ts';
import type { World } from './world.ts';

/** What a run is called, what it must never tell, and where its traces go; null for a run that leaves none. */
export type RunSetting = {
  readonly runId: string;
  /** The absolute folder for the journal and evidence. */
  readonly folder: string | null;
  readonly secrets: ReadonlyMap<string, string>;
  /** What is remembered of earlier runs; null for a run that has no history. */
  readonly history: RunHistory | null;
};

export type ViewSetting = { readonly quiet: boolean; readonly verbose: boolean };

/** The judged run; `trouble` is why its journal is not complete, null when it is. */
export type CarriedOut = { readonly run: Run; readonly trouble: string | null };

const NO_JOURNAL: Journal = { append: () => {}, close: () => null };

/** Progress, and with `--verbose` a log entry for each event, on stderr. */
const watch = (view: ViewSetting, redact: Ports['redact'], world: World) => {
  tolerateLostReader(world.stderr);
  const { monotonicMs } = clock;
  const write = (text: string) => world.stderr.write(text);
  const terminal = describeTerminal(world.stderr, world.environment);
  const progress = makeProgressView(
    { write, monotonicMs, assess: assessAttempt },
    terminal,
    view.quiet || view.verbose,
  );
  const logger = makeLogger(view.verbose, redact);
  return {
    tell: progress.tell,
    show: (event: RunEvent): void => {
      progress.show(event);
      if (event.type === 'attempt') {
        const { observation, durationMs, number } = event.attempt;
        logger.debug('looked', { check: event.id, attempt: number, durationMs, state: observation.state });
      } else if (event.type !== 'run-started') logger.info(event.type, 'id' in event ? { check: event.id } : {});
    },
    close: async (): Promise<void> => {
      progress.close();
      await logger.flush();
    },
  };
};

/** Notes since when what is wrong is wrong; what that is has to be judged first. */
const noteHistory = async (
  events: readonly RunEvent[],
  emit: Ports['emit'],
  history: RunHistory | null,
): Promise<void> => {
  const run = history === null ? null : judgeRun(foldEvents(events), clock.now());
  if (history === null || run === null || run.blockers.length === 0) return;
  const checks = run.blockers.map(({ cause }) => cause.check);
  const since = await history.since(checks, run.run.startedAt);
  emit({ type: 'history-read', at: clock.now().toISOString(), since: Object.fromEntries(since) });
};

const capturedFacts = (captures: readonly Capture[]): readonly string[] =>
  captures.flatMap(({ from }) => (from.kind === 'fact' ? [from.fact] : []));

/** Executes a plan with the world's own ports, writes its journal, and judges what came of it. */
export const carryOut = async (
  plan: Plan,
  setting: RunSetting,
  view: ViewSetting,
  world: World,
): Promise<CarriedOut> => {
  const { redact, hide } = makeGrowingRedactor(setting.secrets);
  const journal = setting.folder === null ? NO_JOURNAL : openJournal(join(setting.folder, 'journal.jsonl'));
  const watcher = watch(view, redact, world);
  const worldOf = makeLookWorlds(world, {
    folder: setting.folder,
    redact,
    earlier: setting.history?.earlier ?? (async () => null),
    tell: watcher.tell,
  });
  await preloadKinds(allChecks(toRecordedPlan(plan)).map(({ kind }) => kind));
  const stop = listenForStop();
  const events: RunEvent[] = [];
  const ports: Ports = {
    ...clock,
    observe: async (check, signal, part) => {
      const look = worldOf(check, part?.session ?? null);
      const expected = [...check.expectations, ...(check.eventually?.stop ?? [])].map(({ fact }) => fact);
      const asked = [...expected, ...capturedFacts(part?.captures ?? [])];
      const observation = await observe({ ...check, asked }, look.world, signal);
      return look.kept.length === 0 ? observation : { ...observation, evidence: look.kept };
    },
    assess: assessAttempt,
    redact,
    hide,
    emit: (event) => {
      journal.append(event);
      events.push(event);
      watcher.show(event);
    },
  };
  await setting.history?.begin({
    id: setting.runId,
    name: plan.name,
    configDigest: plan.configDigest,
    startedAt: clock.now().toISOString(),
  });
  try {
    await executePlan(plan, { runId: setting.runId, tool: world.tool }, ports, stop.signal);
  } finally {
    await watcher.close();
    stop.release();
  }
  await noteHistory(events, ports.emit, setting.history);
  const trouble = journal.close();
  return { run: judgeRun(foldEvents(events), clock.now()), trouble };
};
