import { readdirSync, readFileSync } from 'node:fs';
import { kill } from 'node:process';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { printable } from '../engine/printable.ts';

/**
 * A program and everything that descends from it. The program leads a session and a process group of its own, both
 * numbered like it, and hands a variable of a unique value down to all that it starts.
 */
export type Family = {
  readonly leader: number;
  readonly mark: string;
  /** When the program started, in the ticks of proc(5); 0 when that is not known. Nothing older descends from it. */
  readonly since: number;
};

/** A living process of a family. `pid` is null where this system cannot tell; `escaped` when it left the group. */
export type Member = { readonly pid: number | null; readonly name: string; readonly escaped: boolean };

/** The variable by which a process that left group and session is still known. */
export const MARK_VARIABLE = 'GONOGO_PROGRAM';

/**
 * Looked at in one go. A file under /proc is read in a hundredth of the time that it takes to wait for it, and this many
 * hold up nobody for longer than a few milliseconds.
 */
const AT_ONCE = 100;

type Status = {
  readonly name: string;
  readonly state: string;
  readonly group: number;
  readonly session: number;
  readonly started: number;
};

/** A line of /proc/PID/stat (proc(5)); the name is in parentheses and may hold some itself. */
const readStatus = (line: string): Status | null => {
  const end = line.lastIndexOf(')');
  const fields = line.slice(end + 2).split(' ');
  const [state, , group, session] = fields;
  if (end < 0 || state === undefined) return null;
  return {
    name: printable(line.slice(line.indexOf('(') + 1, end), 32),
    state,
    group: Number(group),
    session: Number(session),
    started: Number(fields[19]),
  };
};

const NOT_OURS: ReadonlySet<unknown> = new Set(['ENOENT', 'ESRCH', 'EACCES', 'EPERM']);

/** Any other error, such as a limit of open files, may hide a process: then it is not known who is alive. */
const orNothing = <T>(work: () => T, nothing: T): T => {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && 'code' in error && NOT_OURS.has(error.code)) return nothing;
    throw error;
  }
};

/** The text of a file under /proc; empty when the process is gone or belongs to somebody else. */
const read = (path: string): string => orNothing(() => readFileSync(path, 'utf8'), '');

const carriesMark = (pid: number, mark: string): boolean =>
  read(`/proc/${pid}/environ`).split('\0').includes(`${MARK_VARIABLE}=${mark}`);

/** Zombies are dead: they only wait for a parent that may never ask. */
const isDead = ({ state }: Status): boolean => state === 'Z' || state === 'X';

/** When a process started, in the ticks of proc(5); 0 where that cannot be told. */
export const startOf = (pid: number): number => {
  try {
    return readStatus(read(`/proc/${pid}/stat`))?.started ?? 0;
  } catch {
    return 0;
  }
};

const memberAt = (pid: number, { leader, mark, since }: Family): readonly Member[] => {
  const status = readStatus(read(`/proc/${pid}/stat`));
  if (status === null || isDead(status) || status.started < since) return [];
  const escaped = status.group !== leader;
  const related = !escaped || status.session === leader || carriesMark(pid, mark);
  return related ? [{ pid, name: status.name, escaped }] : [];
};

/** Whether anything of the group may be alive; dead processes that nobody has asked for count too. */
export const groupExists = (leader: number): boolean => {
  try {
    return kill(-leader, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** Where there is no /proc, only the group as a whole can be seen. */
const unnamedMembers = ({ leader }: Family): readonly Member[] =>
  groupExists(leader) ? [{ pid: null, name: 'a process of its group', escaped: false }] : [];

/**
 * The living processes of a family. On Linux those of the group, of the session, and those that carry the mark: only
 * one that left both and cleared its environment, or now runs as another user, is not found. Elsewhere only whether
 * there is one in the group. Rejects when a limit of this machine keeps it from looking.
 */
export const livingMembers = async (family: Family, folder = '/proc'): Promise<readonly Member[]> => {
  const names = orNothing<readonly string[]>(() => readdirSync(folder), []);
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  if (pids.length === 0) return unnamedMembers(family);
  const members: Member[] = [];
  for (let at = 0; at < pids.length; at += AT_ONCE) {
    if (at > 0) await nextTurn();
    members.push(...pids.slice(at, at + AT_ONCE).flatMap((pid) => memberAt(pid, family)));
  }
  return members;
};
