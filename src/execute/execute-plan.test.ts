import { describe, expect, it } from 'vitest';
import {
  execute,
  good,
  named,
  notRun,
  observed,
  plannedCheck,
  planOf,
  run,
  told,
} from '../../tests/execute/literals.ts';
import type { Observation } from '../model/observation.ts';
import type { Ports } from './ports.ts';

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

describe('what may not be looked at', () => {
  it('is said not to be run, with the reason, and never looked at', async () => {
    let looks = 0;
    const check = plannedCheck('a', { forbidden: 'command starts a program on this machine' });
    const { events } = await execute(planOf([check]), async () => {
      looks += 1;
      return good;
    });
    expect(looks).toBe(0);
    expect(events[1]).toMatchObject({ type: 'check-not-run', code: 'not-run', message: check.forbidden });
  });

  it('is not looked at while it is under maintenance, by the clock of the run', async () => {
    const day = Date.UTC(2026, 10, 21);
    const window = (fromMs: number, toMs: number) => [{ kind: 'once', title: 'the move', fromMs, toMs } as const];
    const inside = plannedCheck('inside', { maintenance: window(day, day + 1000) });
    const over = plannedCheck('over', { maintenance: window(day - 1000, day) });
    const { events } = await execute(planOf([inside, over]), async () => good);
    expect(events.filter(({ type }) => type === 'check-not-run')).toMatchObject([
      { id: 'inside', code: 'not-run', message: 'it is under maintenance now: the move' },
    ]);
    expect(events.filter(({ type }) => type === 'check-finished')).toMatchObject([{ id: 'over' }]);
  });
});
