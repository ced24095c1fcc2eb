import { describe, expect, test } from 'vitest';
import { passed, run } from '../../../tests/golden/reports/build.ts';
import type { ManualResult, Run } from '../../model/run.ts';
import { readinessParts } from './readiness.ts';

const source = { file: 'launch.yaml', line: 1, column: 1 };
const HOUR_MS = 3_600_000;

type Item = NonNullable<Run['work']>['items'][number];
const item = (id: string, given: Partial<Item> = {}): Item => ({
  id,
  title: id,
  group: null,
  owner: null,
  deadline: null,
  deadlineState: null,
  estimateMs: null,
  optional: false,
  state: 'ready',
  blockedBy: [],
  missing: [],
  claimedDone: null,
  source,
  ...given,
});

const textsOf = (given: Partial<Run>, title: string): readonly string[] =>
  readinessParts(run([], given))
    .filter((part) => part.title === title)
    .flatMap(({ lines }) => lines.map(({ state, tone, id, text }) => `${tone} | ${state} | ${id} | ${text}`));

type Work = NonNullable<Run['work']>;

const NO_PATH: Work['criticalPath'] = {
  ...{ ids: [], totalMs: 0, unestimated: [] },
  ...{ deadline: null, leftMs: null, deadlineState: null },
};

const work = (items: readonly Item[], given: Partial<Work> = {}): Partial<Run> => ({
  work: { items, criticalPath: NO_PATH, startable: [], withoutIds: [], ...given },
});

test('a run without manual items, work, risks and waivers has no part', () => {
  expect(readinessParts(run([passed('a', 1)]))).toEqual([]);
});

describe('work', () => {
  test('stands by group, under how far the group is and what is left', () => {
    const items = [
      item('a', { group: 'Convoy 1', state: 'done', estimateMs: 9 * HOUR_MS, owner: 'web' }),
      item('b', { group: 'Convoy 2', state: 'done' }),
      item('c', {
        group: 'Convoy 1',
        state: 'blocked',
        estimateMs: 30 * HOUR_MS,
        blockedBy: ['x', 'y'],
        title: 'Do C',
      }),
      item('d', { group: 'Convoy 1', missing: ['check'], deadline: '2026-12-01', optional: true }),
      item('e', { claimedDone: true, missing: ['check'], deadline: '2026-11-01', deadlineState: 'over' }),
      item('f', { deadline: '2026-11-30', deadlineState: 'short' }),
    ];
    expect(textsOf(work(items), 'Work')).toEqual([
      'doubt | 1/3 | Convoy 1 | 1 d 6 h left',
      'good | done | a | web',
      'bad | blocked | c | Do C; 1 d 6 h; waits for x, y',
      'doubt | ready | d | due 2026-12-01; the launch can do without it; not shown by check',
      'good | 1/1 | Convoy 2 | done',
      'good | done | b | ',
      'bad | claimed | e | overdue since 2026-11-01; not shown by check',
      'doubt | ready | f | due 2026-11-30: too little time',
    ]);
  });
});

describe('the way to the launch', () => {
  const items = [
    item('a', { estimateMs: 24 * HOUR_MS, owner: 'web' }),
    item('b', { state: 'blocked' }),
    item('c', { optional: true }),
  ];
  const path = { ...NO_PATH, ids: ['a', 'b'], totalMs: 24 * HOUR_MS, unestimated: ['b'] };
  const rest = { startable: ['a', 'c'], withoutIds: ['c'] };
  const given = work(items, { criticalPath: path, ...rest });
  const until = (left: Partial<Work['criticalPath']>) =>
    textsOf(work(items, { criticalPath: { ...path, ...left }, ...rest }), 'Way to the launch').filter((line) =>
      line.includes('in all'),
    );

  test('is step by step, with what can start and what can be left out', () => {
    expect(textsOf(given, 'Way to the launch')).toEqual([
      'doubt | step 1 | a | 1 d; web',
      'bad | step 2 | b | nobody has estimated it',
      'doubt | in all | 1 d | and what nobody has estimated',
      'doubt | now | a, c | can start',
      'doubt | without | c | the launch can do without',
    ]);
  });

  test('is held against the deadline', () => {
    const deadline = '2026-12-02';
    expect(until({ deadline, leftMs: 48 * HOUR_MS, deadlineState: 'ahead' })).toEqual([
      'doubt | in all | 1 d | and what nobody has estimated; 2 d are left until 2026-12-02',
    ]);
    expect(until({ deadline, leftMs: 12 * HOUR_MS, deadlineState: 'short' })).toEqual([
      'bad | in all | 1 d | and what nobody has estimated; 12 h are left until 2026-12-02: 12 h too few',
    ]);
    expect(until({ deadline, leftMs: -HOUR_MS, deadlineState: 'over' })).toEqual([
      'bad | in all | 1 d | and what nobody has estimated; the deadline was 2026-12-02',
    ]);
    expect(until({})).toEqual(['doubt | in all | 1 d | and what nobody has estimated']);
  });

  test('is no part once all is done, and says what is left out when nothing else is left', () => {
    expect(textsOf(work([item('a', { state: 'done' })]), 'Way to the launch')).toEqual([]);
    expect(textsOf(work([item('c', { optional: true })], { withoutIds: ['c'] }), 'Way to the launch')).toEqual([
      'doubt | without | c | the launch can do without',
    ]);
  });
});

