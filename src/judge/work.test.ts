import { describe, expect, it } from 'vitest';
import type { WorkItem } from '../config/readiness/work.ts';
import type { CheckRecord } from '../execute/event.ts';
import type { Run } from '../model/run.ts';
import { judgeRun } from './judge-run.ts';
import { waiver } from './test-manual.ts';
import { gate, leftOut, NOW, plannedCheck, recordOf, runRecord } from './test-run.ts';

const DAY_MS = 86_400_000;

const item = (id: string, given: Partial<WorkItem> = {}): WorkItem => ({
  id,
  title: id,
  group: null,
  owner: null,
  blockedBy: [],
  estimateMs: null,
  accept: [],
  claimedDone: null,
  optional: false,
  deadline: null,
  source: { file: 'gonogo.yaml', line: 5, column: 1 },
  ...given,
});

const days = (id: string, estimate: number | null, blockedBy: readonly string[] = [], given: Partial<WorkItem> = {}) =>
  item(id, { estimateMs: estimate === null ? null : estimate * DAY_MS, blockedBy, claimedDone: false, ...given });

const judge = (items: readonly WorkItem[], api: CheckRecord = recordOf.pass): Run =>
  judgeRun(
    runRecord({
      checks: [
        [plannedCheck('ok'), recordOf.pass],
        [plannedCheck('api'), api],
      ],
      gates: [gate('launch', ['ok'])],
      plan: { items },
    }),
    NOW,
  );

const statesOf = (run: Run) => run.work?.items.map(({ id, state }) => `${id} ${state}`);

describe('a work item', () => {
  it('is done when all that shows it is good, whatever is claimed', () => {
    expect(statesOf(judge([item('a', { accept: ['ok', 'api'] })]))).toEqual(['a done']);
    expect(statesOf(judge([item('a', { accept: ['ok', 'api'], claimedDone: false })]))).toEqual(['a done']);
    expect(statesOf(judge([item('a', { accept: ['api'] })], recordOf.warn))).toEqual(['a done']);
  });

  it.each(['fail', 'unknown', 'skipped', 'blocked'] as const)(
    'that is claimed to be done is open where what shows it is %s, and that is a contradiction',
    (outcome) => {
      const run = judge(
        [item('a', { accept: ['ok', 'api'], claimedDone: true, group: 'convoy 1' })],
        recordOf[outcome],
      );
      expect(run.work?.items).toMatchObject([{ state: 'ready', missing: ['api'], claimedDone: true }]);
      expect(run.contradictions).toMatchObject([
        { component: 'convoy 1', claim: { check: 'a', says: 'it is done' }, evidence: { check: 'api' } },
      ]);
      expect(run.contradictions[0]?.message).toMatch(
        /^a is claimed to be done, and its acceptance says otherwise: api /,
      );
    },
  );

  it('is not done by a waiver, and the contradiction does not speak of one', () => {
    const record = runRecord({
      checks: [[plannedCheck('api'), recordOf.fail]],
      gates: [gate('launch', ['api'])],
      plan: { items: [item('a', { accept: ['api'], claimedDone: true })], waivers: [waiver('api')] },
    });
    const run = judgeRun(record, NOW);
    expect(run.verdict).toBe('CONDITIONAL');
    expect(statesOf(run)).toEqual(['a ready']);
    expect(run.contradictions[0]?.message).not.toContain('waived');
  });

  it('whose acceptance was left out of the run is open', () => {
    expect(statesOf(judge([item('a', { accept: ['gone'] })]))).toEqual(['a ready']);
    expect(statesOf(judge([item('a', { accept: ['api'] })], leftOut('not-run')))).toEqual(['a ready']);
  });

  it('that is claimed to be done is contradicted by the first of what is missing, by name', () => {
    const said = (accept: readonly string[], given: Partial<WorkItem> = {}) =>
      judge([item('a', { accept, claimedDone: true, ...given })], recordOf.fail).contradictions;
    expect(said(['ok', 'api', 'gone'])).toEqual([
      {
        component: 'a',
        claim: { check: 'a', says: 'it is done' },
        evidence: { check: 'api', says: 'status: number 500 is not 2xx' },
        message: 'a is claimed to be done, and its acceptance says otherwise: api fails: status: number 500 is not 2xx',
      },
    ]);
    expect(said(['gone'], { group: 'convoy 1' })).toEqual([
      {
        component: 'convoy 1',
        claim: { check: 'a', says: 'it is done' },
        evidence: { check: 'gone', says: 'nothing' },
        message: 'a is claimed to be done, and its acceptance says otherwise: gone is not part of this run',
      },
    ]);
    expect(said(['ok'])).toEqual([]);
  });

  it('shows all that the file says of it', () => {
    const given = {
      title: 'The index',
      group: 'convoy 1',
      owner: 'ops',
      deadline: '2026-12-01',
      estimateMs: DAY_MS,
      optional: true,
      claimedDone: false,
      accept: ['api', 'ok'],
      blockedBy: ['b'],
    } as const;
    const { accept: _, ...shown } = given;
    expect(judge([item('a', given), item('b')], recordOf.fail).work?.items[0]).toEqual({
      ...shown,
      id: 'a',
      deadlineState: 'ahead',
      state: 'blocked',
      missing: ['api'],
      source: { file: 'gonogo.yaml', line: 5, column: 1 },
    });
  });

  it('that nothing shows is what is claimed', () => {
    expect(statesOf(judge([item('a', { claimedDone: true }), item('b', { claimedDone: false }), item('c')]))).toEqual([
      'a done',
      'b ready',
      'c ready',
    ]);
  });

  it('is blocked while one before it is open, and names only those', () => {
    const run = judge([days('a', 1), item('b', { claimedDone: true }), days('c', 1, ['a', 'b', 'gone'])]);
    expect(run.work?.items[2]).toMatchObject({ state: 'blocked', blockedBy: ['a', 'gone'] });
    expect(run.work?.startable).toEqual(['a']);
  });

  it('that a launch can do without is listed while it is open', () => {
    const items = [
      days('a', 1, [], { optional: true }),
      item('b', { optional: true, claimedDone: true }),
      days('c', 1),
    ];
    expect(judge(items).work?.withoutIds).toEqual(['a']);
  });

  it('that a launch cannot do without is said above a GO while it is open', () => {
    const said = ['Work that the launch cannot do without is open: c'];
    const items = [days('a', 1, [], { optional: true }), item('b', { claimedDone: true }), days('c', 1)];
    expect(judge(items)).toMatchObject({ verdict: 'GO', banners: said });
    const record = runRecord({
      checks: [[plannedCheck('ok'), recordOf.fail]],
      gates: [gate('launch', ['ok'])],
      plan: { items },
    });
    expect(judgeRun(record, NOW).banners).toEqual([]);
  });

  it('there is none of: no work', () => {
    expect(judge([]).work).toBeNull();
  });
});

