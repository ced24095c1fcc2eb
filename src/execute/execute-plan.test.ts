import { describe, expect, it } from 'vitest';
import { literalWorld, observed, plannedCheck, planOf, settle, unobserved } from '../../tests/execute/literals.ts';
import type { Observation } from '../model/observation.ts';
import type { Plan, PlannedCheck } from '../plan/plan.ts';
import type { RunEvent } from './event.ts';
import { executePlan } from './execute-plan.ts';
import type { Ports } from './ports.ts';

const run = { runId: '20261121-031502-k3f9', tool: { name: 'gonogo', version: '0.1.0' } };
const never = new AbortController().signal;
const good = observed({ status: 200 });
const bad = observed({ status: 500 });

const execute = async (plan: Plan, observe: Ports['observe'], more: Partial<Ports> = {}) => {
  const world = literalWorld(observe, more);
  await executePlan(plan, run, world.ports, never);
  return world;
};

const told = (events: readonly RunEvent[], id: string): readonly string[] =>
  events.filter((event) => 'id' in event && event.id === id).map(({ type }) => type);

const notRun = (events: readonly RunEvent[], id: string) =>
  events.find((event) => event.type === 'check-not-run' && event.id === id);

/** Observations that the test lets happen: looks wait until `answer` is called for their check, or the run stops. */
const heldLooks = () => {
  const started: string[] = [];
  const waiting = new Map<string, (observation: Observation) => void>();
  const observe: Ports['observe'] = ({ id }, signal) =>
    new Promise((resolve) => {
      started.push(id);
      waiting.set(id, resolve);
      const code = () => (signal.reason === 'deadline' ? 'deadline-exceeded' : 'cancelled');
      signal.addEventListener('abort', () => resolve(unobserved(code())));
    });
  const answer = async (id: string, observation = good): Promise<void> => {
    waiting.get(id)?.(observation);
    await settle();
  };
  return { observe, started, answer };
};

const startHeld = async (plan: Plan, signal = never, more: Partial<Ports> = {}) => {
  const looks = heldLooks();
  const world = literalWorld(looks.observe, more);
  const done = executePlan(plan, run, world.ports, signal);
  await settle();
  return { ...looks, ...world, done };
};

const named = (...ids: readonly string[]): PlannedCheck[] => ids.map((id) => plannedCheck(id));