describe('what people attest', () => {
  const signOff = {
    by: 'ada',
    at: '2026-11-20T10:00:00Z',
    choice: null,
    note: null,
    evidence: null,
    signed: false,
  } as const;
  const manual = (id: string, given: Partial<ManualResult> = {}): ManualResult => ({
    ...passed(id, 1),
    ...{ kind: 'manual', target: 'a sign-off', signOffs: [], choice: null, due: null, ...given },
  });

  test('is a list of sign-offs: by whom, on what, until when', () => {
    const good = { ...signOff, state: 'good', expiresAt: '2026-12-20T10:00:00Z' } as const;
    const evidence = { file: 'shot.png', sha256: 'a' };
    const items = [
      manual('a', {
        title: 'A',
        signOffs: [good, { ...good, by: 'alan', signed: true, evidence, expiresAt: '2026-12-01T00:00:00Z' }],
      }),
      manual('b', { signOffs: [{ ...good, expiresAt: null }] }),
      ...(['sign-off-missing', 'sign-off-expired', 'sign-off-lapsed', 'quorum-missing'] as const).map((reasonCode) =>
        manual(reasonCode, { outcome: 'unknown', reasonCode, message: 'why' }),
      ),
    ];
    expect(textsOf({ manual: items }, 'Sign-offs')).toEqual([
      'good | signed | a | A; by ada on 2026-11-20, alan on 2026-11-20 with a key; on shot.png; holds until 2026-12-01',
      'good | signed | b | by ada on 2026-11-20',
      'bad | missing | sign-off-missing | why',
      'bad | expired | sign-off-expired | why',
      'bad | lapsed | sign-off-lapsed | why',
      'bad | too few | quorum-missing | why',
    ]);
  });

  test('and of decisions: what was chosen by whom, or what is open', () => {
    const decision = { target: 'a decision' } as const;
    const chosen = [{ ...signOff, choice: 'aws', state: 'good', expiresAt: null }] as const;
    const items = [
      manual('cloud', { ...decision, choice: 'aws', signOffs: chosen, title: 'Where it runs' }),
      manual('date', {
        ...decision,
        outcome: 'unknown',
        reasonCode: 'decision-open',
        message: 'not decided',
        owner: { id: 'ops', contact: null, escalation: [] },
      }),
    ];
    expect(textsOf({ manual: items }, 'Decisions')).toEqual([
      'good | decided | cloud | Where it runs; aws, by ada on 2026-11-20',
      'bad | open | date | not decided; ops',
    ]);
    expect(textsOf({ manual: items }, 'Sign-offs')).toEqual([]);
  });
});

test('risks and waivers say their live state', () => {
  const risk = {
    id: 'r',
    title: 'R',
    impact: 'I',
    mitigation: 'M',
    owner: 'o',
    checks: ['a'],
    source,
    state: 'showing',
    showing: ['a'],
  } as const;
  const waiver = {
    check: 'a',
    reasonCode: 'slow',
    reason: 'soon',
    owner: 'o',
    approvedBy: 'cto',
    expires: '2026-12-01',
    source,
  } as const;
  expect(textsOf({ risks: [risk] }, 'Risks')).toEqual([
    'bad | showing | r | R; seen by a; impact: I; mitigation: M; o',
  ]);
  expect(
    textsOf(
      {
        waivers: [
          { ...waiver, state: 'in-force' },
          { ...waiver, state: 'stale' },
        ],
      },
      'Waivers',
    ),
  ).toEqual([
    'doubt | waived | a | slow; soon; owner o, approved by cto; until 2026-12-01; in force',
    'bad | stale | a | slow; soon; owner o, approved by cto; until 2026-12-01; stale: the check passes, remove it',
  ]);
});
