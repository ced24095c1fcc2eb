import { chmod, link, symlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { ask, failureOf } from './test-ask.ts';
import { makeTree } from './test-tree.ts';

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const tree = async (files: { readonly [path: string]: string | Uint8Array }): Promise<string> => {
  const made = await makeTree(files);
  closers.push(made.close);
  return made.root;
};

/** Sets when a file was modified, in milliseconds before now. */
const age = async (path: string, ms: number): Promise<void> => {
  const at = new Date(Date.now() - ms);
  await utimes(path, at, at);
};

const HOUR = 3_600_000;

test('matches are counted and measured, the newest first', async () => {
  const root = await tree({ 'logs/a.log': 'aaaa', 'logs/b.log': 'b', 'logs/c.txt': '', 'logs/deep/d.log': '' });
  await age(join(root, 'logs/a.log'), 2 * HOUR);
  await age(join(root, 'logs/b.log'), HOUR);
  await chmod(join(root, 'logs/a.log'), 0o600);
  await chmod(join(root, 'logs/b.log'), 0o644);
  const { facts, broken } = await ask({ glob: 'logs/*.log' }, root);
  expect(broken).toEqual([]);
  expect(facts).toMatchObject({
    count: 2,
    size: 5,
    smallest: 1,
    largest: 4,
    modes: ['0600', '0644'],
    irregular: 0,
    folders: 0,
    root,
    excluded: 0,
    flaws: [],
    files: [
      { path: 'logs/b.log', size: 1, mode: '0644' },
      { path: 'logs/a.log', size: 4, mode: '0600' },
    ],
  });
  expect(Number(facts['age']) / HOUR).toBeCloseTo(1, 2);
  expect(Date.now() - Date.parse(String(facts['oldest']))).toBeGreaterThan(1.9 * HOUR);
  expect(Date.now() - Date.parse(String(facts['newest']))).toBeLessThan(1.1 * HOUR);
});

test('nothing that matches is a missing file, and what there is instead is told', async () => {
  const root = await tree({ 'logs/': '', 'old/a.log': '' });
  const { facts, broken } = await ask({ glob: ['logs', '*.log'], exclude: 'old' }, root);
  expect(broken).toEqual([
    `count: file-missing: no file matches logs, *.log in ${root}; 1 matching folder does not count; 1 entry was excluded`,
    'unmatched: file-missing: nothing fits logs; *.log',
  ]);
  for (const fact of ['newest', 'oldest', 'age', 'size', 'lines']) expect(Object.hasOwn(facts, fact)).toBe(false);
});

test('each pattern of a list has to fit something, so that a renamed file is not silently looked at no more', async () => {
  const root = await tree({ 'Dockerfile.new': 'FROM a', 'ci.yaml': 'a' });
  const { broken } = await ask({ glob: ['Dockerfile', 'ci.yaml', 'docs/**'], 'must-not-contain': 'set \\+e' }, root);
  expect(broken).toEqual(['unmatched: file-missing: nothing fits Dockerfile; docs/**']);
  expect((await ask({ glob: ['*.yaml', 'Dockerfile*'] }, root)).broken).toEqual([]);
});

test('a root that is not there, or is a file, is no empty folder', async () => {
  const root = await tree({ file: '' });
  for (const absent of [true, false]) {
    expect(await failureOf({ glob: '*.pem', root: 'typo', absent }, root)).toMatchObject({
      code: 'file-missing',
      message: `the root ${root}/typo does not exist, so nothing could be looked at`,
    });
    expect((await failureOf({ glob: '*.pem', root: 'file', absent }, root)).message).toContain('is no folder');
    expect((await failureOf({ glob: '*.pem', root: 'file/below', absent }, root)).message).toContain('does not exist');
  }
});

test('with absent whatever matches breaks the check, in folders with a dot too', async () => {
  const root = await tree({ '.env': 'x', '.config/key.pem': 'x', 'a/b/.env.local': 'x', 'app/ok.txt': 'x' });
  const { broken, facts } = await ask({ glob: ['**/.env*', '**/*.pem'], absent: true }, root);
  expect(broken).toEqual(['count: file-present: found .config/key.pem; .env; a/b/.env.local, which must not be there']);
  expect(facts['files']).toEqual([
    { path: '.config/key.pem', type: 'file' },
    { path: '.env', type: 'file' },
    { path: 'a/b/.env.local', type: 'file' },
  ]);
  expect((await ask({ glob: '**/*.key', absent: true }, root)).broken).toEqual([]);
  expect((await ask({ glob: 'gone/*.key', absent: true }, root)).broken).toEqual([]);
});

test('with absent folders and links count as well, a link that leads nowhere too', async () => {
  const root = await tree({ 'public/.git/HEAD': 'x' });
  await symlink('/nowhere/key', join(root, 'key.pem'));
  expect((await ask({ glob: 'public/.git', absent: true }, root)).broken[0]).toContain('public/.git (a folder)');
  expect((await ask({ glob: 'public/.git/', absent: true }, root)).broken[0]).toContain('public/.git (a folder)');
  expect((await ask({ glob: '*.pem', absent: true }, root)).broken[0]).toContain('key.pem (a link)');
});

test('what is excluded is left out with all below, and counted', async () => {
  const root = await tree({ 'a/node_modules/x.pem': '', 'node_modules/y/z.pem': '', 'a/k.pem': '' });
  const { facts, broken } = await ask({ glob: '**/*.pem', exclude: '**/node_modules', absent: true }, root);
  expect(broken[0]).toContain('found a/k.pem, which');
  expect(facts).toMatchObject({ count: 1, excluded: 2 });
});

test('names with a dot in front count only when the pattern writes the dot, or where nothing may hide', async () => {
  const root = await tree({ 'logs/.gitkeep': '' });
  expect((await ask({ glob: 'logs/*' }, root)).broken[0]).toContain('file-missing');
  expect((await ask({ glob: 'logs/.*' }, root)).broken).toEqual([]);
  expect((await ask({ glob: 'logs/*', dotfiles: true }, root)).broken).toEqual([]);
  expect((await ask({ glob: 'logs/*', forbid: 'secrets' }, root)).facts['count']).toBe(1);
  expect((await ask({ glob: 'logs/*', absent: true }, root)).facts['count']).toBe(1);
});

test('permissions within the mode hold, and each file beyond it is named', async () => {
  const root = await tree({ 'a.key': '', 'b.key': '', 'c.key': '', 'd.key': '' });
  const modes = { a: 0o400, b: 0o640, c: 0o604, d: 0o4600 };
  for (const [name, mode] of Object.entries(modes)) await chmod(join(root, `${name}.key`), mode);
  const { facts, broken } = await ask({ glob: '*.key', mode: '600' }, root);
  expect(facts['wrong-mode']).toBe(3);
  expect(broken).toEqual([
    'wrong-mode: file-mode: b.key has the permissions 0640, which is more than 600; c.key has the permissions 0604, ' +
      'which is more than 600; d.key has the permissions 4600, which is more than 600',
  ]);
  expect((await ask({ glob: 'a.key', mode: '0600' }, root)).broken).toEqual([]);
});

test('a file that is dated ahead of now has no age', async () => {
  const root = await tree({ 'backup.dump': 'x' });
  await age(join(root, 'backup.dump'), -HOUR);
  const { facts } = await ask({ glob: 'backup.dump' }, root);
  expect(Object.hasOwn(facts, 'age')).toBe(false);
  expect(facts['newest']).toBeDefined();
});

test('a file under several links counts once, one with two names twice', async () => {
  const root = await tree({ 'app-1.log': 'x' });
  await symlink('app-1.log', join(root, 'app-latest.log'));
  await symlink('app-1.log', join(root, 'aaa.log'));
  const { facts } = await ask({ glob: '*.log' }, root);
  expect(facts).toMatchObject({ count: 1, files: [{ path: 'app-1.log' }] });
  await link(join(root, 'app-1.log'), join(root, 'app-2.log'));
  expect((await ask({ glob: '*.log' }, root)).facts['count']).toBe(2);
});

test('one file is read as JSON, and several are not', async () => {
  const root = await tree({ 'a.json': '\u{feff}{"version":"1.2"}', 'bad.json': '{"a":1,"a":2}' });
  const read = await ask({ glob: 'a.json', json: true }, root);
  expect(read).toMatchObject({ broken: [], facts: { json: { version: '1.2' }, 'valid-json': true } });
  const bad = await ask({ glob: 'bad.json', json: true }, root);
  expect(bad.broken).toEqual([
    'valid-json: file-invalid: bad.json is not JSON: the name "a" occurs twice in one object',
  ]);
  const both = await ask({ glob: '*.json', json: true }, root);
  expect(both.broken).toEqual(['valid-json: value-missing: 2 files match, and only a single one is read as a whole']);
  const none = await ask({ glob: 'c.json', json: true }, root);
  expect(none.broken.map((one) => one.split(':')[1])).toEqual([' file-missing', ' file-missing']);
});

test('the text of a single file is told when it is asked about', async () => {
  const root = await tree({ VERSION: '1.2.3\n', 'bytes.bin': Buffer.from([0xff, 0xfe, 0xfd]) });
  const asked = { folder: root, asked: ['content'] };
  expect((await ask({ glob: 'VERSION' }, asked)).facts['content']).toBe('1.2.3\n');
  expect((await ask({ glob: 'VERSION' }, root)).facts['content']).toBeUndefined();
  expect((await ask({ glob: '*' }, asked)).facts['content']).toBeUndefined();
  expect((await ask({ glob: 'bytes.bin' }, asked)).facts).toMatchObject({
    flaws: [{ about: 'content', path: 'bytes.bin', what: 'is not UTF-8' }],
  });
});

test('lines are counted when they are asked about', async () => {
  const root = await tree({ a: '1\n2\n3', b: '', c: '\n' });
  expect((await ask({ glob: '*' }, { folder: root, asked: ['lines'] })).facts['lines']).toBe(4);
  expect((await ask({ glob: '*' }, root)).facts['lines']).toBeUndefined();
});
