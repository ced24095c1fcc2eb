import { setTimeout as sleep } from 'node:timers/promises';
import type { Facts } from '../../model/observation.ts';
import type { Collector } from '../process/collect-output.ts';
import type { Member } from '../process/family.ts';
import type { Program } from '../process/start-program.ts';

/** A program and what is read of it. */
export type Running = { readonly program: Program; readonly stdout: Collector; readonly stderr: Collector };

/** What a program started may end a moment after it, as the last stage of a pipe does. */
const SETTLE_MS = 200;
const POLL_MS = 20;
/** A look has 250 ms to end when it is told to. */
const STOPPED_MS = 190;

/** Stands for whoever keeps an output open and cannot be found: it left group and session, and dropped its environment. */
export const HOLDER: Member = {
  pid: null,
  name: 'a process that cannot be found and holds its output open',
  escaped: true,
};

/** Whether both outputs are at their end, or come to it in a moment. */
const closed = async ({ stdout, stderr }: Running): Promise<boolean> => {
  const both = Promise.all([stdout.done, stderr.done]).then(() => true);
  return Promise.race([both, sleep(POLL_MS, false)]);
};

/** Who is still alive once the program has ended, after a moment to end by themselves. */
export const leftBehind = async (running: Running, signal: AbortSignal): Promise<readonly Member[]> => {
  for (let waited = 0; ; waited += POLL_MS) {
    const members = await running.program.living();
    const over = waited >= SETTLE_MS || signal.aborted;
    if (members.length > 0 && over) return members;
    if (members.length > 0) await sleep(POLL_MS);
    else if (await closed(running)) return [];
    else if (over) return [HOLDER];
  }
};

/**
 * Ends everything within the time that a stopped look has; answers who is alive all the same, such as a process of
 * another user. Those who only take longer are ended after that.
 */
export const endInTime = async (running: Running, graceMs: number): Promise<readonly Member[]> => {
  const ended = await Promise.race([running.program.end(graceMs), sleep(STOPPED_MS, null, { ref: false })]);
  if (ended === null) return running.program.living();
  return ended.length > 0 || (await closed(running)) ? ended : [HOLDER];
};

/** The fact `left-behind`; `alive` are those that could not be ended. */
export const leftFacts = (left: readonly Member[], alive: readonly Member[]): Facts => ({
  'left-behind': left.map(({ pid, name, escaped }) => ({
    ...(pid === null ? {} : { pid }),
    name,
    escaped,
    ended: !alive.some((one) => one.pid === pid && one.name === name),
  })),
});
