// Builds `dist/`: what the package ships. `tsc` for the code and the types, the generated validator as it is.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, rmSync } from 'node:fs';

rmSync('dist', { recursive: true, force: true });
const result = spawnSync('tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' });
if (result.status !== 0) process.exit(result.status ?? 1);
for (const file of ['validate.generated.js']) cpSync(`src/config/${file}`, `dist/config/${file}`);
chmodSync('dist/main.js', 0o755);
