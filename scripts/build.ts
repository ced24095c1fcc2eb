// Builds `dist/`: what the package ships. `tsc` for the code and the types, the generated validator as it is.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, rmSync } from 'node:fs';

rmSync('dist', { recursive: true, force: true });
const { status } = spawnSync('tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' });
if (status === 0) {
  for (const file of ['validate.generated.js', 'validate.generated.d.ts']) {
    copyFileSync(`src/config/${file}`, `dist/config/${file}`);
  }
  chmodSync('dist/main.js', 0o755);
}
process.exitCode = status ?? 1;
