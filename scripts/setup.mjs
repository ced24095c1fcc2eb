// Set-up for `npm run demo` and `npm test`: installs what is missing and is quick when nothing is.
// Plain JavaScript on purpose: it must run under any Node from 18 on, before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium, installChromium } from './browser.mjs';
import { debianInstall, runFirst } from './install.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');
const stamp = join(modules, '.set-up');
const localNode = join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
const NEEDED_NODE = 24;

const fail = (what, advice) => {
  console.error(`set-up: ${what}\n        ${advice}`);
  process.exit(1);
};

const run = (command, args) =>
  spawnSync(command, args, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' });

const fingerprint = () =>
  ['package.json', 'package-lock.json']
    .reduce((hash, file) => hash.update(readFileSync(join(root, file))), createHash('sha256'))
    .digest('hex');

const majorOf = (node) => {
  const result = run(node, ['-p', 'process.versions.node']);
  return result.status === 0 ? Number(result.stdout.split('.')[0]) : 0;
};

/** `npm ci` is exact; where it refuses (a lock file made on another platform), `npm install` follows the lock as well. */
const installDependencies = () => {
  const npm = process.env.npm_execpath;
  const npmRun = (...args) => (npm?.endsWith('.js') ? run(process.execPath, [npm, ...args]) : run('npm', args));
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  console.error('set-up: installing dependencies (once, about 15 s) ...');
  const exact = npmRun('ci', ...quiet);
  if (exact.status === 0) return;
  const loose = npmRun('install', '--no-save', ...quiet);
  if (loose.status === 0) return;
  fail(
    `npm could not install the dependencies:\n${(loose.stderr || exact.stderr || String(loose.error)).trim()}`,
    'Check that the npm registry can be reached (`npm ping`), then run the command again.',
  );
};

/** The `node` package fetches its binary in an install script; where npm blocks scripts we run that one step ourselves. */
const ensureNode = () => {
  if (existsSync(localNode) && majorOf(localNode) >= NEEDED_NODE) return;
  const script = join(modules, 'node', 'installArchSpecificPackage.js');
  if (existsSync(script)) {
    spawnSync(process.execPath, [script], { cwd: join(modules, 'node'), stdio: 'ignore' });
    // npm links a command only when its file is there, and then it was not.
    if (!existsSync(localNode)) symlinkSync(join('..', 'node', 'bin', 'node'), localNode);
    if (majorOf(localNode) >= NEEDED_NODE) return;
  }
  const ownMajor = Number(process.versions.node.split('.')[0]);
  if (ownMajor < NEEDED_NODE) {
    fail(
      `Node ${NEEDED_NODE} or newer is needed; this is ${process.version}, and the npm package "node" could not bring one.`,
      'Install Node 24 from https://nodejs.org (or `npm rebuild node`), then run the command again.',
    );
  }
  // The machine's own Node is new enough: a broken link must not stand in front of it.
  rmSync(localNode, { force: true });
};

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== fingerprint()) {
  installDependencies();
  ensureNode();
  writeFileSync(stamp, fingerprint());
}

const ensure = (name, isThere, install, advice) => {
  if (isThere()) return;
  console.error(`set-up: no ${name} found, installing it ...`);
  const trouble = install();
  if (!isThere()) fail(`${name} could not be installed: ${trouble}`, `${advice}, then run the command again.`);
};

const hasSshKeygen = () => spawnSync('ssh-keygen', ['-?'], { stdio: 'ignore' }).error === undefined;

if (process.argv.includes('--for-tests')) {
  ensure(
    'Chromium',
    () => findChromium() !== null,
    () => installChromium(root),
    'Install Chromium (Debian: `apt-get install chromium`) or set CHROMIUM_PATH',
  );
  ensure(
    'ssh-keygen',
    hasSshKeygen,
    () => runFirst(debianInstall('openssh-client'), hasSshKeygen),
    'Install OpenSSH (Debian: `apt-get install openssh-client`)',
  );
}
