// The demo: runs the readiness file against the demo systems, first broken and then healed.
// Exits 0 only if the verdicts came out as they must: NO-GO, then GO.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startStack, type StackState } from './stack.ts';

const root = join(fileURLToPath(import.meta.url), '..', '..', '..');

const ACTS: readonly { readonly state: StackState; readonly verdict: string; readonly exit: number }[] = [
  { state: 'broken', verdict: 'NO-GO', exit: 1 },
  { state: 'healed', verdict: 'GO', exit: 0 },
];

/** Runs gonogo as a user would, in the same terminal; answers its exit code. */
const runGonogo = (out: string, variables: { readonly [name: string]: string }): Promise<number | null> =>
  new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      ['src/main.ts', 'run', '-c', 'checks/launch-direction.yaml', '--no-history', '--out', out],
      {
        cwd: root,
        stdio: ['ignore', 'inherit', 'inherit'],
        env: { ...process.env, ...variables },
      },
    );
    child.once('exit', (code) => resolve(code));
  });

/** The demo systems; where one of them cannot start, what it lacks and nothing else. */
const startOrSay = async () => {
  try {
    return await startStack('broken');
  } catch (error) {
    console.error(`The demo systems cannot start: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
};

const stack = await startOrSay();
let good = true;
for (const { state, verdict, exit } of ACTS) {
  stack.setState(state);
  const out = join('reports', `demo-${state}`);
  console.log(`\n=== The demo systems are ${state}: the verdict must be ${verdict} ===\n`);
  const code = await runGonogo(out, stack.environment);
  const asExpected = code === exit && existsSync(join(root, out, 'report.html'));
  console.log(
    `\n${asExpected ? 'as it must be' : `NOT as it must be (exit code ${code}, expected ${exit})`}: open ${join(out, 'report.html')}`,
  );
  good &&= asExpected;
}
await stack.close();
console.log(
  good ? '\nThe demo did its job: broken is NO-GO, healed is GO.' : '\nThe demo did not come out as it must.',
);
process.exitCode = good ? 0 : 1;