describe('the critical path', () => {
  const pathOf = (items: readonly WorkItem[]) => judge(items).work?.criticalPath;

  it('is the chain that takes longest, first to last, with its total', () => {
    const items = [days('a', 2), days('b', 1, ['a']), days('c', 4), days('d', 1, ['b', 'c']), days('e', 4)];
    expect(pathOf(items)).toMatchObject({ ids: ['c', 'd'], totalMs: 5 * DAY_MS, unestimated: [] });
  });

  it('leaves out what is done', () => {
    const items = [days('a', 9, [], { claimedDone: true }), days('b', 1, ['a']), days('c', 2)];
    expect(pathOf(items)).toMatchObject({ ids: ['c'], totalMs: 2 * DAY_MS, unestimated: [] });
  });

  it('names what nobody has estimated on it, and is there when nobody has estimated anything', () => {
    expect(pathOf([days('a', 2), days('b', null, ['a']), days('c', null, ['b'])])).toMatchObject({
      ids: ['a', 'b', 'c'],
      totalMs: 2 * DAY_MS,
      unestimated: ['b', 'c'],
    });
    expect(pathOf([days('a', null)])?.ids).toEqual(['a']);
  });

  it('ends with what the launch cannot do without', () => {
    const items = [days('a', 9, [], { optional: true }), days('b', 1), days('c', 3, [], { optional: true })];
    expect(pathOf(items)?.ids).toEqual(['b']);
    expect(pathOf([...items, days('d', 1, ['c'])])?.ids).toEqual(['c', 'd']);
    expect(pathOf([days('a', 9, [], { optional: true })])).toMatchObject({ ids: [], totalMs: 0, unestimated: [] });
  });

  it('is the first of two that take as long', () => {
    expect(pathOf([days('a', 1), days('b', 1)])?.ids).toEqual(['a']);
    expect(pathOf([days('a', 2), days('b', 1), days('c', 1, ['b'])])?.ids).toEqual(['b', 'c']);
  });

  it('is found through thousands of items, in any order, and through a ring', () => {
    const chain = Array.from({ length: 5000 }, (_, at) => days(`i${at}`, 1, at === 0 ? [] : [`i${at - 1}`]));
    expect(pathOf(chain.toReversed())).toMatchObject({ totalMs: 5000 * DAY_MS });
    expect(pathOf([days('a', 1, ['b']), days('b', 1, ['a'])])?.ids.length).toBeGreaterThan(0);
  });
});

