import { kill } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { groupExists, livingMembers, type Family, type Member } from './family.ts';

const POLL_MS = 10;
/** A process that is stuck in the kernel outlives SIGKILL; nobody waits for it longer than this. */
const LAST_MS = 1000;

/** Sent to who may be gone by now, or may not be ours to signal: who is alive is asked afterwards. */
const send = (target: number, signal: NodeJS.Signals): void => {
  try {
    kill(target, signal);
  } catch {
    return;
  }
};

/** The group gets a signal as a whole, so that nothing in it can fork away; who left it gets one by itself. */
const signalEscaped = (members: readonly Member[], signal: NodeJS.Signals): void => {
  for (const { pid, escaped } of members) if (escaped && pid !== null) send(pid, signal);
};

const untilGroupIsGone = async ({ leader }: Family, isOver: () => boolean): Promise<void> => {
  while (!isOver() && groupExists(leader)) await sleep(POLL_MS);
};

/**
 * Ends a whole family: SIGTERM, after `graceMs` SIGKILL, and waits until nobody is left. The group is signalled at
 * once and on time however many processes the machine has; who left it is looked for beside that. Answers who is
 * still alive a second after SIGKILL, which is nobody unless it is stuck or not ours to end. Rejects when that cannot
 * be looked at; the group has got its signals even then.
 */
export const endFamily = async (family: Family, graceMs: number): Promise<readonly Member[]> => {
  const startedMs = performance.now();
  const isOver = (ms: number): boolean => performance.now() - startedMs >= ms;
  send(-family.leader, 'SIGTERM');
  const told = livingMembers(family).then(
    (members) => signalEscaped(members, 'SIGTERM'),
    () => {},
  );
  await untilGroupIsGone(family, () => isOver(graceMs));
  if (groupExists(family.leader)) send(-family.leader, 'SIGKILL');
  await told;
  for (;;) {
    const members = await livingMembers(family);
    if (members.length === 0 || isOver(graceMs + LAST_MS)) return members;
    if (isOver(graceMs)) {
      if (members.some(({ escaped }) => !escaped)) send(-family.leader, 'SIGKILL');
      signalEscaped(members, 'SIGKILL');
    }
    await sleep(POLL_MS);
  }
};

/** At once and without waiting, for the end of our own process. */
export const killGroup = ({ leader }: Family): void => send(-leader, 'SIGKILL');
