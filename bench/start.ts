// Start-up: how long a whole process takes, as a ratio to a bare Node in the same run. Run with `npm run bench -- start`.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { timeProcesses } from './measure.ts';

const RUNS = 15;

/** A target in a process of its own, so that serving costs the measured process nothing. */
const startTarget = async () => {
  const child = spawn(process.execPath, ['bench/target.ts'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve) => {
    child.stdout.setEncoding('utf8').once('data', (line: string) => resolve(line.trim()));
  });
  return { url, stop: () => child.kill() };
};

const show = (title: string, times: ReadonlyMap<string, number>): void => {
  const base = times.get('node -e 0') ?? Number.NaN;
  console.log(`\n${title}: median of ${RUNS}, and the ratio to a bare Node`);
  for (const [name, ms] of times)
    console.log(`  ${name.padEnd(48)} ${ms.toFixed(0).padStart(5)} ms  ${(ms / base).toFixed(2)}x`);
};

const folder = mkdtempSync(join(tmpdir(), 'gonogo-bench-'));
const target = await startTarget();
const file = join(folder, 'gonogo.yaml');
writeFileSync(
  file,
  `version: 1\nname: bench\nchecks:\n  one:\n    http: ${target.url}/\n    expect: { $.status: pass }\n`,
);
const once = ['run', '-c', file, '--out', join(folder, 'out'), '--quiet', '--no-color'];
const bare = { 'node -e 0': ['-e', '0'] };
const built = existsSync('dist/main.js');
try {
  const cached = { NODE_COMPILE_CACHE: join(folder, 'cache') };
  show(
    'With a compile cache (NODE_COMPILE_CACHE)',
    timeProcesses(
      {
        ...bare,
        'src/main.ts --version (target: 1.6x)': ['src/main.ts', '--version'],
        'src/main.ts run, one http check (target: 3x)': ['src/main.ts', ...once],
      },
      { runs: RUNS, environment: cached },
    ),
  );
  show(
    'Without one',
    timeProcesses(
      {
        ...bare,
        'src/main.ts --version': ['src/main.ts', '--version'],
        ...(built ? { 'dist/main.js --version': ['dist/main.js', '--version'] } : {}),
        ...(built ? { 'dist/main.js run, one http check': ['dist/main.js', ...once] } : {}),
      },
      { runs: RUNS, environment: {} },
    ),
  );
  if (!built) console.log('\n(dist/ is not built: `npm run build` adds its figures)');
} finally {
  target.stop();
  rmSync(folder, { recursive: true, force: true });
}