describe('the deadlines of work', () => {
  const until = (deadlines: { readonly [gate: string]: string | null }, needs: readonly string[] = []) =>
    judgeRun(
      runRecord({
        checks: [[plannedCheck('ok'), recordOf.pass]],
        gates: Object.entries(deadlines).map(([id, deadline]) => ({
          ...gate(id, ['ok']),
          ...{ deadline, needs: id === 'launch' ? needs : [] },
        })),
        plan: { items: [days('a', 2)] },
      }),
      NOW,
    ).work?.criticalPath;
  const inDays = (count: number) => new Date(NOW.getTime() + count * DAY_MS).toISOString();

  it('are held against the chain that ends with the item', () => {
    const { work } = judge([
      days('first', 2, [], { deadline: inDays(2) }),
      days('second', 2, ['first'], { deadline: inDays(3) }),
      days('third', 1, ['second'], { deadline: inDays(0) }),
      days('free', 9),
      item('done', { claimedDone: true, deadline: inDays(-9) }),
    ]);
    expect(work?.items.map(({ id, deadlineState }) => `${id} ${deadlineState}`)).toEqual([
      ...['first ahead', 'second short', 'third over', 'free null', 'done null'],
    ]);
  });

  it('are, for the critical path, that of the gate that everything leads to', () => {
    const at = inDays(3);
    const ahead = { deadline: at, leftMs: 3 * DAY_MS, deadlineState: 'ahead' };
    expect(until({ base: inDays(1), launch: at }, ['base'])).toMatchObject(ahead);
    expect(until({ other: inDays(5), launch: at })).toMatchObject(ahead);
    expect(until({ launch: inDays(1) })).toMatchObject({ leftMs: DAY_MS, deadlineState: 'short' });
    expect(until({ launch: inDays(-1) })).toMatchObject({ leftMs: -DAY_MS, deadlineState: 'over' });
    expect(until({ launch: null })).toMatchObject({ deadline: null, leftMs: null, deadlineState: null });
  });
});

describe('a risk', () => {
  const risk = (checks: readonly string[]) => ({
    id: 'r',
    title: 'The index goes stale',
    impact: 'wrong answers',
    mitigation: null,
    owner: null,
    checks,
    source: { file: 'gonogo.yaml', line: 6, column: 1 },
  });
  const stateOf = (checks: readonly string[], api: CheckRecord) => {
    const record = runRecord({
      checks: [
        [plannedCheck('ok'), recordOf.pass],
        [plannedCheck('api'), api],
      ],
      gates: [],
      plan: { risks: [risk(checks)], waivers: [waiver('api')] },
    });
    const [judged] = judgeRun(record, NOW).risks;
    return [judged?.state, judged?.showing];
  };

  it.each([
    ['pass', 'clear', []],
    ['warn', 'clear', []],
    ['fail', 'showing', ['api']],
    ['unknown', 'unwatched', []],
    ['skipped', 'unwatched', []],
    ['blocked', 'unwatched', []],
  ] as const)('whose check is %s is %s, waiver or not', (outcome, state, showing) => {
    expect(stateOf(['ok', 'api'], recordOf[outcome])).toEqual([state, showing]);
  });

  it('that nothing watches is unwatched', () => {
    expect(stateOf([], recordOf.pass)).toEqual(['unwatched', []]);
    expect(stateOf(['ok', 'gone'], recordOf.pass)).toEqual(['unwatched', []]);
  });
});
