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
import { makeLookWorlds } from './probe-world.ts';
import type { World } from './world.ts';

const WITHIN_MS = 20_000;
/** How far back a run with the same gates is looked for. */
const MOST_RUNS = 50;

/** The verdict of the last run that asked for the same gates; null when there is none. To be asked before this one is remembered. */
export const previousVerdict = async (run: Run, scope: Scope, store: HistoryStore | null): Promise<Verdict | null> => {
  const told = await store?.runs(scope, MOST_RUNS);
  if (told?.ok !== true) return null;
  const gates = gatesOf(run);
  const before = told.value.find((one) => one.id !== run.run.id && one.verdict !== null && gatesOf(one) === gates);
  return before?.verdict ?? null;
};

const gatesOf = ({ gates }: { readonly gates: readonly { readonly id: string }[] }): string =>
  JSON.stringify(gates.map(({ id }) => id));

/**
 * Tells everybody who is to be told, after the reports are written. What could not be told is said on stderr and kept
 * in the folder of the run; it changes neither verdict nor exit code. A run that was stopped by hand tells nobody.
 */
export const notifyRun = async (
  run: Run,
  { notify, secrets, file, environment }: Config,
  previous: Verdict | null,
  folder: string,
  world: World,
): Promise<void> => {
  const stopped = run.run.interruptedBy === 'SIGINT' || run.run.interruptedBy === 'SIGTERM';
  if (notify.length === 0 || stopped) return;
  const [{ notifyAll }, { makePost }] = await Promise.all([import('../notify/notify.ts'), import('../notify/post.ts')]);
  const redact = makeRedactor(secrets);
  const worldOf = makeLookWorlds(world, { folder: null, redact, earlier: async () => null, tell: () => {} });
  const source = { file, line: 1, column: 1 };
  const stop = listenForStop();
  try {
    const told = await notifyAll(
      run,
      notify,
      { previous, scope: scopeText(run, file, environment), withinMs: WITHIN_MS, redact },
      { post: makePost(worldOf({ id: 'notify', source }, null).world), ...clock },
      stop.signal,
    );
    for (const one of told)
      if (one.state === 'failed' || one.state === 'not-configured') world.stderr.write(troubleText(one));
    await keep(told, folder, world);
  } finally {
    stop.release();
  }
};

/** The same for runs whose verdicts follow each other. */
const scopeText = (run: Run, file: string, environment: string | null): string =>
  [file, environment ?? '', run.gates.map(({ id }) => id).join(',')].filter((part) => part !== '').join(' ');

const troubleText = ({ id, kind, state, message }: Notified): string =>
  `gonogo: the notification "${id}" (${kind}) ${state === 'failed' ? 'could not be sent' : 'was not sent'}: ${message}\n`;

const keep = async (told: readonly Notified[], folder: string, world: World): Promise<void> => {
  try {
    await writeFileAtomically(join(folder, 'notifications.json'), `${JSON.stringify(told, null, 2)}\n`);
  } catch (error) {
    world.stderr.write(`gonogo: notifications.json could not be written: ${systemReason(error)}\n`);
  }
};
