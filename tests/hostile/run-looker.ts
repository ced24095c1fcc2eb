import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { Behaviour, Target } from './behaviour.ts';
import { wholeTarget } from './behaviour.ts';
import type { Left, Looked } from './looker.ts';
import type { Stage } from './stage.ts';

export type LookerReport = {
  readonly looked: ReadonlyMap<string, Looked>;
  readonly left: Left;
  readonly exitCode: number | null;
  readonly stderr: string;
};

/** A looker that something still holds would never end. */
const LONGEST_MS = 50_000;

const isLeft = (line: Looked | Left): line is Left => 'resources' in line;

/** Modules come compiled, as those of a user do: stripping their types away would take 30 MiB, more than looking does. */
const CACHE = 'node_modules/.cache/compile';

type Order = { readonly name: string; readonly target: Target };

const startLooker = (orders: readonly Order[]): ChildProcessWithoutNullStreams => {
  const child = spawn(process.execPath, ['tests/hostile/looker.ts'], {
    stdio: 'pipe',
    timeout: LONGEST_MS,
    env: { ...process.env, NODE_COMPILE_CACHE: CACHE },
  });
  // One that could not even start says why on stderr.
  child.stdin.on('error', () => {});
  child.stdin.end(JSON.stringify(orders));
  return child;
};

/** Puts up every server here, and looks at all of them one after the other from a process that does nothing else. */
export const runLooker = async (behaviours: readonly Behaviour[], stage: Stage): Promise<LookerReport> => {
  const orders = await Promise.all(
    behaviours.map(async ({ name, open }) => ({ name, target: wholeTarget(await open(stage)) })),
  );
  const first = startLooker([]);
  first.stdout.resume();
  await once(first, 'close');
  const child = startLooker(orders);
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await closed;
  const lines = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Looked | Left => JSON.parse(line));
  const left = lines.find(isLeft);
  if (left === undefined) throw new Error(`the looker did not come to its end: ${stderr}`);
  const looked = new Map(lines.flatMap((line) => (isLeft(line) ? [] : [[line.name, line]])));
  return { looked, left, exitCode: child.exitCode, stderr };
};
