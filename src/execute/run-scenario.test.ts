import { describe, expect, it } from 'vitest';
import { good, observed, unobserved } from '../../tests/execute/literals.ts';
import { capture, doScenario, plannedScenario, plannedStep } from '../../tests/execute/scenarios.ts';
import type { Observation } from '../model/observation.ts';
import type { Ports } from './ports.ts';

/** Looks by the id of the step; any other is good. */
const looks =
  (answers: { readonly [id: string]: Observation }): Ports['observe'] =>
  async ({ id }) =>
    answers[id.replace('flow/', '')] ?? good;

const bad = observed({ status: 500 });
const sent: Observation = { ...unobserved('timeout'), facts: { timings: { wait: 5 } } };
const json = (value: { readonly [name: string]: string | number }) => observed({ status: 200, json: value });

const create = (check = {}) => plannedStep('create', { captures: [capture('id')] }, { changes: true, ...check });
const remove = plannedStep('cleanup/delete', { uses: ['id'] });
const sweep = plannedStep('cleanup/sweep');

describe('steps', () => {
  it('come one after the other, and one that is not good leaves the rest blocked by its name', async () => {
    const steps = ['a', 'b', 'c'].map((name) => plannedStep(name));
    const { told, end } = await doScenario(plannedScenario(steps), looks({ b: bad }));
    expect(told).toEqual(['flow/a done', 'flow/b done', 'flow/c needs-failed: the step "b" ended as fail']);
    expect(end).toBe('fail');
  });

  it('go on after one that may fail, and the scenario has failed all the same', async () => {
    const steps = [plannedStep('a', { keepGoing: true }), plannedStep('b')];
    const { told, end } = await doScenario(plannedScenario(steps), looks({ a: bad }));
    expect(told).toEqual(['flow/a done', 'flow/b done']);
    expect(end).toBe('fail');
  });

  it('of which none was done prove nothing, however well they were cleaned up', async () => {
    const condition = [
      { fact: 'id', matcher: 'equals', expected: 1, level: 'expect', code: null, source: null } as const,
    ];
    const { end } = await doScenario(plannedScenario([plannedStep('a', { condition })], [sweep]), looks({}));
    expect(end).toBeNull();
  });

  it('cost themselves alone when gonogo fails on them', async () => {
    const bind = () => {
      throw new Error('defect');
    };
    const { told, end } = await doScenario(
      plannedScenario([plannedStep('a'), plannedStep('b', { bind })], [sweep]),
      looks({}),
    );
    expect(told).toEqual([
      'flow/a done',
      'flow/b probe-crashed: gonogo itself failed on this step: defect',
      'flow/cleanup/sweep done',
    ]);
    expect(end).toBeNull();
  });

  it('are not done where the run forbids what they became', async () => {
    const forbidden = plannedStep('a', {}, { forbidden: 'command starts a program' });
    const { told } = await doScenario(plannedScenario([forbidden]), looks({}));
    expect(told).toEqual(['flow/a not-run: command starts a program']);
  });
});

describe('what is said of captured values', () => {
  const secret = 'canary-0123456789';
  const redact: Ports['redact'] = (value) => JSON.parse(JSON.stringify(value).replaceAll(secret, '***'));
  const first = plannedStep('a', { captures: [capture('id')] });
  const answers = looks({ a: json({ id: secret }) });

  it('shows no secret when a condition does not hold', async () => {
    const condition = [
      { fact: 'id', matcher: 'equals', expected: 'x', level: 'expect', code: null, source: null } as const,
    ];
    const { told } = await doScenario(plannedScenario([first, plannedStep('b', { condition })]), answers, { redact });
    expect(told[1]).toBe('flow/b left out: its condition does not hold: id is not as asked: string "***" is not "x"');
  });

  it('shows no secret when a value does not fit', async () => {
    const bind = () => ({ ok: false, problem: `it does not fit: ${secret}` }) as const;
    const { told } = await doScenario(plannedScenario([first, plannedStep('b', { bind })]), answers, { redact });
    expect(told[1]).toBe('flow/b not-run: it does not fit: ***');
  });

  it('hides every text inside of a secret value', async () => {
    const hidden: string[] = [];
    const step = plannedStep('a', { captures: [capture('id', true)] });
    const id = { user: 'ada.lovelace', deep: [{ token: secret }], short: 'x' };
    await doScenario(plannedScenario([step]), async () => observed({ status: 200, json: { id } }), {
      hide: (text) => hidden.push(text),
    });
    expect(hidden).toEqual(expect.arrayContaining(['ada.lovelace', secret]));
  });

  it('is cut to an excerpt', async () => {
    const check = { target: 'x'.repeat(100_000), tryCommand: ['curl', 'y'.repeat(100_000)] };
    const { events } = await doScenario(plannedScenario([first, plannedStep('b', { uses: ['id'] }, check)]), answers);
    expect(JSON.stringify(events.find(({ type }) => type === 'step-bound')).length).toBeLessThan(10_000);
  });
});

