import { resolve } from 'node:path';
import type { Config } from '../../config/config.ts';
import { reviewRuns, type Incident } from '../../history/incident.ts';
import { causeKeyOf } from '../../history/kept-run.ts';
import type { HistoryStore, KeptRun, RunEntry, Scope, Told } from '../../history/store.ts';
import { parseInstant } from '../../matchers/instant.ts';
import { UsageError } from '../../model/fault.ts';
import type { ReasonCode } from '../../model/reason-code.ts';
import { TRIAGE_GATE } from '../../plan/triage-plan.ts';
import { postmortemMarkdown } from '../../report/postmortem/markdown.ts';
import { chooseSections } from '../../runbooks/choose-sections.ts';
import { writeFileAtomically } from '../../shell/files.ts';
import type { Execute } from '../command.ts';
import { loadProject, type Project } from '../load-project.ts';
import { print } from '../print.ts';
import { openRunHistory } from '../run-history.ts';

/** As many runs as are ever kept. */
const MOST_RUNS = 1000;
const MOST_REVIEWED = 500;

/** `gonogo postmortem --from RUN --to RUN`: the template of a review, filled from the history. */
export const execute: Execute = async (options, world) => {
  const project = await loadProject(options, world, 'postmortem');
  const { config } = project;
  const scope = { file: config.file, environment: config.environment };
  const { store } = await openRunHistory(options, scope, world);
  if (store === null) throw new UsageError('there is no history', 'gonogo run writes one');
  try {
    const { runs, lastGood } = await runsBetween(store, scope, options.value('from'), options.value('to'));
    const incident = reviewRuns(runs, lastGood);
    const text = postmortemMarkdown(incident, await contextOf(incident, project, scope, store));
    const out = options.value('out');
    if (out === null) return await print(world, text);
    await writeFileAtomically(resolve(world.workingDirectory, out), text);
    return await print(world, `wrote ${out}\n`);
  } finally {
    await store.close();
  }
};

const valueOf = <T>(told: Told<T>): T => {
  if (told.ok) return told.value;
  throw new UsageError(`the history cannot be read: ${told.trouble.message}`);
};

/** The runs from one to another, both included, oldest first, and the last good one before them. Throws `UsageError`. */
const runsBetween = async (
  store: HistoryStore,
  scope: Scope,
  from: string | null,
  to: string | null,
): Promise<{ readonly runs: readonly [KeptRun, ...KeptRun[]]; readonly lastGood: KeptRun | null }> => {
  if (from === null) throw new UsageError('--from RUN is needed', 'gonogo history lists runs');
  const entries = valueOf(await store.runs(scope, MOST_RUNS)).toReversed();
  const at = (id: string): number => {
    const index = entries.findIndex((entry) => entry.id === id);
    if (index >= 0) return index;
    throw new UsageError(`the history knows no run "${id}" of ${scope.file}`, 'gonogo history lists runs');
  };
  const [start, end] = [at(from), to === null ? entries.length - 1 : at(to)];
  if (start > end) throw new UsageError(`the run "${from}" is later than "${to ?? ''}"`, 'exchange them');
  if (end - start >= MOST_REVIEWED)
    throw new UsageError(
      `there are ${end - start + 1} runs in between, more than ${MOST_REVIEWED}`,
      'choose a shorter time',
    );
  const runs: KeptRun[] = [];
  for (const { id, state } of entries.slice(start, end + 1)) {
    const run = state === 'finished' ? valueOf(await store.run(id)) : null;
    if (run !== null) runs.push(run);
  }
  const [first, ...others] = runs;
  if (first === undefined) throw new UsageError('none of these runs has come to its end');
  const good = entries.slice(0, start).findLast(saidGo);
  return { runs: [first, ...others], lastGood: good === undefined ? null : valueOf(await store.run(good.id)) };
};

/** A triage says of everything that it is good, and not that we may go. */
const saidGo = ({ verdict, complete, gates }: RunEntry): boolean =>
  (verdict === 'GO' || verdict === 'CONDITIONAL') && complete && !gates.some(({ id }) => id === TRIAGE_GATE);

const contextOf = async (incident: Incident, { config, sections }: Project, scope: Scope, store: HistoryStore) => {
  const bad = new Set(incident.badTimes.map(({ check }) => check));
  const entries = [...config.checks, ...config.scenarios, ...config.manual].filter(({ id }) => bad.has(id));
  const begunMs = Date.parse((incident.firstBad ?? incident.first).startedAt);
  const before = await seenBefore(incident, scope, store);
  return {
    name: config.name,
    owners: [...new Set(entries.flatMap((entry) => ownerOf(entry, config) ?? []))],
    waivers: config.waivers.filter(({ expires }) => (parseInstant(expires) ?? Infinity) > begunMs),
    runbookOf: (check: string, reasonCode: string): string | null => {
      const entry = entries.find(({ id }) => id === check);
      if (entry === undefined) return null;
      const { own, byCode, default: fallback } = chooseSections(entry, config);
      const codes: { readonly [code: string]: ReasonCode | string | undefined } = byCode;
      const reference = own ?? (Object.hasOwn(codes, reasonCode) ? codes[reasonCode] : undefined) ?? fallback;
      return reference === null || reference === undefined ? null : (sections[reference]?.url ?? null);
    },
    seenBefore: (check: string) => before.get(check) ?? null,
  };
};

const ownerOf = (entry: { readonly owner: string | null; readonly component: string | null }, config: Config) =>
  entry.owner ?? (entry.component === null ? null : (config.components.get(entry.component)?.owner ?? null));

/** When each check was bad for the same reason before the first of these runs. */
const seenBefore = async (
  { badTimes, first }: Incident,
  scope: Scope,
  store: HistoryStore,
): Promise<ReadonlyMap<string, string>> => {
  const known = new Map<string, string>();
  for (const { check, reasonCodes } of badTimes) {
    const results = valueOf(await store.results(scope, check, { since: null, limit: MOST_RUNS }));
    const keys = new Set(reasonCodes.map((code) => causeKeyOf(check, code)));
    const earlier = results.findLast(
      ({ at, causeKey }) => at < first.startedAt && causeKey !== null && keys.has(causeKey),
    );
    if (earlier !== undefined) known.set(check, earlier.at);
  }
  return known;
};
