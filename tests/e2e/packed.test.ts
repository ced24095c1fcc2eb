import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from './gonogo.ts';
import { startTarget } from './target.ts';

/** What is published, and what somebody has who installs it: packed from a copy, so that no `dist` of ours is touched. */

type Packed = {
  readonly filename: string;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
};

let folder: string;
let packed: Packed;
let target: Awaited<ReturnType<typeof startTarget>>;

/** npm that cannot ask a registry, nor find what it was once asked for. */
const npm = (cwd: string, ...argv: readonly string[]): string =>
  execFileSync('npm', [...argv, '--offline', '--cache', join(folder, 'cache'), '--loglevel=error'], {
    cwd,
    encoding: 'utf8',
  });

type Locked = { readonly dev?: boolean; readonly optional?: boolean };

/** The packages that come with ours, as paths from the root. */
const runtimePackages = (): readonly string[] => {
  const lock: { readonly packages: { readonly [path: string]: Locked } } = JSON.parse(
    readFileSync(join(ROOT, 'package-lock.json'), 'utf8'),
  );
  return Object.entries(lock.packages).flatMap(([path, { dev, optional }]) =>
    path === '' || dev === true || optional === true ? [] : [path],
  );
};

beforeAll(async () => {
  target = await startTarget();
  folder = mkdtempSync(join(tmpdir(), 'gonogo-packed-'));
  const source = join(folder, 'source');
  for (const path of [...SHIPPED, 'package.json', 'src', 'scripts', 'tsconfig.json', 'tsconfig.build.json'])
    cpSync(join(ROOT, path), join(source, path), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(source, 'node_modules'));
  const [first]: readonly Packed[] = Object.values(
    JSON.parse(npm(source, 'pack', '--json', '--pack-destination', '..')),
  );
  if (first === undefined) throw new Error('npm packed nothing');
  packed = first;
}, 240_000);
afterAll(async () => {
  await target.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Everything that is shipped besides the code. */
const SHIPPED = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'docs/glossary.md',
  'docs/gonogo.1',
  'schema/gonogo.schema.json',
  'schema/run.schema.json',
];

/** The modules that are built, as the files of the sources name them. */
const modules = (): readonly string[] =>
  readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.ts$|\.generated\.js$/.test(path) && !/\.d\.ts$|\.test\.ts$|(?:^|[/-])test-/.test(path))
    .map((path) => path.replace(/\.[jt]s$/, ''));

test('the tarball holds the code with its types, both schemas, the man page and nothing else', () => {
  const paths = packed.files.map(({ path }) => path);
  expect(paths.filter((path) => !path.startsWith('dist/')).toSorted()).toEqual([...SHIPPED, 'package.json'].toSorted());
  const built = modules().flatMap((path) => [`dist/${path}.js`, `dist/${path}.d.ts`]);
  expect(paths.filter((path) => path.startsWith('dist/')).toSorted()).toEqual(built.toSorted());
  expect(packed.files.find(({ path }) => path === 'dist/main.js')?.mode).toBe(0o755);
});

test('installed into an empty folder it is set up and ends in GO, with nothing but the packages that it declares', async () => {
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  for (const path of runtimePackages()) cpSync(join(ROOT, path), join(empty, path), { recursive: true });
  // Links the programs of these packages, as an installation of them would have.
  npm(empty, 'rebuild', '--ignore-scripts');
  npm(empty, 'install', join('..', packed.filename));
  // Not in step with us: the target answers out of this process.
  const run = async (...argv: readonly string[]): Promise<string> => {
    const env = { PATH: `${join(process.execPath, '..')}:${process.env['PATH'] ?? ''}` };
    const program = join(empty, 'node_modules', '.bin', 'gonogo');
    return (await promisify(execFile)(program, argv, { cwd: empty, env, maxBuffer: 64 * 1024 * 1024 })).stdout;
  };
  await run('init', '--url', `${target.url}/ok`);
  expect(await run('run', '--quiet', '--report', 'junit=junit.xml')).toMatch(/^GO {2}My service$/m);
  expect(readFileSync(join(empty, 'junit.xml'), 'utf8')).toContain('<testsuites');
  expect(await run('schema')).toBe(readFileSync(join(ROOT, 'schema/gonogo.schema.json'), 'utf8'));
  const imported = 'import("gonogo").then((api) => console.log(typeof api.judgeRun))';
  expect(execFileSync(process.execPath, ['-e', imported], { cwd: empty, encoding: 'utf8' })).toBe('function\n');
}, 120_000);

test('installed for everybody it brings its man page along', () => {
  execFileSync('tar', ['-xzf', packed.filename], { cwd: folder });
  npm(folder, 'install', '--global', '--prefix', join(folder, 'prefix'), './package');
  expect(readFileSync(join(folder, 'prefix/share/man/man1/gonogo.1'), 'utf8')).toContain('.TH GONOGO 1');
  expect(existsSync(join(folder, 'prefix/bin/gonogo'))).toBe(true);
}, 60_000);
