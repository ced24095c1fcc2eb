import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Config } from '../../config/config.ts';
import { reviewRuns, type Incident } from '../../history/incident.ts';
import { causeKeyOf } from '../../history/kept-run.ts';
import type { HistoryStore, KeptResult, Scope } from '../../history/store.ts';
import { parseInstant } from '../../matchers/instant.ts';
import { UsageError } from '../../model/fault.ts';
import type { ReasonCode } from '../../model/reason-code.ts';
import { postmortemMarkdown } from '../../report/postmortem/markdown.ts';
import { chooseSections } from '../../runbooks/choose-sections.ts';
import { writeText } from '../../shell/write-text.ts';
import type { Execute } from '../command.ts';
import { loadProject, type Project } from '../load-project.ts';
import { whichFile } from '../options.ts';
import { print } from '../print.ts';
import { runsBetween } from '../reviewed-runs.ts';
import { KEEP_RUNS, openHistoryToRead, readValue } from '../run-history.ts';

/** `gonogo postmortem --from RUN --to RUN`: the template of a review, filled from the history. */
export const execute: Execute = async (options, world) => {
  const project = await loadProject(options, world, 'postmortem');
  const { config } = project;
  const scope = { file: config.file, environment: config.environment };
  const out = options.value('out');
  // What people have written into a review is not in any run.
  if (out !== null && existsSync(resolve(world.workingDirectory, out)))
    throw new UsageError(`${out} is there already`, 'name another file, or move that one away');
  const store = await openHistoryToRead(world);
  if (store === null) throw new UsageError('there is no history', 'gonogo run writes one');
  try {
    const { runs, before, untold } = await runsBetween(store, scope, options.value('from'), options.value('to'));
    const incident = reviewRuns(runs, before);
    const text = postmortemMarkdown(incident, { ...(await contextOf(incident, project, scope, store)), untold });
    if (out === null) return await print(world, text);
    await writeText(resolve(world.workingDirectory, out), text, { shown: out, replace: false });
    return await print(world, `wrote ${out}\n`);
  } finally {
    await store.close();
  }
};

const contextOf = async (incident: Incident, { config, sections }: Project, scope: Scope, store: HistoryStore) => {
  const bad = new Set(incident.badTimes.map(({ check }) => check));
  const entries = [...config.checks, ...config.scenarios, ...config.manual].filter(({ id }) => bad.has(id));
  const begunMs = Date.parse((incident.firstBad ?? incident.first).startedAt);
  const before = await seenBefore(incident, scope, store);
  const later = await mendedLater(incident, scope, store);
  return {
    name: config.name,
    file: config.file,
    which: whichFile(config.file, config.environment),
    mendedLater: (check: string) => later.get(check) ?? null,
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

/** The first result that was good again after these runs, of each check that was bad to their end. */
const mendedLater = async (
  { badTimes, last }: Incident,
  scope: Scope,
  store: HistoryStore,
): Promise<ReadonlyMap<string, KeptResult>> => {
  const known = new Map<string, KeptResult>();
  for (const { check } of badTimes.filter(({ to }) => to === null)) {
    const results = readValue(await store.results(scope, check, { since: last.startedAt, limit: KEEP_RUNS }));
    const good = results.find(({ standing, run }) => standing === 'good' && run !== last.id);
    if (good !== undefined) known.set(check, good);
  }
  return known;
};

const ownerOf = (entry: { readonly owner: string | null; readonly component: string | null }, config: Config) =>
  entry.owner ?? (entry.component === null ? null : (config.components.get(entry.component)?.owner ?? null));

/** When each check was bad for the same reason before it was here: told of its first time. */
const seenBefore = async (
  { badTimes }: Incident,
  scope: Scope,
  store: HistoryStore,
): Promise<ReadonlyMap<string, string>> => {
  const known = new Map<string, string>();
  for (const { check, reasonCodes, from } of badTimes.toReversed()) {
    const results = readValue(await store.results(scope, check, { since: null, limit: KEEP_RUNS }));
    const keys = new Set(reasonCodes.map((code) => causeKeyOf(check, code)));
    const earlier = results.findLast(({ at, causeKey }) => at < from && causeKey !== null && keys.has(causeKey));
    if (earlier !== undefined) known.set(check, earlier.at);
  }
  return known;
};
