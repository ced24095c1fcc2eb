import { readdirSync, readFileSync } from 'node:fs';

const read = (path: string): string => {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
};

/** The parent out of a line of /proc/PID/stat (proc(5)); the name before it is in parentheses and may hold some. */
const parentIn = (line: string): number => Number(line.slice(line.lastIndexOf(')') + 2).split(' ')[1] ?? 0);

const processes = (): ReadonlyMap<number, number> => {
  try {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return new Map(pids.map((pid) => [Number(pid), parentIn(read(`/proc/${pid}/stat`))]));
  } catch {
    return new Map();
  }
};

/** A process and all that descend from it. */
const family = (root: number): readonly number[] => {
  const parents = processes();
  const found = [root];
  for (const one of found) for (const [pid, parent] of parents) if (parent === one) found.push(pid);
  return found;
};

/**
 * Bytes that a process and all that descend from it hold for themselves; what they share (the program, its libraries)
 * is not counted. Null where the system does not tell, which is everywhere but on Linux.
 */
export const memoryOf = (root: number): number | null => {
  const own = family(root).map((pid) => /^RssAnon:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1]);
  const known = own.filter((kilobytes) => kilobytes !== undefined);
  return known.length === 0 ? null : known.reduce((sum, kilobytes) => sum + Number(kilobytes) * 1024, 0);
};
