import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { commandContext, lookAt, temporaryFolder } from './test-look.ts';

let place = temporaryFolder();
beforeEach(() => void (place = temporaryFolder()));
afterEach(() => place.remove());

const write = (path: string, text = 'old'): void => writeFileSync(join(place.folder, path), text);

const lookFor = (script: string, ...artifacts: readonly string[]) =>
  lookAt(script, { artifacts: [...artifacts] }, commandContext(5000, { folder: place.folder }));

test('files that the program wrote are listed by path, with size and time', async () => {
  const before = Date.now() - 60_000;
  const facts = await lookFor(
    'mkdir dist; printf abc > dist/b.js; printf a > dist/a.js; : > report',
    'dist/*.js',
    'report',
  );
  expect(facts['missing-artifacts']).toEqual([]);
  expect(facts['artifacts']).toEqual([
    { path: 'dist/a.js', size: 1, modified: expect.any(String) },
    { path: 'dist/b.js', size: 3, modified: expect.any(String) },
    { path: 'report', size: 0, modified: expect.any(String) },
  ]);
  expect(
    JSON.stringify(facts['artifacts'])
      .match(/\d{4}-[^"]*Z/g)
      ?.every((time) => Date.parse(time) > before),
  ).toBe(true);
});

test('a file of an earlier run is no result of this one', async () => {
  write('report');
  write('log-1');
  write('log-2');
  const facts = await lookFor('exit 0', 'report', 'log-*', 'none/**');
  expect(facts).toMatchObject({
    'exit-code': 0,
    artifacts: [],
    'missing-artifacts': [
      'report (only report, which was there before and was not written)',
      'log-* (only log-1 and 1 more, which was there before and was not written)',
      'none/** (no file)',
    ],
  });
});

test('nor is one of which only the mode was changed, or that was made to look young before', async () => {
  write('report');
  const future = new Date(Date.now() + 3_600_000);
  utimesSync(join(place.folder, 'report'), future, future);
  expect((await lookFor('chmod 600 report', 'report'))['artifacts']).toEqual([]);
  chmodSync(join(place.folder, 'report'), 0o644);
});

test.each([
  ['written over', 'echo new and longer > report'],
  ['written to with the same length', 'sleep 0.02; printf new > report'],
  ['replaced by another file with an old time', 'printf new > other; touch -d 2001-01-01 other; mv other report'],
])('a file that is %s counts', async (_what, script) => {
  write('report');
  expect(await lookFor(script, 'report')).toMatchObject({ artifacts: [{ path: 'report' }], 'missing-artifacts': [] });
});

test('folders, pipes and links to nothing are no artifacts, and a link to a file is', async () => {
  mkdirSync(join(place.folder, 'old'));
  execFileSync('mkfifo', [join(place.folder, 'fifo')]);
  symlinkSync('nowhere', join(place.folder, 'dangling'));
  const facts = await lookFor('mkdir new; printf x > old/file; ln -s old/file link', 'new', 'fifo', 'dangling', 'li*');
  expect(facts['artifacts']).toMatchObject([{ path: 'link', size: 1 }]);
  expect(facts['missing-artifacts']).toEqual(['new (no file)', 'fifo (no file)', 'dangling (no file)']);
});

test('patterns start at cwd, and may lead out of it', async () => {
  mkdirSync(join(place.folder, 'inner'));
  const spec = { cwd: 'inner', artifacts: ['a', '../b', join(place.folder, 'c')] };
  const facts = await lookAt('touch a ../b ../c', spec, commandContext(5000, { folder: place.folder }));
  expect(facts['missing-artifacts']).toEqual([]);
  expect(facts['artifacts']).toMatchObject([
    { path: 'a' },
    { path: join(place.folder, 'b') },
    { path: join(place.folder, 'c') },
  ]);
});

test('a program that fails shows its artifacts too', async () => {
  expect(await lookFor('touch a; exit 1', 'a')).toMatchObject({ 'exit-code': 1, artifacts: [{ path: 'a' }] });
});
