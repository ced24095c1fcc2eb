import { describe, expect, it } from 'vitest';
import {
  execute,
  good,
  literalWorld,
  named,
  never,
  notRun,
  plannedCheck,
  planOf,
  run,
  settle,
  startHeld,
  told,
  unobserved,
} from '../../tests/execute/literals.ts';
import { executePlan } from './execute-plan.ts';
import type { Ports } from './ports.ts';

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