describe('executePlan', () => {
  it('tells the whole story of a run, in order', async () => {
    const { events } = await execute(planOf(named('a')), async () => good);
    expect(events.map(({ type }) => type)).toEqual([
      'run-started',
      'check-started',
      'attempt',
      'check-finished',
      'run-finished',
    ]);
    expect(events[0]).toMatchObject({ ...run, schemaVersion: 1, at: '2026-11-21T00:00:00.000Z' });
    expect(events[2]).toMatchObject({
      attempt: { number: 1, observation: good, results: [{ held: true, actual: 200 }] },
    });
    expect(events[4]).toMatchObject({ interruptedBy: null, durationMs: 0 });
  });

  it('writes no spec down: it may hold secrets', async () => {
    const check = plannedCheck('a', { spec: { url: 'http://u:canary@127.0.0.1/' } });
    const { events } = await execute(planOf([check]), async () => good);
    expect(JSON.stringify(events)).not.toContain('canary');
  });

  it('redacts every text that a person or a target wrote, and no code or id', async () => {
    const check = plannedCheck('canary-check', {
      title: 'canary',
      target: 'http://canary/',
      tryCommand: ['curl', 'canary'],
      expectations: [{ fact: '$.a', matcher: 'equals', expected: 'canary', level: 'expect', code: null, source: null }],
    });
    const plan = planOf([check], {
      owners: { platform: { id: 'platform', contact: 'canary', escalation: ['canary'] } },
      sections: { x: { file: 'x.md', anchor: 'a', title: 'canary', url: 'x', steps: ['canary'] } },
    });
    const look: Observation = {
      state: 'observed',
      facts: { body: 'a canary', json: { a: 'more canary' } },
      signs: [{ code: 'http-5xx', fact: 'body', message: 'canary' }],
    };
    const { events } = await execute(plan, async () => look, { redact: (value) => replaceCanary(value) });
    expect(JSON.stringify(events).replaceAll('canary-check', '')).not.toContain('canary');
    expect(JSON.stringify(events)).toContain('string \\"more ***\\" is not \\"***\\"');
  });

  it('makes the explanation again when a cut could have left the half of a secret in it', async () => {
    const body = `${'x'.repeat(115)}canary${'x'.repeat(100)}`;
    const check = plannedCheck('a', {
      expectations: [{ fact: 'body', matcher: 'equals', expected: 'ok', level: 'expect', code: null, source: null }],
    });
    const { events } = await execute(planOf([check]), async () => observed({ body }), {
      redact: (value) => replaceCanary(value),
    });
    expect(JSON.stringify(events)).not.toMatch(/cana/);
  });

  describe('limits', () => {
    it('runs no more checks at once than allowed, in plan order', async () => {
      const { started, answer, done } = await startHeld(planOf(named('a', 'b', 'c', 'd'), { concurrency: 2 }));
      expect(started).toEqual(['a', 'b']);
      await answer('b');
      expect(started).toEqual(['a', 'b', 'c']);
      await answer('a');
      expect(started).toEqual(['a', 'b', 'c', 'd']);
      await answer('c');
      await answer('d');
      await done;
    });

    it('starts in plan order whether or not a check has a host or a mutex', async () => {
      const checks = [
        plannedCheck('a', { host: 'h:1', mutex: 'm' }),
        plannedCheck('b'),
        plannedCheck('c', { mutex: 'n' }),
        plannedCheck('d', { host: 'h:2' }),
      ];
      const { started, answer, done } = await startHeld(planOf(checks, { concurrency: 1 }));
      for (const id of ['a', 'b', 'c', 'd']) await answer(id);
      await done;
      expect(started).toEqual(['a', 'b', 'c', 'd']);
    });

    it('runs no more checks at one host than allowed, and does not let the others wait', async () => {
      const checks = ['a', 'b', 'c'].map((id) => plannedCheck(id, { host: 'h:1' }));
      const plan = planOf([...checks, plannedCheck('d', { host: 'h:2' })], { perHost: 1, concurrency: 2 });
      const { started, answer, done } = await startHeld(plan);
      expect(started).toEqual(['a', 'd']);
      for (const id of ['a', 'd', 'b', 'c']) await answer(id);
      await done;
      expect(started).toEqual(['a', 'd', 'b', 'c']);
    });

    it('never runs two checks with the same mutex at once', async () => {
      const plan = planOf([
        plannedCheck('a', { mutex: 'db' }),
        plannedCheck('b', { mutex: 'db' }),
        plannedCheck('c', { mutex: 'x' }),
      ]);
      const { started, answer, done } = await startHeld(plan);
      expect(started).toEqual(['a', 'c']);
      await answer('a');
      expect(started).toEqual(['a', 'c', 'b']);
      await answer('b');
      await answer('c');
      await done;
    });
  });

  describe('needs', () => {
    it('starts a check when all that it needs has passed or warned', async () => {
      const warned = observed({ status: 200, duration: 900 });
      const warns = plannedCheck('b', {
        expectations: [{ fact: 'duration', matcher: 'below', expected: 1, level: 'warn', code: null, source: null }],
      });
      const { started, answer, done } = await startHeld(
        planOf([plannedCheck('a'), warns, plannedCheck('c', { needs: ['a', 'b'] })]),
      );
      await answer('a');
      expect(started).toEqual(['a', 'b']);
      await answer('b', warned);
      expect(started).toEqual(['a', 'b', 'c']);
      await answer('c');
      await done;
    });

    it('leaves out what needs a check that failed, all along the chain, and names the need', async () => {
      const plan = planOf([
        plannedCheck('a'),
        plannedCheck('b', { needs: ['a'] }),
        plannedCheck('c', { needs: ['b'] }),
        plannedCheck('d'),
      ]);
      const { events } = await execute(plan, async ({ id }) => (id === 'a' ? bad : good));
      expect(notRun(events, 'b')).toMatchObject({ code: 'needs-failed', message: 'needs "a", which ended as fail' });
      expect(notRun(events, 'c')).toMatchObject({ code: 'needs-failed', message: 'needs "b", which was not settled' });
      expect(told(events, 'b')).toEqual(['check-not-run']);
      expect(told(events, 'd')).toEqual(['check-started', 'attempt', 'check-finished']);
    });

    it('does not take a need that is no part of the run for proved', async () => {
      const { events } = await execute(planOf([plannedCheck('b', { needs: ['gone'] })]), async () => good);
      expect(notRun(events, 'b')).toMatchObject({ code: 'needs-failed', message: expect.stringContaining('"gone"') });
    });

    it('ends although checks need each other', async () => {
      const plan = planOf([plannedCheck('a', { needs: ['b'] }), plannedCheck('b', { needs: ['b'] })]);
      const { events } = await execute(plan, async () => good);
      expect([notRun(events, 'a'), notRun(events, 'b')]).toMatchObject([
        { code: 'needs-failed' },
        { code: 'needs-failed' },
      ]);
    });
  });

  it('does not run a check whose credentials are missing, and names them', async () => {
    const looked: string[] = [];
    const plan = planOf([plannedCheck('a', { missing: ['API_TOKEN', 'DB_URL'] }), plannedCheck('b', { needs: ['a'] })]);
    const { events } = await execute(plan, async ({ id }) => {
      looked.push(id);
      return good;
    });
    expect(looked).toEqual([]);
    expect(notRun(events, 'a')).toMatchObject({ code: 'missing-credential', message: 'not set: API_TOKEN, DB_URL' });
    expect(notRun(events, 'b')).toMatchObject({ code: 'needs-failed' });
  });

  describe('the end before the end', () => {
    const plan = planOf(named('a', 'b', 'c'), { concurrency: 1, deadlineMs: 5000 });

    it('stops what runs and leaves out the rest when the time of the run is over', async () => {
      let strike = (): void => {};
      const sleep: Ports['sleep'] = (ms, signal) =>
        new Promise((resolve) => {
          expect(ms).toBe(5000);
          strike = resolve;
          signal.addEventListener('abort', () => resolve());
        });
      const { answer, events, done } = await startHeld(plan, never, { sleep });
      await answer('a');
      strike();
      await done;
      expect(told(events, 'a')).toContain('check-finished');
      expect(events.find((event) => event.type === 'attempt' && event.id === 'b')).toMatchObject({
        attempt: { observation: { state: 'unobserved', code: 'deadline-exceeded' } },
      });
      expect(notRun(events, 'c')).toMatchObject({ code: 'deadline-exceeded' });
      expect(events.at(-1)).toMatchObject({ type: 'run-finished', interruptedBy: 'deadline' });
    });

    it('lets go of the deadline when the run is done', async () => {
      const signals: AbortSignal[] = [];
      const sleep: Ports['sleep'] = (_, signal) => {
        signals.push(signal);
        return new Promise(() => {});
      };
      await execute(plan, async () => good, { sleep });
      expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    });

    it('is not over for anybody when the deadline is let go', async () => {
      const signals: AbortSignal[] = [];
      const sleep: Ports['sleep'] = (_, signal) =>
        new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
      const observe: Ports['observe'] = async (_, signal) => {
        signals.push(signal);
        return good;
      };
      await execute(plan, observe, { sleep });
      await settle();
      expect(signals.map(({ aborted }) => aborted)).toEqual([false, false, false]);
    });

    it.each(['SIGINT', 'SIGTERM'])('stops what runs and leaves out the rest on %s', async (reason) => {
      const stop = new AbortController();
      const { answer, events, started, done } = await startHeld(
        planOf(named('a', 'b', 'c'), { concurrency: 1 }),
        stop.signal,
      );
      await answer('a');
      stop.abort(reason);
      await done;
      expect(started).toEqual(['a', 'b']);
      expect(told(events, 'b')).toEqual(['check-started', 'attempt', 'check-finished']);
      expect(notRun(events, 'c')).toMatchObject({ code: 'cancelled' });
      expect(events.at(-1)).toMatchObject({ interruptedBy: reason });
    });

    it('does not settle a check that was stopped between two attempts, although one passed', async () => {
      const stop = new AbortController();
      let looks = 0;
      const world = literalWorld(async () => (looks++ === 0 ? unobserved('timeout') : good), {
        sleep: async () => {
          if (looks === 2) stop.abort('SIGINT');
        },
      });
      const check = plannedCheck('a', { retry: { attempts: 3, delayMs: 10 } });
      await executePlan(planOf([check, plannedCheck('b', { needs: ['a'] })]), run, world.ports, stop.signal);
      expect(told(world.events, 'a')).toEqual(['check-started', 'attempt', 'attempt', 'check-not-run']);
      expect(notRun(world.events, 'a')).toMatchObject({
        code: 'cancelled',
        message: expect.stringContaining('2 attempts'),
      });
      expect(notRun(world.events, 'b')).toMatchObject({ code: 'cancelled' });
    });

    it('runs nothing when it was stopped before it began', async () => {
      const stop = new AbortController();
      stop.abort('SIGTERM');
      const { events } = await startHeld(planOf(named('a')), stop.signal);
      expect(events.map(({ type }) => type)).toEqual(['run-started', 'check-not-run', 'run-finished']);
    });
  });

  describe('a defect of our own', () => {
    const plan = planOf(named('a', 'b'));
    const onA = (fail: () => never) => (attempt: { observation: Observation }) =>
      attempt.observation.facts['who'] === 'a' ? fail() : { outcome: 'pass' as const, code: null, transient: false };
    const observe: Ports['observe'] = async ({ id }) => observed({ status: 200, who: id });

    it('costs the check that it happens in, and no other', async () => {
      const assess = onA(() => {
        throw new Error('no such rule');
      });
      const { events } = await execute(plan, observe, { assess });
      expect(notRun(events, 'a')).toMatchObject({
        code: 'probe-crashed',
        message: 'gonogo itself failed on this check: no such rule',
      });
      expect(told(events, 'b')).toContain('check-finished');
    });

    it('costs that check alone when a port breaks its promise not to reject', async () => {
      const rejecting: Ports['observe'] = async ({ id }) => (id === 'a' ? Promise.reject(new Error('x')) : good);
      const { events } = await execute(plan, rejecting);
      expect(notRun(events, 'a')).toMatchObject({ code: 'probe-crashed' });
      expect(told(events, 'b')).toContain('check-finished');
    });

    it('says nothing of the error when it cannot be redacted', async () => {
      const redact: Ports['redact'] = (value) => {
        if (JSON.stringify(value).includes('secret')) throw new Error('secret');
        return value;
      };
      const { events } = await execute(plan, async () => observed({ body: 'secret' }), { redact });
      expect(notRun(events, 'a')).toMatchObject({ message: 'gonogo itself failed on this check' });
    });
  });

  it('carries out ten thousand checks of one host in little time', async () => {
    const checks = Array.from({ length: 10_000 }, (_, index) => plannedCheck(`c${index}`, { host: 'h:1' }));
    const startedMs = performance.now();
    const { events } = await execute(planOf(checks, { perHost: 8 }), async () => good);
    expect(events.length).toBe(30_002);
    expect(performance.now() - startedMs).toBeLessThan(3000);
  });
});

const replaceCanary: Ports['redact'] = (value) => JSON.parse(JSON.stringify(value).replaceAll('canary', '***'));
