import { describe, expect, it } from 'vitest';
import type { CheckRecord } from '../execute/event.ts';
import type { Facts } from '../model/observation.ts';
import type { RunbookSection } from '../model/run.ts';
import { judgeCheck } from './outcome.ts';
import { attempt, broken, done, leftOut, observed, plannedCheck, recordOf, runRecord, unobserved } from './test-run.ts';
import type { RecordedCheck, RecordedPlan } from '../plan/plan.ts';

type Given = { readonly check?: Partial<RecordedCheck>; readonly plan?: Partial<RecordedPlan> };

const judge = (record: CheckRecord | undefined, { check = {}, plan = {} }: Given = {}) =>
  judgeCheck(plannedCheck('api', check), record, runRecord({ checks: [], gates: [], plan }));

describe('what the report needs', () => {
  it('is there, and nothing is made up where nothing is known', () => {
    const given = { component: 'web', tags: ['smoke'], priority: 'P0', deadline: '2026-12-01', layers: [] } as const;
    const planned = plannedCheck('api', { ...given, tryCommand: ['curl'], retry: { attempts: 0, delayMs: 0 } });
    expect(judgeCheck(planned, recordOf.fail, runRecord({ checks: [], gates: [] }))).toEqual({
      ...given,
      id: 'api',
      title: 'The check api',
      kind: 'http',
      target: 'http://api.example.com/',
      owner: null,
      outcome: 'fail',
      flaky: false,
      reasonCode: 'assertion-failed',
      layer: 'content',
      message: 'status: number 500 is not 2xx',
      causedBy: null,
      expectations: [expect.objectContaining({ fact: 'status', held: false })],
      layers: [{ layer: 'content', state: 'broken' }],
      source: { file: 'gonogo.yaml', line: 1, column: 1 },
      attempts: [
        {
          number: 1,
          outcome: 'fail',
          reasonCode: 'assertion-failed',
          startedAt: '2026-11-21T11:59:00.000Z',
          durationMs: 100,
        },
      ],
      attemptsAllowed: 1,
      startedAt: '2026-11-21T11:59:00.000Z',
      durationMs: 100,
      timings: {},
      facts: {},
      runbook: null,
      tryCommand: ['curl'],
      waiver: null,
      evidence: [],
    });
    const nothing = judge(undefined, { check: { layers: [] } });
    expect(nothing).toMatchObject({ expectations: [], layers: [], attempts: [], evidence: [], attemptsAllowed: 2 });
    expect([nothing.startedAt, nothing.durationMs]).toEqual([null, null]);
  });

  it('has the evidence of every attempt, and the facts of the last', () => {
    const seen = (facts: Facts, evidence: readonly string[]) => attempt({ ...observed(facts), evidence });
    const judged = judge(
      done(
        seen({ status: 500 }, ['a.png']),
        attempt(observed({ status: 404 })),
        seen({ status: 200 }, ['b.png', 'c.png']),
      ),
    );
    expect(judged).toMatchObject({ evidence: ['a.png', 'b.png', 'c.png'], facts: { status: 200 } });
  });

  it('shows no value where there was none', () => {
    const { actual: _, ...absent } = broken({ break: 'missing' });
    const [shown] = judge(done(attempt(observed(), [absent]))).expectations;
    expect(shown).not.toHaveProperty('actual');
  });

  it('maps the phases of a request, and leaves out what was not reached', () => {
    const timings = { dns: 1, connect: 2, request: 3, wait: 40, transfer: 5, other: 6, total: 57 };
    expect(judge(done(attempt(observed({ timings })))).timings).toEqual({
      dnsMs: 1,
      connectMs: 2,
      firstByteMs: 43,
      downloadMs: 5,
    });
    expect(judge(done(attempt(observed({ timings: { request: 3 } })))).timings).toEqual({});
    expect(judge(done(attempt(observed({ timings: { tls: 0, wait: 4 } })))).timings).toEqual({
      tlsMs: 0,
      firstByteMs: 4,
    });
    expect(judge(done(attempt(observed({ timings: { dns: 'soon', wait: 'late' } })))).timings).toEqual({});
    expect(judge(done(attempt(observed({ timings: [1, 2] })))).timings).toEqual({});
  });

  it('counts the time from the first look to the end of the last', () => {
    const later = { ...attempt(), startedAt: '2026-11-21T11:59:02.000Z' };
    expect(judge(done(attempt(), later)).durationMs).toBe(2100);
    const earlier = { ...attempt(), startedAt: '2026-11-21T11:58:00.000Z' };
    expect(judge(done(attempt(), earlier)).durationMs).toBe(100);
    const unclear = { ...attempt(), startedAt: 'some time' };
    expect(judge(done(attempt(), unclear)).durationMs).toBe(100);
  });

  it('shows how far the look came', () => {
    const states = (record: CheckRecord) => judge(record).layers.map(({ layer, state }) => `${layer} ${state}`);
    expect(states(recordOf.pass)).toEqual(['dns ok', 'tcp ok', 'http ok', 'content ok']);
    expect(states(done(attempt(unobserved('connect-refused'))))).toEqual([
      'dns ok',
      'tcp broken',
      'http not-reached',
      'content not-reached',
    ]);
    expect(states(done(attempt(unobserved('tls-expired'))))[2]).toBe('tls broken');
    expect(states(done(attempt(observed(), [broken({ code: 'slow' })])))).toEqual([
      'dns ok',
      'tcp ok',
      'http ok',
      'content ok',
      'quality broken',
    ]);
    expect(new Set(states(leftOut('needs-failed')).map((step) => step.split(' ')[1]))).toEqual(
      new Set(['not-reached']),
    );
  });

  it('leaves the layers behind a warning reached', () => {
    const warned = done(attempt(observed(), [...attempt().results, broken({ level: 'warn', code: 'http-status' })]));
    expect(judge(warned).layers.map(({ state }) => state)).toEqual(['ok', 'ok', 'broken', 'ok']);
  });

  it('keeps expectations as they are in the contract, without what is internal', () => {
    const [shown] = judge(done(attempt(observed(), [broken({ type: 'status' })]))).expectations;
    expect(shown).toEqual({
      fact: 'status',
      matcher: 'status',
      expected: ['2xx'],
      actual: 500,
      held: false,
      level: 'expect',
      explanation: 'number 500 is not 2xx',
      source: null,
    });
  });

  it('names the owner of the check, else of its component', () => {
    const plan = {
      owners: { ops: { id: 'ops', contact: '#ops', escalation: ['call'] } },
      components: { web: { title: 'Web', owner: 'ops' } },
    };
    const ops = { id: 'ops', contact: '#ops', escalation: ['call'] };
    expect(judge(recordOf.pass, { check: { component: 'web' }, plan }).owner).toEqual(ops);
    expect(judge(recordOf.pass, { check: { component: 'web', owner: 'dev' }, plan }).owner?.id).toBe('dev');
    expect(judge(recordOf.pass, { check: { owner: 'dev' }, plan }).owner).toEqual({
      id: 'dev',
      contact: null,
      escalation: [],
    });
    expect(judge(recordOf.pass, { plan }).owner).toBeNull();
    expect(judge(recordOf.pass, { check: { component: 'constructor' }, plan }).owner).toBeNull();
  });

  it('chooses the runbook section of the check, else by reason code, else the default', () => {
    const section = (anchor: string): RunbookSection => ({ file: 'ops.md', anchor, title: anchor, url: '', steps: [] });
    const sections = { own: section('own'), code: section('code'), default: section('default') };
    const choose = (choice: RecordedCheck['sections']) =>
      judge(recordOf.fail, { check: { sections: choice }, plan: { sections } }).runbook?.anchor;
    const byCode = { 'assertion-failed': 'code' };
    expect(choose({ own: 'own', byCode, default: 'default' })).toBe('own');
    expect(choose({ own: null, byCode, default: 'default' })).toBe('code');
    expect(choose({ own: null, byCode: {}, default: 'default' })).toBe('default');
    expect(choose({ own: null, byCode: {}, default: null })).toBeUndefined();
  });

  it.each(['cancelled', 'deadline-exceeded', 'not-run', 'probe-crashed', 'control-failed'] as const)(
    'has no section of the system for %s, which tells of the run alone, unless one is named for it',
    (code) => {
      const section = (anchor: string): RunbookSection => ({
        file: 'ops.md',
        anchor,
        title: anchor,
        url: '',
        steps: [],
      });
      const plan = { sections: { own: section('own'), code: section('code'), default: section('default') } };
      const choose = (byCode: RecordedCheck['sections']['byCode']) =>
        judge(leftOut(code), { check: { sections: { own: 'own', byCode, default: 'default' } }, plan }).runbook?.anchor;
      expect(choose({})).toBeUndefined();
      expect(choose({ [code]: 'code' })).toBe('code');
      expect(choose({ 'http-5xx': 'code' })).toBeUndefined();
    },
  );

  it('has a section for what passed too, but none that the run does not know', () => {
    const sections = { own: { file: 'ops.md', anchor: 'own', title: 'Own', url: '', steps: [] } };
    const choose = (own: string, record = recordOf.pass) =>
      judge(record, { check: { sections: { own, byCode: {}, default: null } }, plan: { sections } }).runbook?.anchor;
    expect(choose('own')).toBe('own');
    expect(choose('gone', recordOf.fail)).toBeUndefined();
    expect(choose('constructor', recordOf.fail)).toBeUndefined();
  });

  it('fills what was seen into the steps of the section', () => {
    const about = ['id', 'title', 'kind', 'target', 'component', 'owner'].map((name) => `\${check.${name}}`);
    const steps = ['The server said ${facts.status}: `gonogo explain ${check.reason-code}`', about.join(', ')];
    const sections = { s: { file: 'ops.md', anchor: 's', title: 'S', url: '', steps } };
    const failed = done(attempt(observed({ status: 502 }), [broken()]));
    const choice = { own: 's', byCode: {}, default: null };
    const check = { sections: choice, component: 'web', owner: 'ops' };
    expect(judge(failed, { check, plan: { sections } }).runbook?.steps).toEqual([
      'The server said 502: `gonogo explain assertion-failed`',
      'api, The check api, http, http://api.example.com/, web, ops',
    ]);
  });
});
