import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync, closeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { listenForStop } from './signals.ts';

const url = (name: string): string => JSON.stringify(new URL(name, import.meta.url).href);

const run = (script: string, stdout: 'pipe' | number = 'pipe') => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', stdout, 'pipe'] });
  let said = '';
  let errors = '';
  child.stdout?.on('data', (data) => (said += data));
  child.stderr?.on('data', (data) => (errors += data));
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, said, errors }));
  return { child, ended };
};

describe('listenForStop', () => {
  const script = `
    import { listenForStop } from ${url('./signals.ts')};
    const stop = listenForStop();
    const timer = setInterval(() => {}, 1000);
    stop.signal.addEventListener('abort', () => {
      console.log('stopping: ' + stop.signal.reason);
      if (process.env.ORDERLY) { stop.release(); clearInterval(timer); process.exitCode = 7; }
    });
    console.log('ready');`;

  it.each(['SIGINT', 'SIGTERM'] as const)('lets a run end in order on %s', async (signal) => {
    const { child, ended } = run(`process.env.ORDERLY = '1';`.concat(script));
    await once(child.stdout ?? child, 'data');
    child.kill(signal);
    expect(await ended).toMatchObject({ code: 7, said: `ready\nstopping: ${signal}\n`, errors: '' });
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends at once on a second %s', async (signal, code) => {
    const { child, ended } = run(script);
    await once(child.stdout ?? child, 'data');
    child.kill('SIGINT');
    await once(child.stdout ?? child, 'data');
    child.kill(signal);
    expect(await ended).toMatchObject({ code, errors: '' });
  });
});

it('listens to no signal any more once it is released', () => {
  const counts = () => ['SIGINT', 'SIGTERM'].map((name) => process.listenerCount(name));
  const before = counts();
  const stop = listenForStop();
  expect(counts()).toEqual(before.map((count) => count + 1));
  stop.release();
  expect(counts()).toEqual(before);
});

describe('writeOut', () => {
  const script = `
    import { writeOut } from ${url('./output.ts')};
    const text = 'x'.repeat(3_000_000) + '\\n';
    const trouble = await writeOut(process.stdout, text);
    process.stderr.write(JSON.stringify(trouble));
    process.exit(trouble === null ? 0 : 4);`;

  it('has written everything when it resolves, to a reader that is slow', async () => {
    const { child, ended } = run(script);
    child.stdout?.pause();
    await wait(150);
    child.stdout?.resume();
    const { code, said } = await ended;
    expect({ code, length: said.length }).toEqual({ code: 0, length: 3_000_001 });
  });

  it('knows that its reader has gone, and prints no stack', async () => {
    const { child, ended } = run(script);
    child.stdout?.once('data', () => child.stdout?.destroy());
    const { code, errors } = await ended;
    expect(code).toBe(4);
    expect(JSON.parse(errors)).toEqual({ readerGone: true, reason: 'nobody reads it any more' });
  });

  it.skipIf(!existsSync('/dev/full'))('knows that the disk is full', async () => {
    const full = openSync('/dev/full', 'w');
    const { code, errors } = await run(script, full).ended;
    closeSync(full);
    expect(code).toBe(4);
    expect(JSON.parse(errors)).toEqual({ readerGone: false, reason: 'the disk is full' });
  });
});

describe('makeLogger', () => {
  const logging = (verbose: boolean): string => `
    import { makeLogger } from ${url('./logger.ts')};
    import { makeRedactor } from ${url('./redactor.ts')};
    const log = makeLogger(${verbose}, makeRedactor(new Map([['TOKEN', 'canary-value']])));
    log.debug('one', { header: 'Bearer canary-value' });
    log.info('two canary-value');
    log.warn('three');
    await log.flush();
    process.stdout.write('report');`;

  it('writes redacted lines of JSON to stderr, in order, and nothing to stdout', async () => {
    const { said, errors } = await run(logging(true)).ended;
    const lines = errors
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ msg }) => msg)).toEqual(['one', 'two ***', 'three']);
    expect(lines[0]).toMatchObject({ header: 'Bearer ***' });
    expect(said).toBe('report');
  });

  it('says only what matters when nobody asked for more', async () => {
    const { errors } = await run(logging(false)).ended;
    expect(errors.trim().split('\n')).toHaveLength(1);
    expect(errors).toContain('three');
  });
});
