import { readFileSync } from 'node:fs';
import { kill } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

/** For tests: whether a process runs. One that is dead and waits to be asked for (a zombie) does not. */
export const isAlive = (pid: number): boolean => {
  try {
    kill(pid, 0);
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

/** For tests: waits until none of the processes runs; answers those that still do after two seconds. */
export const survivors = async (pids: readonly number[]): Promise<readonly number[]> => {
  for (let waited = 0; waited < 2000; waited += 20) {
    if (!pids.some(isAlive)) return [];
    await sleep(20);
  }
  return pids.filter(isAlive);
};

/** For tests: the numbers on the lines of a text. */
export const pidsIn = (text: unknown): readonly number[] =>
  String(text)
    .split('\n')
    .filter((line) => /^\d+$/.test(line))
    .map(Number);

/** For tests: the only number there is. Throws when there is another count of them: signals to 0 would reach ourselves. */
export const onePid = (text: unknown): number => {
  const [pid, ...more] = pidsIn(text);
  if (pid === undefined || pid < 2 || more.length > 0) throw new Error(`not one pid: ${String(text)}`);
  return pid;
};
