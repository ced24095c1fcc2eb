import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import type { HistoryStore, Scope } from '../history/store.ts';
import type { Verdict } from '../model/outcome.ts';
import type { Run } from '../model/run.ts';
import type { Notified } from '../notify/notify.ts';
import { clock } from '../shell/clock.ts';
import { writeFileAtomically } from '../shell/files.ts';
import { makeRedactor } from '../shell/redactor.ts';
import { listenForStop } from '../shell/signals.ts';
import { systemReason } from '../shell/system-error.ts';
import { noteKnown, verdictKnown } from './notified-before.ts';
import { makeLookWorlds } from './probe-world.ts';
import type { World } from './world.ts';

const WITHIN_MS = 20_000;
/** How far back a run with the same gates is looked for. */
const MOST_RUNS = 50;

/** What is known from before: the verdict of the last run with the same gates, and whether anything is kept at all. */
export type Before = { readonly verdict: Verdict | null; readonly kept: boolean };

/** Nothing is known, and nothing to be kept. */
export const NOTHING_BEFORE: Before = { verdict: null, kept: false };

/** The verdict of the last run that asked for the same gates. To be asked before this one is remembered. */
export const verdictBefore = async (run: Run, scope: Scope, store: HistoryStore | null): Promise<Before> => {
  if (store === null) return NOTHING_BEFORE;
  const told = await store.runs(scope, MOST_RUNS);
  if (!told.ok) return NOTHING_BEFORE;
  const gates = gatesOf(run);
  const before = told.value.find((one) => one.id !== run.run.id && one.verdict !== null && gatesOf(one) === gates);
  return { verdict: before?.verdict ?? null, kept: true };
};

const gatesOf = ({ gates }: { readonly gates: readonly { readonly id: string }[] }): string =>
  JSON.stringify(gates.map(({ id }) => id));

/**
 * Tells everybody who is to be told, after the reports are written. What could not be told is said on stderr and kept
 * in the folder of the run; it changes neither verdict nor exit code, and is told with the next run. A run that was
 * stopped by hand tells nobody.
 */
export const notifyRun = async (
  run: Run,
  { notify, secrets, file, environment }: Config,
  before: Before,
  folder: string,
  world: World,
): Promise<void> => {
  const stopped = run.run.interruptedBy === 'SIGINT' || run.run.interruptedBy === 'SIGTERM';
  if (notify.length === 0 || stopped) return;
  const [{ notifyAll }, { makePost }] = await Promise.all([import('../notify/notify.ts'), import('../notify/post.ts')]);
  const redact = makeRedactor(secrets);
  const worldOf = makeLookWorlds(world, { folder: null, redact, earlier: async () => null, tell: () => {} });
  const source = { file, line: 1, column: 1 };
  const scope = scopeText(run, file, environment);
  const known = await knownBefore(notify, scope, before, world);
  const stop = listenForStop();
  try {
    const told = await notifyAll(
      run,
      notify,
      { knownTo: (id) => known.get(id) ?? null, scope, withinMs: WITHIN_MS },
      { post: makePost(worldOf({ id: 'notify', source }, null).world, redact), ...clock },
      stop.signal,
    );
    for (const one of told)
      if (one.state === 'failed' || one.state === 'not-configured') world.stderr.write(troubleText(one));
    await keep(told, folder, world);
    if (before.kept) await noteAll(told, known, { scope, verdict: run.verdict }, world);
  } finally {
    stop.release();
  }
};

/** What those behind each entry know of; of one that was never asked, the verdict of the run before. */
const knownBefore = async (
  notify: Config['notify'],
  scope: string,
  before: Before,
  world: World,
): Promise<ReadonlyMap<string, Verdict | null>> => {
  const known = notify.map(async ({ id }) => {
    const own = before.kept ? await verdictKnown(id, scope, world) : undefined;
    return [id, own === undefined ? before.verdict : own] as const;
  });
  return new Map(await Promise.all(known));
};

/** Who could not be told knows of what was before: the next run tries again. */
const noteAll = async (
  told: readonly Notified[],
  known: ReadonlyMap<string, Verdict | null>,
  { scope, verdict }: { readonly scope: string; readonly verdict: Verdict },
  world: World,
): Promise<void> => {
  try {
    for (const { id, state } of told) {
      const reached = state === 'sent' || state === 'not-due';
      await noteKnown(id, scope, reached ? verdict : (known.get(id) ?? null), world);
    }
  } catch (error) {
    world.stderr.write(`gonogo: what was told could not be noted: ${systemReason(error)}\n`);
  }
};

/** The same for runs whose verdicts follow each other, and no other's: many projects call their file gonogo.yaml. */
const scopeText = (run: Run, file: string, environment: string | null): string =>
  [run.run.name, file, environment ?? '', run.gates.map(({ id }) => id).join(',')]
    .filter((part) => part !== '')
    .join(' ');

const troubleText = ({ id, kind, state, message }: Notified): string =>
  `gonogo: the notification "${id}" (${kind}) ${state === 'failed' ? 'could not be sent' : 'was not sent'}: ${message}\n`;

const keep = async (told: readonly Notified[], folder: string, world: World): Promise<void> => {
  try {
    await writeFileAtomically(join(folder, 'notifications.json'), `${JSON.stringify(told, null, 2)}\n`);
  } catch (error) {
    world.stderr.write(`gonogo: notifications.json could not be written: ${systemReason(error)}\n`);
  }
};
