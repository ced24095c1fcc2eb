import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { kill, pid } from 'node:process';

/**
 * A process that cannot be taken for another one. `place` is where its number means something: the machine since it was
 * started, and the namespace of its processes. `start` tells it from a later one of the same number; null where the
 * system does not say it.
 */
export type ProcessIdentity = { readonly pid: number; readonly start: string | null; readonly place: string };

const quietly = (read: () => string): string | null => {
  try {
    return read();
  } catch {
    return null;
  }
};

/** State and start of a process by `/proc` (proc_pid_stat(5)): the third and the twenty-second field. */
const statOf = (process: number | 'self'): { readonly state: string; readonly start: string } | null => {
  const text = quietly(() => readFileSync(`/proc/${process}/stat`, 'latin1'));
  // The name before may hold spaces and parentheses.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ') ?? [];
  const [state, start] = [fields[0], fields[19]];
  return state === undefined || start === undefined ? null : { state, start };
};

/** This process. */
export const ownIdentity = (): ProcessIdentity => {
  const boot = quietly(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim());
  const namespace = quietly(() => readlinkSync('/proc/self/ns/pid'));
  return {
    pid,
    start: statOf('self')?.start ?? null,
    place: [hostname(), boot, namespace].filter((part) => part !== null).join(' '),
  };
};

/** Whether a process of this number is there; one that we may not signal is. */
const isThere = (process: number): boolean => {
  try {
    kill(process, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** Whether a process still runs. `unknown` is one of another place, or one that may be another of the same number. */
export const lifeOf = (process: ProcessIdentity, place: string): 'alive' | 'gone' | 'unknown' => {
  if (process.place !== place) return 'unknown';
  if (!isThere(process.pid)) return 'gone';
  const now = statOf(process.pid);
  if (now === null || process.start === null) return 'unknown';
  // A zombie has ended; its parent has not looked yet.
  return now.start === process.start && !['Z', 'X'].includes(now.state) ? 'alive' : 'gone';
};
