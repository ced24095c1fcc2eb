import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { inspect } from './inspect.ts';
import { openFile } from './open-file.ts';
import { ask, failureOf } from './test-ask.ts';
import { makeTree } from './test-tree.ts';

const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const tree = async (files: { readonly [path: string]: string | Uint8Array } = {}): Promise<string> => {
  const made = await makeTree(files);
  closers.push(made.close);
  return made.root;
};

const bytes = (root: string, ...name: readonly number[]): Buffer =>
  Buffer.concat([Buffer.from(`${root}/`), Buffer.from(name)]);

test('a named pipe is neither opened nor waited for, whatever is asked of its lines', async () => {
  const root = await tree({ 'b.log': '{}\n' });
  execFileSync('mkfifo', [join(root, 'a.log')]);
  const started = performance.now();
  const { facts, broken } = await ask(
    { glob: '*.log', 'json-lines': true, forbid: 'secrets', 'must-contain': '.' },
    { folder: root, timeoutMs: 3000 },
  );
  expect(performance.now() - started).toBeLessThan(1000);
  expect(facts).toMatchObject({ count: 1, irregular: 1, lines: 1 });
  expect(broken).toEqual(['irregular: file-invalid: a.log is a named pipe: it is not opened']);
  expect((await ask({ glob: 'a.log', absent: true }, root)).broken[0]).toContain('a.log (a pipe)');
});

test('a pipe that takes the place of a file in between is not waited for either', async () => {
  const root = await tree();
  execFileSync('mkfifo', [join(root, 'pipe')]);
  const started = performance.now();
  await expect(openFile(join(root, 'pipe'), 'pipe')).rejects.toMatchObject({
    message: 'pipe was replaced while it was looked at: look again',
  });
  expect(performance.now() - started).toBeLessThan(500);
});

test('a file that is reached through a link by now is not read, nor is one that is gone', async () => {
  const root = await tree({ 'real/secret.txt': 'outside' });
  await symlink('real/secret.txt', join(root, 'link.txt'));
  await symlink('real', join(root, 'folder'));
  for (const path of ['link.txt', 'folder/secret.txt', 'real']) {
    await expect(openFile(join(root, path), path)).rejects.toThrow(/was replaced while/);
  }
  expect(await openFile(join(root, 'gone'), 'gone')).toBeNull();
  expect(await openFile(join(root, 'real/secret.txt/x'), 'x')).toBeNull();
});

test('sockets and devices are no files', async () => {
  const root = await tree();
  const server = createServer().listen(join(root, 'app.sock'));
  await once(server, 'listening');
  closers.unshift(() => server.close());
  expect((await ask({ glob: '*.sock' }, root)).broken[1]).toContain('app.sock is a socket: it is not opened');
  expect((await ask({ glob: 'null', root: '/dev' }, root)).broken[1]).toContain('null is a device: it is not opened');
});

test('links out of root are never followed, and are told', async () => {
  const outside = await tree({ 'secret.log': 'AKIA', 'deep/x.log': '' });
  const root = await tree({ 'a.log': '' });
  await symlink(join(outside, 'secret.log'), join(root, 'file.log'));
  await symlink(outside, join(root, 'out'));
  await symlink('..', join(root, 'up'));
  const { facts, broken } = await ask({ glob: '**/*.log', 'must-contain': '.' }, root);
  expect(facts).toMatchObject({ count: 1, irregular: 1, 'links-out': 2 });
  expect(broken[0]).toBe(
    'irregular: file-invalid: file.log is a symbolic link that leads out of root: it is not followed; ' +
      'a.log holds no line with /./',
  );
  const absent = await ask({ glob: '**/*.pem', absent: true }, root);
  expect(absent.broken).toEqual([]);
  expect(absent.warned).toEqual([
    'links-out: file-invalid: out leads to a folder outside root: it is not followed; up leads to a folder outside root: it is not followed',
  ]);
  for (const glob of ['out/*.log', 'out/deep/x.log', ['a.log', '**/out/*.pem']]) {
    expect(await failureOf({ glob, absent: true }, root)).toMatchObject({
      code: 'probe-crashed',
      message: 'out leads to a folder outside root and is not followed: write root: with that folder',
    });
  }
});

test('links within root are followed once, and a loop of them ends', async () => {
  const root = await tree({ 'releases/42/app.json': '{}' });
  await symlink('releases/42', join(root, 'current'));
  await symlink('..', join(root, 'releases/loop'));
  await symlink('self', join(root, 'self'));
  expect((await ask({ glob: 'current/app.json' }, root)).facts).toMatchObject({
    files: [{ path: 'current/app.json' }],
  });
  expect((await ask({ glob: '**/*.json' }, root)).facts).toMatchObject({
    count: 1,
    files: [{ path: 'releases/42/app.json' }],
  });
  expect((await ask({ glob: 'self' }, root)).broken[1]).toContain('self is a symbolic link that leads nowhere');
});

test('what lies behind a link within root is found where the pattern reaches it only through the link', async () => {
  const root = await tree({ 'private/key.pem': '' });
  await mkdir(join(root, 'public'));
  await symlink('../private', join(root, 'public/assets'));
  expect((await ask({ glob: 'public/**/*.pem', absent: true }, root)).broken[0]).toContain('public/assets/key.pem');
});

