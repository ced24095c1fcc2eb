import { execFile } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { livingMembers } from './family.ts';
import { startProgram, type Program } from './start-program.ts';
import { isAlive, onePid, pidsIn, survivors } from './test-processes.ts';

const start = (script: string, stdin: 'open' | 'nothing' = 'nothing'): Promise<Program> =>
  startProgram({ argv: ['sh', '-c', script], cwd: '/', env: { PATH: process.env['PATH'] ?? '' }, stdin });

/** What a program says until it has said so many lines. */
const saying = async ({ stdout }: Program, lines: number): Promise<string> => {
  let said = '';
  for await (const chunk of stdout.iterator({ destroyOnReturn: false })) {
    said += String(chunk);
    if (said.split('\n').length > lines) break;
  }
  return said;
};

test('a conversation over stdin and stdout, ended by closing stdin', async () => {
  const program = await start('while read line; do echo "<$line>"; done', 'open');
  program.stdin?.write('one\n');
  expect(await saying(program, 1)).toBe('<one>\n');
  program.stdin?.write('two\n');
  expect(await saying(program, 1)).toBe('<two>\n');
  program.stdin?.end();
  expect(await program.ended).toEqual({ exitCode: 0, signal: null });
  expect(await program.end(100)).toEqual([]);
});

test('a program that heeds SIGTERM has its grace to end in order', async () => {
  const program = await start('trap "echo bye; exit 7" TERM; echo ready; while :; do sleep 0.01; done');
  await saying(program, 1);
  const rest = text(program.stdout);
  expect(await program.end(2000)).toEqual([]);
  expect(await program.ended).toEqual({ exitCode: 7, signal: null });
  expect(await rest).toBe('bye\n');
});

test('one that does not is killed after the grace, with all that it started', async () => {
  const program = await start(
    'trap "" TERM; sleep 300 & echo $!; (sleep 300 & echo $!; wait) & echo $!; echo $$; wait',
  );
  const pids = pidsIn(await saying(program, 4));
  expect(pids).toHaveLength(4);
  expect(pids.every(isAlive)).toBe(true);
  expect(await program.living()).not.toEqual([]);
  const started = performance.now();
  expect(await program.end(100)).toEqual([]);
  expect(performance.now() - started).toBeLessThan(1000);
  expect(await program.ended).toEqual({ exitCode: null, signal: 'SIGKILL' });
  expect(await survivors(pids)).toEqual([]);
});

test('a process that left group and session is found by its mark, one that only left the group by the session', async () => {
  const program = await start('setsid sh -c "echo \\$\\$; exec sleep 300" & wait');
  const daemon = onePid(await saying(program, 1));
  expect(await program.living()).toContainEqual({
    pid: daemon,
    name: expect.stringMatching(/sh|sleep/),
    escaped: true,
  });
  expect(await program.end(50)).toEqual([]);
  expect(await survivors([daemon])).toEqual([]);

  const monitored = await start(`bash -c 'set -m; env -i sleep 300 & echo $!; wait'`);
  const job = onePid(await saying(monitored, 1));
  await sleep(50);
  expect(await monitored.living()).toContainEqual({ pid: job, name: 'sleep', escaped: true });
  expect(await monitored.end(50)).toEqual([]);
  expect(await survivors([job])).toEqual([]);
});

test('fifty children that ignore SIGTERM are all gone', async () => {
  const program = await start('trap "" TERM; for i in $(seq 50); do sleep 300 & echo $!; done; wait');
  const pids = pidsIn(await saying(program, 50));
  expect(pids).toHaveLength(50);
  expect(await program.end(20)).toEqual([]);
  expect(await survivors(pids)).toEqual([]);
});

test('without /proc the group as a whole is seen', async () => {
  const program = await start('echo $$; exec sleep 300');
  const leader = onePid(await saying(program, 1));
  const family = { leader, mark: 'none', since: 0 };
  expect(await livingMembers(family, '/nowhere')).toEqual([
    { pid: null, name: 'a process of its group', escaped: false },
  ]);
  await program.end(0);
  await program.ended;
  expect(await livingMembers(family, '/nowhere')).toEqual([]);
});

test('who cannot look does not say that nobody is alive', async () => {
  await expect(livingMembers({ leader: 1, mark: '', since: 0 }, import.meta.filename)).rejects.toMatchObject({
    code: 'ENOTDIR',
  });
});

test('programs end with the process that started them, even when it ends in a hurry', async () => {
  const script = `
    import { startProgram } from ${JSON.stringify(new URL('start-program.ts', import.meta.url).href)};
    const env = { PATH: process.env.PATH };
    const { stdout } = await startProgram({ argv: ['sh', '-c', 'sleep 300 & echo $!; echo $$; wait'], cwd: '/', env, stdin: 'nothing' });
    let said = '';
    stdout.on('data', (chunk) => {
      said += chunk;
      if (said.split('\\n').length > 2) process.stdout.write(said, () => process.exit(3));
    });`;
  const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  const failed: unknown = await run.catch((error: unknown) => error);
  expect(failed).toMatchObject({ code: 3 });
  const pids = pidsIn(typeof failed === 'object' && failed !== null && 'stdout' in failed ? failed.stdout : '');
  expect(pids).toHaveLength(2);
  expect(await survivors(pids)).toEqual([]);
});
