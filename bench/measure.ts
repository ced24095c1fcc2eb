import { spawnSync } from 'node:child_process';

/** The middle value; for an even count the lower of the two. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;

/** The value that a share of all values does not exceed: `percentile(times, 0.99)`. */
export const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? Number.NaN;

/** Milliseconds of whole processes, in turn (A B C A B C ...) so that a drift of the machine hits all alike; medians. */
export const timeProcesses = (
  commands: { readonly [name: string]: readonly string[] },
  options: { readonly runs: number; readonly environment: { readonly [name: string]: string } },
): ReadonlyMap<string, number> => {
  const times = new Map(Object.keys(commands).map((name) => [name, [] as number[]]));
  for (let run = 0; run <= options.runs; run += 1) {
    for (const [name, argv] of Object.entries(commands)) {
      const startedAt = performance.now();
      const { status, stderr } = spawnSync(process.execPath, [...argv], {
        env: { ...process.env, ...options.environment },
        encoding: 'utf8',
      });
      const elapsed = performance.now() - startedAt;
      if (status !== 0) throw new Error(`${argv.join(' ')} ended with ${status}: ${stderr}`);
      // The first round warms the file system and the compile cache.
      if (run > 0) times.get(name)?.push(elapsed);
    }
  }
  return new Map([...times].map(([name, values]) => [name, median(values)]));
};
