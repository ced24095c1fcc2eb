import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { look } from './look.ts';
import { commandContext, failureOf, lookAt, temporaryFolder } from './test-look.ts';

const { folder, remove } = temporaryFolder();
afterAll(remove);

const script = (path: string, text: string, mode = 0o755): void => {
  writeFileSync(join(folder, path), text);
  chmodSync(join(folder, path), mode);
};

test('how a program ends and what it says are facts', async () => {
  const facts = await lookAt('echo out; echo err >&2; exit 3');
  expect(facts).toEqual({
    'exit-code': 3,
    stdout: 'out\n',
    'stdout-size': 4,
    stderr: 'err\n',
    'stderr-size': 4,
    'left-behind': [],
    duration: expect.any(Number),
  });
});

test('a program that a signal ends has no exit code', async () => {
  const facts = await lookAt('kill -SEGV $$');
  expect(facts).toMatchObject({ signal: 'SIGSEGV', stdout: '' });
  expect(facts).not.toHaveProperty('exit-code');
});

test('no shell reads the arguments', async () => {
  const facts = await look({ argv: ['printf', '%s|', '$HOME', '*', '; exit 9', 'a b'] }, commandContext());
  expect(facts).toMatchObject({ 'exit-code': 0, stdout: '$HOME|*|; exit 9|a b|' });
});

test('a program gets none of our environment but what it needs, and what the check gives it', async () => {
  const environment = { PATH: process.env['PATH'], API_TOKEN: 'hush', LANG: 'C' };
  const { stdout } = await look(
    { argv: 'env', env: { OWN: 'yes', PORT: 80, LANG: 'C.UTF-8' } },
    commandContext(5000, { environment }),
  );
  const names = String(stdout).match(/^\w+(?==)/gm);
  expect(names?.toSorted()).toEqual(['GONOGO_PROGRAM', 'LANG', 'OWN', 'PATH', 'PORT']);
  expect(stdout).toContain('LANG=C.UTF-8\n');
  expect(stdout).toContain('PORT=80\n');
  expect(stdout).not.toContain('hush');
});

test('a program with a slash is looked for from cwd, and cwd from the folder of the check', async () => {
  mkdirSync(join(folder, 'inner'));
  script('inner/where', '#!/bin/sh\npwd\n');
  const context = commandContext(5000, { folder });
  expect(await look({ argv: './where', cwd: 'inner' }, context)).toMatchObject({
    stdout: `${join(folder, 'inner')}\n`,
  });
  expect(await look({ argv: 'inner/where' }, context)).toMatchObject({ stdout: `${folder}\n` });
  expect((await failureOf({ argv: 'inner/where', cwd: 'inner' }, context)).code).toBe('command-missing');
});

test.each([
  ['nowhere-to-be-found', 'there is no program nowhere-to-be-found on the PATH'],
  ['./nowhere', `there is no program ${folder}/nowhere`],
  ['./text', `the program ${folder}/text may not be executed (EACCES)`],
  [
    './bad-first-line',
    `the program ${folder}/bad-first-line is there, and the interpreter that its first line names is not`,
  ],
  ['.', `the program . may not be executed (EACCES)`],
])('the program %s cannot be started: %s', async (argv, message) => {
  script('text', 'true', 0o644);
  script('bad-first-line', '#!/nowhere/sh\n');
  const failure = await failureOf({ argv }, commandContext(5000, { folder }));
  expect(failure).toMatchObject({ code: 'command-missing', message });
});

test('a folder that is not there is told apart from a program that is not', async () => {
  script('file', '');
  const context = commandContext(5000, { folder });
  expect(await failureOf({ argv: 'true', cwd: 'nowhere' }, context)).toMatchObject({
    code: 'file-missing',
    message: `the folder ${folder}/nowhere that it must run in does not exist`,
  });
  expect(await failureOf({ argv: 'nowhere', cwd: 'file' }, context)).toMatchObject({
    code: 'file-missing',
    message: `${folder}/file, where it must run, is not a folder`,
  });
});

test('stdin is what the check says, and at its end at once when it says nothing', async () => {
  expect(await lookAt('cat', { stdin: 'one\ntwo' })).toMatchObject({ stdout: 'one\ntwo', 'exit-code': 0 });
  expect(await lookAt('cat; echo end')).toMatchObject({ stdout: 'end\n', 'exit-code': 0 });
});

test('a program that does not read its stdin, or closes it, is no error', async () => {
  const stdin = 'x'.repeat(5_000_000);
  expect(await lookAt('exit 0', { stdin })).toMatchObject({ 'exit-code': 0 });
  expect(await lookAt('exec <&-; sleep 0.05; echo on', { stdin })).toMatchObject({ 'exit-code': 0, stdout: 'on\n' });
});

test('a program that closes its output and lives on is waited for', async () => {
  const facts = await lookAt('exec >&- 2>&-; sleep 0.15; exit 4');
  expect(facts).toMatchObject({ 'exit-code': 4, 'left-behind': [] });
  expect(Number(facts['duration'])).toBeGreaterThan(140);
});

test('output without a line end, without a byte, and with bytes that are not UTF-8', async () => {
  expect(await lookAt(String.raw`printf 'a\377\0b'`)).toMatchObject({ stdout: 'a\\xff\0b', 'stdout-size': 4 });
  expect(await lookAt('')).toMatchObject({ stdout: '', 'stdout-size': 0, stderr: '' });
});

test('stdout is read as JSON when it is', async () => {
  expect(await lookAt(`echo '{"ok": [1]}'`)).toMatchObject({ json: { ok: [1] } });
  expect(await lookAt('echo 12345678901234567890')).toMatchObject({
    json: '12345678901234567890',
    'numbers-as-text': ['$'],
  });
  for (const said of ['{"ok"', '', '{} {}', '{"a":1,"a":2}']) {
    expect(await lookAt(`printf '%s' '${said}'`)).not.toHaveProperty('json');
  }
});
