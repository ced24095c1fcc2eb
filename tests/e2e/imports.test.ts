import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { ROOT } from './gonogo.ts';

/** Writes the name of every package that a process imports to a file, as Node resolves it. */
const RECORDER = `import { registerHooks } from 'node:module';
import { appendFileSync } from 'node:fs';
registerHooks({ resolve(specifier, context, next) {
  if (!/^(node:|\\.|file:|\\/)/.test(specifier)) appendFileSync(process.env.IMPORTS, specifier + '\\n');
  return next(specifier, context);
} });
`;

const packagesOf = (...argv: readonly string[]): ReadonlySet<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'gonogo-imports-'));
  const recorder = join(folder, 'recorder.mjs');
  const imports = join(folder, 'imports');
  writeFileSync(recorder, RECORDER);
  writeFileSync(imports, '');
  writeFileSync(join(folder, 'gonogo.yaml'), "version: 1\nchecks:\n  one: { http: 'http://127.0.0.1:9/' }\n");
  spawnSync(process.execPath, ['--import', pathToFileURL(recorder).href, join(ROOT, 'src', 'main.ts'), ...argv], {
    cwd: folder,
    env: { ...process.env, IMPORTS: imports },
  });
  const names = readFileSync(imports, 'utf8').split('\n').filter(Boolean);
  rmSync(folder, { recursive: true, force: true });
  return new Set(names);
};

const HEAVY = /^(playwright|@playwright|@modelcontextprotocol|pg|pino|typebox|ajv|undici|marked|yaml)/;

test.each([['--version'], ['--help'], ['validate'], ['run', '--quiet']])(
  'gonogo %s imports no heavy client',
  (...argv) => {
    expect([...packagesOf(...argv)].filter((name) => HEAVY.test(name))).toEqual([]);
  },
);

test('the recorder sees what is imported: reading a file needs its parser', () => {
  expect(packagesOf('validate')).toContain('js-yaml');
});
