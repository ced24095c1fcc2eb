import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { kill } from 'node:process';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { CouldNotLook } from '../probe.ts';
import { onePid, pidsIn, survivors } from '../process/test-processes.ts';
import { commandContext, failureOf, lookAt, temporaryFolder } from './test-look.ts';

const run = promisify(execFile);

const { folder, remove } = temporaryFolder();
afterAll(remove);

test('when the time is over the whole group dies soon, and what it said is evidence', async () => {
  const script =
    'trap "" TERM; sleep 300 & echo $!; (trap "" TERM; sleep 300 & echo $!; wait) & echo $!; echo $$; wait';
  const started = performance.now();
  const failure = await failureOf({ argv: ['sh', '-c', `${script}; sleep 300`] }, commandContext(400));
  expect(performance.now() - started).toBeLessThan(1000);
  expect(failure.code).toBe('timeout');
  expect(failure.message).toMatch(
    /^the command did not end within 400ms and was ended; its stdout ends with: \d+ \/ \d+ \/ \d+$/,
  );
  const pids = pidsIn(failure.facts['stdout']);
  expect(pids).toHaveLength(4);
  expect(await survivors(pids)).toEqual([]);
  expect(failure.facts).not.toHaveProperty('exit-code');
});

test('when the run stops, so does the program', async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort('SIGINT'), 150);
  const context = commandContext(5000, { signal: controller.signal });
  const failure = await failureOf({ argv: ['sh', '-c', 'echo $$; exec sleep 300'] }, context);
  expect(failure).toMatchObject({ code: 'cancelled' });
  expect(await survivors(pidsIn(failure.facts['stdout']))).toEqual([]);
});

test('a daemon that keeps the output open holds up nobody, is named and is ended', async () => {
  const started = performance.now();
  const facts = await lookAt('sleep 300 & echo $!');
  expect(performance.now() - started).toBeLessThan(5000);
  const pid = onePid(facts['stdout']);
  expect(facts).toMatchObject({
    'exit-code': 0,
    'left-behind': [{ pid, name: 'sleep', escaped: false, ended: true }],
  });
  expect(Number(facts['duration'])).toBeLessThan(200);
  expect(await survivors([pid])).toEqual([]);
});

/** A script that starts a daemon with a session of its own, and goes on once that has told its pid. */
const starting = (before: string, daemon: string): string =>
  `${before} setsid sh -c "echo \\$\\$; touch ${join(folder, 'told')}; ${daemon}" & until rm ${join(folder, 'told')} 2>&-; do sleep 0.01; done`;

test('one that left the session and closed everything is found all the same', async () => {
  const facts = await lookAt(`${starting('', 'exec sleep 300 >&- 2>&-')}; sleep 0.05`);
  const pid = onePid(facts['stdout']);
  expect(facts).toMatchObject({ 'left-behind': [{ pid, name: 'sleep', escaped: true, ended: true }] });
  expect(await survivors([pid])).toEqual([]);
});

test('one that cannot be found betrays itself by the output that it holds open', async () => {
  const facts = await lookAt(starting('env -i', 'exec sleep 300'));
  const pid = onePid(facts['stdout']);
  expect(facts['left-behind']).toEqual([
    { name: 'a process that cannot be found and holds its output open', escaped: true, ended: false },
  ]);
  kill(pid, 'SIGKILL');
  expect(await survivors([pid])).toEqual([]);
  const failure = await failureOf(
    { argv: ['sh', '-c', `${starting('env -i', 'exec sleep 300')}; sleep 300`] },
    commandContext(600),
  );
  const second = onePid(failure.facts['stdout']);
  expect(failure.message).toContain('was ended, a process that cannot be found and holds its output open could not be');
  kill(second, 'SIGKILL');
});

test('children that end a moment after the program are not left behind', async () => {
  expect(await lookAt('sleep 0.1 & exit 0')).toMatchObject({ 'exit-code': 0, 'left-behind': [] });
});

test('fifty children that ignore SIGTERM are gone with the program that forked them', async () => {
  const facts = await lookAt('trap "" TERM; for i in $(seq 50); do sleep 300 & echo $!; done');
  const pids = pidsIn(facts['stdout']);
  expect(pids).toHaveLength(50);
  expect(facts['left-behind']).toHaveLength(50);
  expect(await survivors(pids)).toEqual([]);
});

test('a limit of this machine is our own trouble and says nothing of the program', async () => {
  const module = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);
  const program = `
    import { openSync } from 'node:fs';
    import { observe } from ${module('../observe.ts')};
    import { testContext } from ${module('../test-context.ts')};
    import { command } from ${module('kind.ts')};
    await command.load();
    const fill = () => { try { for (;;) openSync('/dev/null'); } catch {} };
    const order = { kind: 'command', spec: { argv: 'true' }, timeoutMs: 3000, asked: [] };
    const world = testContext(3000, { environment: { PATH: process.env.PATH } });
    const before = await observe(order, world, new AbortController().signal, { command });
    fill();
    const after = await observe(order, world, new AbortController().signal, { command });
    process.stdout.write(JSON.stringify([before.state, after.code, after.message]));`;
  const { stdout } = await run('sh', [
    '-c',
    'ulimit -n 64; exec "$@"',
    'sh',
    process.execPath,
    '--input-type=module',
    '-e',
    program,
  ]);
  const message = 'local resource limit (EMFILE): this machine could not look';
  expect(JSON.parse(stdout)).toEqual(['observed', 'probe-crashed', message]);
});

test('nothing is started when the run has stopped before', async () => {
  const context = commandContext(5000, { signal: AbortSignal.abort('SIGTERM') });
  const error: unknown = await lookAt('echo $$', {}, context).catch((thrown: unknown) => thrown);
  expect(error).toBe('SIGTERM');
  expect(error).not.toBeInstanceOf(CouldNotLook);
});