test('a root that is a link itself is looked in', async () => {
  const root = await tree({ 'data/a.txt': '' });
  await symlink('data', join(root, 'link'));
  expect((await ask({ glob: '*.txt', root: 'link' }, root)).facts['count']).toBe(1);
});

test('names that are hostile, or no text at all, are found and told', async () => {
  const names = ['-rf', '* *', 'a\nb', '$(x)', 'q"\'', '\u001b[31m', '{a}', '..x', 'é'];
  const root = await tree(Object.fromEntries(names.map((name) => [name, 'x\n'])));
  await writeFile(bytes(root, 0x61, 0xff, 0x2e, 0x70, 0x65, 0x6d), 'x\n');
  const { facts, broken } = await ask({ glob: '*', 'must-contain': '^x$', dotfiles: true }, root);
  expect(broken).toEqual([]);
  expect(facts).toMatchObject({ count: 10, lines: 10 });
  const absent = await ask({ glob: ['*.pem', 'e\u0301', 'a\nb'], absent: true }, root);
  expect(absent.facts['files']).toEqual([
    { path: 'a\nb', type: 'file' },
    { path: String.raw`a\xff.pem`, type: 'file' },
    { path: 'é', type: 'file' },
  ]);
  expect(absent.broken[0]).toContain(String.raw`a\u{a}b; a\xff.pem; é`);
  expect((await ask({ glob: String.raw`\* \*`, absent: true }, root)).facts['count']).toBe(1);
});

test('what cannot be read proves nothing: neither that a file is there nor that it is not', async () => {
  const root = await tree({ 'a/x.pem': '' });
  const long = 'n'.repeat(300);
  for (const absent of [true, false]) {
    expect(await failureOf({ glob: `a/${long}`, absent }, root)).toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining('cannot be read: its path is too long. What is not seen proves nothing'),
      facts: { root, walked: 1, excluded: 0 },
    });
  }
});

test('folders that are deeper than a system can name them are no short list', async () => {
  const root = await tree();
  execFileSync('sh', ['-c', 'n=0; while [ $n -lt 230 ]; do mkdir d && cd d || exit 1; n=$((n+1)); done'], {
    cwd: root,
  });
  const failure = await failureOf({ glob: '**/*.pem', absent: true }, root);
  expect(failure.message).toContain('lies deeper than 200 folders');
  expect((await ask({ glob: '**/*.pem', absent: true, exclude: 'd' }, root)).broken).toEqual([]);
});

test('a folder or file that may not be read makes the look unobserved', async () => {
  const root = await tree({ 'open/a.log': 'x', 'shut/b.log': 'x' });
  // Whoever may read everything looks as somebody who may not.
  const run = (spec: object): string => {
    const script = `
      const { testContext } = await import('./src/probes/test-context.ts');
      const { look } = await import('./src/probes/files/look.ts');
      if (process.getuid() === 0) { process.setgroups([]); process.setgid(65534); process.setuid(65534); }
      const told = await look(${JSON.stringify(spec)}, testContext(3000, { folder: ${JSON.stringify(root)} })).then(
        (facts) => 'count ' + facts.count, (error) => error.code + ': ' + error.message);
      console.log(told);`;
    return execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).trim();
  };
  execFileSync('sh', ['-c', 'chmod 755 . open; chmod 000 shut open/a.log'], { cwd: root });
  closers.unshift(() => execFileSync('chmod', ['-R', '755', root]));
  const refused = /^file-unreadable: shut cannot be read: permission denied/;
  expect(run({ glob: '**/*.pem', absent: true })).toMatch(refused);
  expect(run({ glob: '**/*.log' })).toMatch(refused);
  expect(run({ glob: 'open/*.log', forbid: 'secrets' })).toMatch(/^file-unreadable: open\/a\.log cannot be read/);
  expect(run({ glob: 'open/*.log' })).toBe('count 1');
  expect(run({ glob: '**/*.log', exclude: 'shut' })).toBe('count 1');
});

test('files that come and go during the look do no harm', async () => {
  const root = await tree({ 'stays.log': 'x' });
  const ended = new AbortController();
  const churn = async (): Promise<void> => {
    for (let round = 0; !ended.signal.aborted; round += 1) {
      const folder = join(root, `f${round % 5}`);
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'a.log'), 'x\n').catch(() => {});
      await rm(folder, { recursive: true, force: true }).catch(() => {});
    }
  };
  const churning = churn();
  for (let round = 0; round < 60; round += 1) {
    const { facts } = await ask({ glob: '**/*.log', 'must-contain': '.' }, root);
    expect(Number(facts['count'])).toBeLessThan(7);
  }
  ended.abort();
  await churning;
});

test('when all that matched is gone before it is read, nothing was proved', async () => {
  const gone = { path: 'a.log', raw: '/nowhere/a.log', size: 1, mode: 0o600, modifiedMs: 0 };
  const inspection = { rules: [], pause: () => {}, tell: () => {} };
  await expect(inspect([gone], inspection)).rejects.toThrow('every file that matched was gone before it could be read');
});

test('a file that is cut short while it is read ends there', async () => {
  const root = await tree({ 'a.log': 'line\n'.repeat(400_000) });
  const asked = ask({ glob: 'a.log', 'must-not-contain': 'never' }, root);
  await truncate(join(root, 'a.log'), 10);
  expect(Number((await asked).facts['lines'])).toBeLessThanOrEqual(400_000);
});
