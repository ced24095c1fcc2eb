import { describe, expect, it } from 'vitest';
import type { RecordedCheck, RecordedPlan, RecordedScenario } from '../plan/plan.ts';
import { judgeRun } from './judge-run.ts';
import { overlayOf, underOverlay } from './overlay.ts';
import { manualItem, signOff, waiver } from './test-manual.ts';
import { gate, NOW, plannedCheck, recordOf, runRecord } from './test-run.ts';

const STATUS = {
  fact: 'status',
  matcher: 'status',
  expected: ['2xx'],
  level: 'expect',
  code: null,
  source: null,
} as const;
const api = plannedCheck('api', { expectations: [STATUS], tryCommand: ['curl', 'http://api.example.com/'] });

const planOf = (given: Partial<RecordedPlan>): RecordedPlan =>
  runRecord({ checks: [], gates: [gate('launch', ['api'])], plan: given }).plan;

const { kind: _, target: __, host: ___, ...own } = plannedCheck('flow');
const flow = (steps: readonly RecordedCheck[], cleanup: readonly RecordedCheck[] = []): RecordedScenario => {
  const step = (check: RecordedCheck) => ({ name: check.id, keepGoing: false, check });
  return { ...own, withinMs: null, steps: steps.map(step), cleanup: cleanup.map(step) };
};

const outdated = (then: Partial<RecordedPlan>, today: Partial<RecordedPlan>): readonly string[] =>
  overlayOf(planOf(then), planOf(today)).outdated;

describe('a check of a run answers what the file asks today', () => {
  it.each<[string, Partial<RecordedCheck>]>([
    ['nothing changed', {}],
    ['it has another title and owner', { title: 'The API', owner: 'platform' }],
    ['it is tried more often', { retry: { attempts: 5, delayMs: 1 } }],
    ['it stands elsewhere in the file', { source: { file: 'other.yaml', line: 9, column: 9 } }],
    ['its expectation stands elsewhere', { expectations: [{ ...STATUS, source: { file: 'a', line: 9, column: 9 } }] }],
  ])('when %s', (_what, given) => {
    expect(outdated({ checks: [api] }, { checks: [{ ...api, ...given }] })).toEqual([]);
  });

  it('when its address only holds another random id', () => {
    const at = (uuid: string) => ({ ...api, target: `http://api.example.com/${uuid}` });
    const then = at('0b7f2c52-4d0e-4d7b-9a53-5d0c7a1f8f10');
    expect(outdated({ checks: [then] }, { checks: [at('7c1e6a34-91f2-4b1a-8c77-1f2e3d4c5b6a')] })).toEqual([]);
    expect(outdated({ checks: [then] }, { checks: [at('0b7f2c52-4d0e-1d7b-9a53-5d0c7a1f8f10')] })).toEqual(['api']);
  });

  it('when its address cannot be compared for want of a secret, on either side', () => {
    const without = { ...api, missing: ['API_TOKEN'], target: 'http://api.example.com/', tryCommand: null };
    const within = { ...api, target: 'http://api.example.com/?token=x' };
    expect(outdated({ checks: [without] }, { checks: [within] })).toEqual([]);
    expect(outdated({ checks: [within] }, { checks: [without] })).toEqual([]);
    expect(outdated({ checks: [without] }, { checks: [{ ...within, kind: 'health' }] })).toEqual(['api']);
  });

  it('when the file no longer has it', () => {
    expect(outdated({ checks: [api] }, {})).toEqual([]);
    expect(outdated({ scenarios: [flow([api])] }, {})).toEqual([]);
  });
});

