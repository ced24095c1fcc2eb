import { closeSync, linkSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { testContext } from '../test-context.ts';
import { look } from './look.ts';
import { ask, failureOf } from './test-ask.ts';
import { makeTree } from './test-tree.ts';

const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const tree = async (files: { readonly [path: string]: string } = {}): Promise<string> => {
  const made = await makeTree(files);
  closers.push(made.close);
  return made.root;
};

/** Folders with files: further names of one file in each, which are made much faster than files. */
const fill = (root: string, folders: number, each: number): void => {
  for (let folder = 0; folder < folders; folder += 1) {
    const path = join(root, `f${folder}`);
    mkdirSync(path);
    writeFileSync(join(path, '0'), '');
    for (let name = 1; name < each; name += 1) linkSync(join(path, '0'), join(path, String(name)));
  }
};

test('a hundred thousand files are counted in seconds, and more than there is room for is no short list', async () => {
  const root = await tree();
  fill(root, 10, 10_000);
  const started = performance.now();
  const { facts } = await ask({ glob: '**/*' }, { folder: root, timeoutMs: 30_000 });
  expect(facts).toMatchObject({ count: 100_000, folders: 10, walked: 100_010 });
  expect(JSON.stringify(facts).length).toBeLessThan(40_000);
  expect((await ask({ glob: '**/*.pem', absent: true }, root)).broken).toEqual([]);
  expect(performance.now() - started).toBeLessThan(15_000);
  // Each link leads to the same folder by another part of the patterns, so that it is walked again.
  const links = Array.from({ length: 11 }, (_, index) => `l${index}`);
  for (const link of links) await symlink('f0', join(root, link));
  const glob = ['**/*.pem', ...links.map((link) => `${link}/**/*.key`)];
  expect(await failureOf({ glob, absent: true }, root)).toMatchObject({
    code: 'probe-crashed',
    message: 'there are more than 200000 entries to look at: narrow glob, or exclude folders',
  });
}, 60_000);

/** Writes so many mebibytes of lines. */
const writeLines = (path: string, mebibytes: number): number => {
  const line = `${JSON.stringify({ level: 30, time: 1_767_225_600_000, message: 'request handled', path: '/api/things' })}\n`;
  const block = Buffer.from(line.repeat(Math.floor((1024 * 1024) / line.length)));
  const file = openSync(path, 'w');
  for (let count = 0; count < mebibytes; count += 1) writeSync(file, block);
  closeSync(file);
  return mebibytes * Math.floor((1024 * 1024) / line.length);
};

test('50 MiB of lines are read in seconds and in constant memory', async () => {
  const root = await tree();
  const lines = writeLines(join(root, 'a.jsonl'), 50);
  const spec = { glob: '*.jsonl', 'json-lines': true, forbid: ['secrets', 'email-addresses'] } as const;
  globalThis.gc?.();
  const before = process.memoryUsage();
  let highest = 0;
  const watch = setInterval(() => {
    const { heapUsed, external } = process.memoryUsage();
    highest = Math.max(highest, heapUsed - before.heapUsed + external - before.external);
  }, 5);
  const { facts, broken } = await ask({ ...spec, forbid: [...spec.forbid] }, { folder: root, timeoutMs: 60_000 });
  clearInterval(watch);
  expect(broken).toEqual([]);
  expect(facts).toMatchObject({ lines, 'invalid-lines': 0, forbidden: 0 });
  expect(highest).toBeLessThan(150 * 1024 * 1024);
}, 90_000);

test('a look ends when it is told to, and says how far it came', async () => {
  const root = await tree();
  writeLines(join(root, 'a.jsonl'), 50);
  const started = performance.now();
  const failure = await failureOf({ glob: '*.jsonl', forbid: 'secrets' }, { folder: root, timeoutMs: 100 });
  expect(performance.now() - started).toBeLessThan(300);
  expect(failure).toMatchObject({
    code: 'timeout',
    message: 'timed out after 0.1 s, after 1 entries of folders',
    facts: { walked: 1, root },
  });
});

test('a look that is called off before it began sees nothing', async () => {
  const root = await tree({ a: '' });
  const context = testContext(1000, { folder: root, signal: AbortSignal.abort('cancelled') });
  await expect(look({ glob: 'a' }, context)).rejects.toMatchObject({ code: 'timeout' });
});

test('no file stays open', async () => {
  const root = await tree({ 'a.log': 'x', 'b.log': 'x'.repeat(9 * 1024 * 1024), 'c/d.log': '' });
  const open = async (): Promise<number> => (await readdir('/proc/self/fd')).length;
  const before = await open();
  for (let round = 0; round < 5; round += 1) {
    await failureOf({ glob: '**/*.log', forbid: 'secrets' }, root);
    await ask({ glob: '**/*.log', 'must-contain': 'x', exclude: 'b.log' }, root);
  }
  expect(await open()).toBeLessThanOrEqual(before);
});
