import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../model/json.ts';
import type { Facts, Sign } from '../model/observation.ts';
import { observe } from './observe.ts';
import { CouldNotLook, type Look, type ProbeWorld } from './probe.ts';
import { testWorld } from './test-context.ts';

const world: ProbeWorld = { ...testWorld, now: () => new Date('2026-11-21T03:15:02Z') };

const kindWith = (look: Look<JsonObject>, explain: (facts: Facts) => readonly Sign[] = () => []) => ({
  sample: { explain, load: async () => ({ look }) },
});

const see = (
  look: Look<JsonObject>,
  { timeoutMs = 5000, signal = new AbortController().signal, explain = (): readonly Sign[] => [] } = {},
) => observe({ kind: 'sample', spec: { port: 1 }, timeoutMs, asked: [] }, world, signal, kindWith(look, explain));

/** A look over a real socket: what a server says first. It closes its socket when it is told to stop. */
const bannerLook: Look<JsonObject> = async ({ port }, { signal }) => {
  const socket = connect({ host: '127.0.0.1', port: Number(port) });
  try {
    const banner = await new Promise<string>((resolve, reject) => {
      socket.once('data', (data) => resolve(data.toString()));
      socket.once('error', (error) =>
        reject(new CouldNotLook('connect-refused', error.message, { port: Number(port) })),
      );
      signal.addEventListener('abort', () => reject(signal.reason));
    });
    return { banner };
  } finally {
    socket.destroy();
  }
};

