import { describe, expect, it } from 'vitest';
import { configOf } from '../../tests/load-texts.ts';
import { makePlan } from './make-plan.ts';
import { notClean } from './last-failed.ts';
import type { Plan } from './plan.ts';
import { repeatPlan } from './repeat-plan.ts';

const FILE = `
controls: [network]
checks:
  network: { http: http://a.example/ }
  up: { http: "http://a.example/\${uuid}" }
  ready: { http: http://a.example/, needs: [up, network], mutex: one }
scenarios:
  flow:
    needs: [ready]
    steps:
      - { name: make, http: { url: "http://a.example/\${run.id}", method: POST }, capture: { id: $.id } }
      - { name: use, http: "http://a.example/\${captured.id}" }
gates: { launch: { must: [ready], should: [flow] } }
waivers:
  - { check: ready, reason-code: http-5xx, reason: known, owner: ada, approved-by: grace, expires: 2026-12-01 }
risks: { one: { checks: [flow] } }
`;

const planOf = async (text: string): Promise<Plan> => {
  const choose = () => ({ own: null, byCode: {}, default: null });
  return makePlan(await configOf(text), { selectors: [], gate: null, only: [] }, {}, choose);
};

const repeated = async (times: number): Promise<Plan> => {
  const plans = await Promise.all(
    Array.from({ length: times }, (_, at) => planOf(`${FILE}`.replace('${run.id}', `run-${at + 1}`))),
  );
  return repeatPlan(plans);
};

describe('a plan in which everything is repeated', () => {
  it('has each check and scenario so many times, beside each other, after what it needs; controls once', async () => {
    const { order, checks, scenarios } = await repeated(2);
    expect(order).toEqual(['network', 'up#1', 'up#2', 'ready#1', 'ready#2', 'flow#1', 'flow#2']);
    expect(checks.map(({ id, needs }) => [id, needs])).toEqual([
      ['network', []],
      ['up#1', []],
      ['up#2', []],
      ['ready#1', ['up#1', 'network']],
      ['ready#2', ['up#2', 'network']],
    ]);
    expect(scenarios.map(({ id, needs }) => [id, needs])).toEqual([
      ['flow#1', ['ready#1']],
      ['flow#2', ['ready#2']],
    ]);
  });

  it('takes each repetition from a file of its own, so that none names what it makes like another', async () => {
    const { scenarios, checks } = await repeated(2);
    expect(scenarios.map(({ steps }) => steps[0]?.check.target)).toEqual([
      'http://a.example/run-1',
      'http://a.example/run-2',
    ]);
    expect(checks).toHaveLength(5);
  });

  it('gives each step an id of its own, before and after it is bound', async () => {
    const { scenarios } = await repeated(2);
    const [, use] = scenarios[1]?.steps ?? [];
    expect(use?.check.id).toBe('flow#2/use');
    expect(use?.bind({ id: 7 })).toMatchObject({ ok: true, check: { id: 'flow#2/use', target: 'http://a.example/7' } });
  });

  it('lets no two repetitions of one overlap', async () => {
    const { checks, scenarios } = await repeated(2);
    const mutexOf = (id: string) => [...checks, ...scenarios].find((one) => one.id === id)?.mutex;
    expect(mutexOf('up#1')).toBe(mutexOf('up#2'));
    expect(mutexOf('up#1')).not.toBeNull();
    expect(mutexOf('up#1')).not.toBe(mutexOf('flow#1'));
    expect(mutexOf('ready#2')).toBe('one');
  });

  it('asks for every repetition where the file asks for one', async () => {
    const { gates, waivers, risks } = await repeated(2);
    expect(gates[0]?.criteria).toEqual([
      { id: 'ready#1', tier: 'must' },
      { id: 'ready#2', tier: 'must' },
      { id: 'flow#1', tier: 'should' },
      { id: 'flow#2', tier: 'should' },
    ]);
    expect(waivers.map(({ check }) => check)).toEqual(['ready#1', 'ready#2']);
    expect(risks[0]?.checks).toEqual(['flow#1', 'flow#2']);
  });
});

describe('what a run left to be run again', () => {
  it('is what was no clean pass, each once, whichever repetition it was', () => {
    const base = { flaky: false };
    const rows = [
      { id: 'a', outcome: 'pass' },
      { id: 'b', outcome: 'warn' },
      { id: 'c#1', outcome: 'pass' },
      { id: 'c#2', outcome: 'fail' },
      { id: 'c#3', outcome: 'unknown' },
      { id: 'd[x]', outcome: 'blocked' },
      { id: 'e', outcome: 'skipped' },
    ].map((row) => ({ ...base, ...row }));
    expect(idsOf([...rows, { id: 'f', outcome: 'pass', flaky: true }])).toEqual(['b', 'c', 'd[x]', 'e', 'f']);
  });
});

/** The run is only asked for these three. */
const idsOf = (rows: readonly { readonly id: string; readonly outcome: string; readonly flaky: boolean }[]) =>
  notClean(JSON.parse(JSON.stringify({ checks: rows, scenarios: [] })));
