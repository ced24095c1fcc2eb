import { describe, expect, it } from 'vitest';
import {
  execute,
  good,
  named,
  notRun,
  observed,
  plannedCheck,
  planOf,
  startHeld,
  told,
} from '../../tests/execute/literals.ts';

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
    const { events } = await execute(plan, async ({ id }) => (id === 'a' ? observed({ status: 500 }) : good));
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
