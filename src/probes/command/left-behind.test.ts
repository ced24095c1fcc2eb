import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { collectOutput } from '../process/collect-output.ts';
import type { Member } from '../process/family.ts';
import { endInTime, leftFacts } from './left-behind.ts';

/** A program of another user: nobody can end it. */
const stubborn: Member = { pid: 7, name: 'sudo', escaped: false };

const running = (end: Promise<readonly Member[]>) => {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const ended = Promise.resolve({ exitCode: null, signal: 'SIGTERM' });
  return {
    program: { stdin: null, stdout, stderr, ended, living: async () => [stubborn], end: () => end },
    stdout: collectOutput(stdout, 1, 1),
    stderr: collectOutput(stderr, 1, 1),
  };
};

test('a process that cannot be ended does not hold up the end of a look', async () => {
  const started = performance.now();
  expect(await endInTime(running(new Promise(() => {})), 100)).toEqual([stubborn]);
  expect(performance.now() - started).toBeLessThan(1000);
  expect(await endInTime(running(Promise.resolve([stubborn])), 100)).toEqual([stubborn]);
});

test('an output that stays open although everybody is gone tells of somebody else', async () => {
  const [other] = await endInTime(running(Promise.resolve([])), 100);
  expect(other).toMatchObject({ pid: null, escaped: true });
});

test('of those that were left behind it is told who could be ended', () => {
  const quick: Member = { pid: 8, name: 'sleep', escaped: true };
  expect(leftFacts([stubborn, quick], [stubborn])).toEqual({
    'left-behind': [
      { pid: 7, name: 'sudo', escaped: false, ended: false },
      { pid: 8, name: 'sleep', escaped: true, ended: true },
    ],
  });
});
