import { describe, expect, it } from 'vitest';
import { observed, unobserved } from '../../tests/execute/literals.ts';
import { capture, doScenario, plannedScenario, plannedStep } from '../../tests/execute/scenarios.ts';
import type { Observation } from '../model/observation.ts';
import type { Ports } from './ports.ts';

const sent: Observation = { ...unobserved('timeout'), facts: { timings: { wait: 5 } } };

const create = (check = {}) => plannedStep('create', { captures: [capture('id')] }, { changes: true, ...check });

describe('what may have taken effect', () => {
  const assess: Ports['assess'] = ({ observation, results }) => {
    const uncertain = observation.state === 'unobserved' && observation.uncertain === true;
    const held = results.every((result) => result.held);
    return { outcome: uncertain ? 'unknown' : held ? 'pass' : 'fail', code: null, transient: !uncertain && !held };
  };

  it.each([
    ['retry', { retry: { attempts: 5, delayMs: 1 } }],
    ['eventually', { eventually: { withinMs: 10_000, everyMs: 1, stop: [] } }],
  ])('is never sent twice by %s', async (_what, check) => {
    let asked = 0;
    const observe: Ports['observe'] = async () => {
      asked += 1;
      return sent;
    };
    await doScenario(plannedScenario([create(check)]), observe, { assess });
    expect(asked).toBe(1);
  });
});

describe('polling', () => {
  const state = { fact: '$.state', level: 'expect', code: null, source: null } as const;
  const stop = [{ ...state, matcher: 'in', expected: ['failed', 'gone'] } as const];
  const expectations = [{ ...state, matcher: 'equals', expected: 'done' } as const];
  const states = (...all: readonly string[]): Ports['observe'] => {
    let at = 0;
    return async () => observed({ json: { state: all[Math.min(at++, all.length - 1)] ?? '' } });
  };
  const poll = plannedStep('poll', {}, { expectations, eventually: { withinMs: 60_000, everyMs: 1000, stop } });

  it('ends as a failure once nothing will change any more', async () => {
    const { end, events, sleeps } = await doScenario(plannedScenario([poll]), states('running', 'failed', 'done'));
    expect(end).toBe('fail');
    expect(sleeps).toEqual([1000]);
    const last = events.findLast((event) => event.type === 'attempt');
    expect(last?.type === 'attempt' ? last.attempt.results[0] : null).toMatchObject({
      fact: '$.state',
      held: false,
      explanation: 'string "failed" ends the waiting: nothing will change any more',
    });
  });

  it('goes on until it is done while nothing ends it', async () => {
    const { end, sleeps } = await doScenario(plannedScenario([poll]), states('running', 'running', 'done'));
    expect(end).toBe('pass');
    expect(sleeps).toEqual([1000, 1000]);
  });
});
