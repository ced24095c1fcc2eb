import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { endFamily } from './end-family.ts';
import { livingMembers, MARK_VARIABLE, startOf, type Family, type Member } from './family.ts';
import { forgetFamily, watchFamily } from './live-families.ts';
import { startFailure } from './start-failure.ts';

/** What to start. A program with a slash in its name is looked for from `cwd`, any other on the PATH of `env`. */
export type ProgramRequest = {
  readonly argv: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  /** All that the program gets, beside the mark of its family. */
  readonly env: { readonly [name: string]: string };
  /** Whether something will be written to it; otherwise it reads from the null device, which ends at once. */
  readonly stdin: 'open' | 'nothing';
};

/** How the program itself ended: by an exit code or by a signal. */
export type ProgramEnd = { readonly exitCode: number | null; readonly signal: string | null };

/**
 * A program that was started. Its streams are to be read at once (Node drops what comes before when the program ends),
 * written and destroyed by who started it; none throws.
 */
export type Program = {
  /** Null when nothing will be written. */
  readonly stdin: Writable | null;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** When the program itself has ended; its streams may stay open, held by what it started. Never rejects. */
  readonly ended: Promise<ProgramEnd>;
  /** Who is alive now: the program itself and everything that it started. */
  readonly living: () => Promise<readonly Member[]>;
  /**
   * Ends everything that is alive, SIGTERM first and SIGKILL after `graceMs`; answers who could not be ended. To be
   * called in every case, also when the program has ended by itself; another call answers as the first.
   */
  readonly end: (graceMs: number) => Promise<readonly Member[]>;
};

/**
 * Starts a program without a shell, in a session and process group of its own. Throws `CouldNotLook`, with the code
 * `file-missing` when its folder is not there and `command-missing` when it cannot be started for another reason;
 * the error of the system is the cause, for those that are limits of this machine.
 */
export const startProgram = async (request: ProgramRequest): Promise<Program> => {
  const mark = randomUUID();
  try {
    const child = spawnMarked(request, mark);
    const { pid, stdin, stdout, stderr } = await spawned(child);
    if (pid === undefined || stdout === null || stderr === null) throw new Error('it started without pid or streams');
    const family = { leader: pid, mark, since: startOf(pid) };
    watchFamily(family);
    return { stdin, stdout, stderr, ...lifeOf(child, family) };
  } catch (error) {
    throw await startFailure(request.argv[0] ?? '', request.cwd, error);
  }
};

const spawnMarked = ({ argv, cwd, env, stdin }: ProgramRequest, mark: string): ChildProcess => {
  const [program = '', ...rest] = argv;
  return spawn(program, rest, {
    cwd,
    env: { ...env, [MARK_VARIABLE]: mark },
    stdio: [stdin === 'open' ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    // A session of its own: one signal reaches the whole group, and there is no terminal to wait at.
    detached: true,
    shell: false,
  });
};

/** A program that does not read, or ends early, breaks its streams: how it ended tells more than that. */
const spawned = async (child: ChildProcess): Promise<ChildProcess> => {
  const spawning = once(child, 'spawn');
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.on('error', () => {});
  await spawning;
  return child.on('error', () => {});
};

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

const endOf = async (child: ChildProcess): Promise<ProgramEnd> => {
  if (!hasEnded(child)) await new Promise((resolve) => void child.once('exit', resolve));
  return { exitCode: child.exitCode, signal: child.signalCode };
};

const lifeOf = (child: ChildProcess, family: Family): Pick<Program, 'ended' | 'living' | 'end'> => {
  let gone = false;
  let ending: Promise<readonly Member[]> | null = null;
  /** From here on the number of the group may be given to a stranger: nothing is sent to it any more. */
  const told = (members: readonly Member[]): readonly Member[] => {
    if (members.length === 0 && hasEnded(child)) {
      gone = true;
      forgetFamily(family);
    }
    return members;
  };
  const living = async (): Promise<readonly Member[]> => (gone ? [] : told(await livingMembers(family)));
  const end = async (graceMs: number): Promise<readonly Member[]> => {
    if (hasEnded(child) && (await living()).length === 0) return [];
    return told(await endFamily(family, graceMs));
  };
  return { ended: endOf(child), living, end: (graceMs) => (ending ??= end(graceMs)) };
};