const withServer = async (greet: (socket: Socket) => void, use: (port: number) => Promise<void>): Promise<void> => {
  const server = createServer((socket) => greet(socket.on('error', () => {})));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  try {
    await use(typeof address === 'object' && address !== null ? address.port : 0);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
};

const lookAt = (port: number, timeoutMs = 5000, signal = new AbortController().signal) =>
  observe({ kind: 'sample', spec: { port }, timeoutMs, asked: [] }, world, signal, kindWith(bannerLook));

describe('observe', () => {
  it('reports what a real server said, with how long it took', () =>
    withServer(
      (socket) => socket.end('hello'),
      async (port) => {
        const observation = await lookAt(port);
        expect(observation).toMatchObject({ state: 'observed', facts: { banner: 'hello' }, signs: [] });
        expect(observation.facts['duration']).toBeGreaterThan(0);
      },
    ));

  it('calls a server that stays silent a timeout', () =>
    withServer(
      () => {},
      async (port) => {
        const startedMs = performance.now();
        expect(await lookAt(port, 60)).toMatchObject({
          state: 'unobserved',
          code: 'timeout',
          message: 'no result within 60 ms',
        });
        expect(performance.now() - startedMs).toBeLessThan(310);
      },
    ));

  it('keeps the reason and the partial facts of a look that could not look', async () => {
    let port = 0;
    const remember = async (open: number) => void (port = open);
    await withServer(() => {}, remember);
    expect(await lookAt(port)).toMatchObject({ state: 'unobserved', code: 'connect-refused', facts: { port } });
  });

  it('gives up on a probe that ignores its signal, within the grace', async () => {
    const startedMs = performance.now();
    const observation = await see(() => new Promise(() => {}), { timeoutMs: 30 });
    const tookMs = performance.now() - startedMs;
    expect(observation).toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('did not stop when told to'),
    });
    expect(tookMs).toBeGreaterThan(270);
    expect(tookMs).toBeLessThan(400);
  });

  it('does not take facts that come after the deadline for an observation', async () => {
    const late: Look<JsonObject> = async (_, { signal }) => {
      await wait(1000, null, { signal }).catch(() => {});
      return { status: 200 };
    };
    expect(await see(late, { timeoutMs: 20 })).toMatchObject({
      state: 'unobserved',
      code: 'timeout',
      message: 'no result within 20 ms',
      facts: { status: 200 },
    });
  });

  it('stays a timeout when the run stops while the probe is given its grace', async () => {
    const run = new AbortController();
    setTimeout(() => run.abort('SIGINT'), 40);
    const late = () => wait(80).then(() => Promise.reject(new Error('reset')));
    expect(await see(late, { timeoutMs: 20, signal: run.signal })).toMatchObject({ code: 'timeout' });
  });

  it('does not strike at once when the timeout is longer than a timer can be', async () => {
    expect(await see(() => wait(20, { status: 200 }), { timeoutMs: 2 ** 40 })).toMatchObject({ state: 'observed' });
  });

  it('lets a probe name the phase in which the deadline struck', async () => {
    const look: Look<JsonObject> = (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
          reject(new CouldNotLook('connect-timeout', 'connecting took too long', { address: '127.0.0.1' }));
        });
      });
    expect(await see(look, { timeoutMs: 20 })).toMatchObject({
      code: 'connect-timeout',
      facts: { address: '127.0.0.1' },
    });
  });

  it.each([
    ['SIGINT', 'cancelled'],
    ['SIGTERM', 'cancelled'],
    ['deadline', 'deadline-exceeded'],
  ])('blames the run, not the target, when the run stops by %s', async (reason, code) => {
    const run = new AbortController();
    const look: Look<JsonObject> = (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new CouldNotLook('connect-reset', 'reset', { sent: 1 })));
      });
    const seen = see(look, { signal: run.signal });
    setTimeout(() => run.abort(reason), 10);
    expect(await seen).toMatchObject({ state: 'unobserved', code, facts: { sent: 1 } });
  });

  it('does not look at all when the run has already stopped', async () => {
    let looked = false;
    const run = new AbortController();
    run.abort('SIGINT');
    const observation = await see(
      async () => {
        looked = true;
        return {};
      },
      { signal: run.signal },
    );
    expect(observation).toMatchObject({ state: 'unobserved', code: 'cancelled' });
    expect(looked).toBe(false);
  });

  it('keeps a duration that the probe measured itself', async () => {
    expect(await see(async () => ({ duration: 7 }))).toMatchObject({ facts: { duration: 7 } });
  });

  it('adds the signs that the kind recognises, in whole and in partial facts', async () => {
    const explain = (facts: Facts = {}): readonly Sign[] =>
      facts['status'] === 502 ? [{ code: 'http-5xx', fact: 'status', message: 'HTTP 502' }] : [];
    expect(await see(async () => ({ status: 502 }), { explain })).toMatchObject({ signs: [{ code: 'http-5xx' }] });
    const partial = () => Promise.reject(new CouldNotLook('closed-early', 'cut', { status: 502 }));
    expect(await see(partial, { explain })).toMatchObject({ code: 'closed-early', signs: [{ code: 'http-5xx' }] });
  });

  it.each([
    ['a number that is not finite', { tls: { 'days-left': Number.NaN } }, '"tls.days-left" is NaN'],
    ['a list', [], 'its facts are not an object'],
    ['nothing', undefined, 'its facts are not an object'],
  ])('calls %s among the facts a crash of the probe', async (_, facts, message) => {
    expect(await see(async () => JSON.parse('{}', () => facts))).toMatchObject({
      state: 'unobserved',
      code: 'probe-crashed',
      message: expect.stringContaining(message),
    });
  });

  it('keeps facts with names that JavaScript gives a meaning', async () => {
    const { facts } = await see(async () => JSON.parse('{"headers": {"__proto__": "x", "constructor": "y"}}'));
    expect(JSON.stringify(facts['headers'])).toBe('{"__proto__":"x","constructor":"y"}');
  });

  it.each([
    ['an error', () => Promise.reject(new TypeError('x is not a function')), 'TypeError: x is not a function'],
    ['a string', () => Promise.reject('oops'), 'it threw what is not an error'],
    ['null', () => Promise.reject(null), 'it threw what is not an error'],
    [
      'at once',
      () => {
        throw new RangeError('early');
      },
      'RangeError: early',
    ],
  ])('calls a probe that throws %s crashed', async (_, look, message) => {
    const observation = await see(look);
    expect(observation).toMatchObject({ code: 'probe-crashed', message: `the probe crashed: ${message}` });
  });

  it('calls a kind that cannot explain its facts crashed, and keeps the facts', async () => {
    const explain = () => {
      throw new Error('no');
    };
    expect(await see(async () => ({ status: 200 }), { explain })).toMatchObject({
      state: 'unobserved',
      code: 'probe-crashed',
      facts: { status: 200 },
    });
  });

  it('never blames a limit of this machine on the target, even when the probe does', async () => {
    const cause = Object.assign(new Error('too many files'), { code: 'EMFILE' });
    const blame = new CouldNotLook('connect-unreachable', 'x', {}, { cause });
    expect(await see(() => Promise.reject(blame))).toMatchObject({
      code: 'probe-crashed',
      message: expect.stringContaining('local resource limit (EMFILE)'),
    });
  });

  it.each(['constructor', '__proto__', 'toString', 'nonsense'])('knows no kind called %s', async (kind) => {
    const order = { kind, spec: {}, timeoutMs: 100, asked: [] };
    expect(await observe(order, world, new AbortController().signal, {})).toMatchObject({ code: 'probe-crashed' });
    expect(await observe(order, world, new AbortController().signal)).toMatchObject({ code: 'probe-crashed' });
  });

  it('leaves no listener on the signal of the run', async () => {
    const run = new AbortController();
    let listeners = 0;
    const signal: AbortSignal = Object.assign(run.signal, {
      addEventListener: () => (listeners += 1),
      removeEventListener: () => (listeners -= 1),
    });
    await see(async () => ({}), { signal });
    expect(listeners).toBe(0);
  });
});