describe('cleanup', () => {
  it('acts on what a step left although it failed', async () => {
    const scenario = plannedScenario([create()], [remove]);
    const { told } = await doScenario(scenario, looks({ create: observed({ status: 500, json: { id: 7 } }) }));
    expect(told).toEqual(['flow/create done', 'flow/cleanup/delete done']);
  });

  it('is done whatever became of another part of it', async () => {
    const scenario = plannedScenario([create()], [remove, sweep]);
    const answers = { create: json({ id: 7 }), 'cleanup/delete': bad };
    const { told, end } = await doScenario(scenario, looks(answers));
    expect(told).toEqual(['flow/create done', 'flow/cleanup/delete done', 'flow/cleanup/sweep done']);
    expect(end).toBe('fail');
  });

  it('has nothing to act on where nothing was captured', async () => {
    const { told } = await doScenario(plannedScenario([create()], [remove, sweep]), looks({ create: bad }));
    expect(told.slice(1)).toEqual([
      'flow/cleanup/delete left out: it has nothing to act on: "id" was never captured',
      'flow/cleanup/sweep done',
    ]);
  });

  it('is unknown where a step may have made what nothing names', async () => {
    const assess = () => ({ outcome: 'unknown', code: 'timeout', transient: false }) as const;
    const { told } = await doScenario(plannedScenario([create()], [remove]), looks({ create: sent }), { assess });
    expect(told[1]).toBe(
      'flow/cleanup/delete not-run: the step "create" may have made something, and "id", which would name it, was never captured',
    );
  });

  it('is left out where nothing was begun', async () => {
    const stopped = AbortSignal.abort('SIGINT');
    const { told, end } = await doScenario(plannedScenario([create()], [sweep]), looks({}), {}, stopped);
    expect(told).toEqual([
      'flow/create cancelled: the run was stopped before this check began',
      'flow/cleanup/sweep left out: nothing was done that would have to be cleaned up',
    ]);
    expect(end).toBeNull();
  });

  it('is done after the run was stopped in the middle of a step, and has its own time', async () => {
    const stop = new AbortController();
    const signals: boolean[] = [];
    const sleeps: number[] = [];
    const observe: Ports['observe'] = async ({ id }, signal) => {
      if (id === 'flow/create') stop.abort('SIGINT');
      signals.push(signal.aborted);
      return signal.aborted ? unobserved('cancelled') : good;
    };
    const sleep: Ports['sleep'] = (ms, signal) => {
      sleeps.push(ms);
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
    };
    const { told } = await doScenario(
      plannedScenario([create(), plannedStep('b')], [sweep]),
      observe,
      { sleep },
      stop.signal,
    );
    expect(told).toEqual([
      'flow/create done',
      'flow/b needs-failed: the step "create" ended as unknown',
      'flow/cleanup/sweep done',
    ]);
    expect(signals).toEqual([true, false]);
    expect(sleeps).toContain(60_000);
  });

  it('ends when its time is over', async () => {
    const stop = new AbortController();
    let timeIsOver = (): void => {};
    const observe: Ports['observe'] = async ({ id }, signal) => {
      if (id === 'flow/create') stop.abort('SIGINT');
      else {
        timeIsOver();
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      }
      return unobserved(signal.reason === 'deadline' ? 'deadline-exceeded' : 'cancelled');
    };
    const sleep = (): Promise<void> => new Promise((resolve) => (timeIsOver = resolve));
    const scenario = plannedScenario([create()], [sweep, plannedStep('cleanup/more')]);
    const { told, end } = await doScenario(scenario, observe, { sleep }, stop.signal);
    expect(told.slice(1)).toEqual([
      'flow/cleanup/sweep done',
      'flow/cleanup/more deadline-exceeded: the run was stopped before this check began',
    ]);
    expect(end).toBeNull();
  });

  it('is not in a hurry because others are in its way', async () => {
    const { sleeps } = await doScenario(plannedScenario([plannedStep('a')], [sweep]), looks({}));
    expect(sleeps).toEqual([]);
  });
});