describe('a check of a run does not answer what the file asks today', () => {
  it.each<[string, Partial<RecordedCheck>]>([
    ['its kind', { kind: 'health' }],
    ['its address', { target: 'http://api.example.com/v2' }],
    ['its command', { tryCommand: ['curl', '-X', 'POST', 'http://api.example.com/'] }],
    ['what it needs', { needs: ['db'] }],
    ['how often it looks', { samples: 50 }],
    ['that nothing is expected any more', { expectations: [] }],
    ['the fact', { expectations: [{ ...STATUS, fact: 'hits' }] }],
    ['the matcher', { expectations: [{ ...STATUS, matcher: 'equals' }] }],
    ['the value', { expectations: [{ ...STATUS, expected: [200] }] }],
    ['the level', { expectations: [{ ...STATUS, level: 'warn' }] }],
  ])('when it changed %s', (_what, given) => {
    expect(outdated({ checks: [api] }, { checks: [{ ...api, ...given }] })).toEqual(['api']);
  });

  const [a, b] = [plannedCheck('flow/a'), plannedCheck('flow/b')];

  it.each<[string, RecordedScenario, RecordedScenario, readonly string[]]>([
    ['has the same steps', flow([a, b]), flow([a, b]), []],
    ['has one step more', flow([a]), flow([a, b]), ['flow']],
    ['has one step less', flow([a, b]), flow([a]), ['flow']],
    ['has its steps in another order', flow([a, b]), flow([b, a]), ['flow']],
    ['asks something else in a step', flow([a, b]), flow([a, { ...b, samples: 2 }]), ['flow']],
    ['asks something else in its cleanup', flow([a], [b]), flow([a], [{ ...b, samples: 2 }]), ['flow']],
    ['has the same cleanup', flow([a], [b]), flow([a], [b]), []],
  ])('and a scenario that %s', (_what, then, today, expected) => {
    expect(outdated({ scenarios: [then] }, { scenarios: [today] })).toEqual(expected);
  });
});

describe('a run under what the file says today', () => {
  const step = plannedCheck('flow/a');
  const record = runRecord({
    checks: [
      [api, recordOf.pass],
      [plannedCheck('db'), recordOf.pass],
    ],
    gates: [gate('launch', ['api', 'db', 'flow'])],
    plan: { scenarios: [flow([step])] },
  });
  const run = { ...record, checks: new Map([...record.checks, ['flow/a', recordOf.pass]]) };

  it('takes its gates, sign-offs, waivers and work from the file, and keeps what was seen', () => {
    const today = {
      ...run.plan,
      configDigest: 'e'.repeat(64),
      gates: [gate('later', ['db'])],
      manual: [manualItem('token', { signOffs: [signOff('ada')] })],
      waivers: [waiver('api')],
      waiverHorizonMs: 1,
      serviceLevels: { P0: 1 },
      name: 'Renamed',
    };
    const { outdated: left, ...overlay } = overlayOf(run.plan, today);
    const under = underOverlay(run, { outdated: left, ...overlay });
    expect(left).toEqual([]);
    expect(under.plan).toEqual({ ...today, name: run.plan.name });
    expect(under.checks).toEqual(run.checks);
  });

  it('has not looked at what is asked otherwise, and says so', () => {
    const judged = judgeRun(
      underOverlay(run, overlayOf(run.plan, { ...run.plan, checks: [{ ...api, samples: 2 }] })),
      NOW,
    );
    expect(judged.verdict).toBe('HOLD');
    expect(judged.checks.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['api', 'unknown'],
      ['db', 'pass'],
    ]);
    expect(judged.checks[0]?.message).toBe('the file asks something else today than this run looked at: run it again');
  });

  it('has not done a scenario that is asked otherwise', () => {
    const scenarios = [flow([{ ...step, samples: 2 }])];
    const judged = judgeRun(underOverlay(run, overlayOf(run.plan, { ...run.plan, scenarios })), NOW);
    expect(judged.verdict).toBe('HOLD');
    expect(judged.scenarios[0]).toMatchObject({ outcome: 'unknown', reasonCode: 'not-run' });
    expect(judged.checks.map(({ outcome }) => outcome)).toEqual(['pass', 'pass']);
  });
});
