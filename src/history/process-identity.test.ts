import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { platform } from 'node:process';
import { expect, test } from 'vitest';
import { lifeOf, ownIdentity } from './process-identity.ts';

const here = ownIdentity();

test('this process is alive, and another of its number is not it', () => {
  expect(lifeOf(here, here.place)).toBe('alive');
  expect(lifeOf({ ...here, start: `${here.start}0` }, here.place)).toBe('gone');
});

test('a number that nobody has is gone, and one of another place is not known', () => {
  const nobody = { ...here, pid: 2 ** 22 + 1 };
  expect(lifeOf(nobody, here.place)).toBe('gone');
  expect(lifeOf(nobody, 'elsewhere')).toBe('unknown');
});

test('a process of somebody else is there', () => {
  expect(lifeOf({ ...here, pid: 1, start: null }, here.place)).toBe('unknown');
});

test.skipIf(platform !== 'linux')('a process that has ended and was not looked after is gone', async () => {
  // The shell becomes a program that never asks after its child.
  const parent = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 20']);
  try {
    const [line] = await once(parent.stdout, 'data');
    const pid = Number(String(line));
    const stat = () => readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
    await expect.poll(() => stat()[0]).toBe('Z');
    expect(lifeOf({ ...here, pid, start: stat()[19] ?? null }, here.place)).toBe('gone');
  } finally {
    parent.kill('SIGKILL');
    await once(parent, 'exit');
  }
});
