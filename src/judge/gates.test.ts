import { describe, expect, it } from 'vitest';
import type { Gate } from '../config/config.ts';
import type { Waiver } from '../config/readiness/waivers.ts';
import type { CheckRecord } from '../execute/event.ts';
import { judgeRun } from './judge-run.ts';
import { waiver } from './test-manual.ts';
import { attempt, done, gate, leftOut, NOW, plannedCheck, recordOf, runRecord, unobserved } from './test-run.ts';

type Entry = readonly [id: string, record: CheckRecord | null, ...needs: string[]];

const judge = (entries: readonly Entry[], gates: readonly Gate[], waivers: readonly Waiver[] = []) => {
  const checks = entries.map(([id, record, ...needs]) => [plannedCheck(id, { needs }), record] as const);
  return judgeRun(runRecord({ checks, gates, plan: { waivers } }), NOW);
};

const { pass, warn, fail, unknown } = recordOf;
const blocked = leftOut('needs-failed');

describe('a gate', () => {
  it('shows what it asks for, and what each criterion does to it', () => {
    const criteria = [
      { id: 'a', tier: 'must' },
      { id: 'b', tier: 'must' },
      { id: 'c', tier: 'should' },
      { id: 'd', tier: 'nice' },
      { id: 'gone', tier: 'should' },
    ] as const;
    const launch = gate('launch', [], { criteria, owner: 'ops', deadline: '2026-12-01' });
    const [judged] = judge(
      [
        ['a', pass],
        ['b', fail],
        ['c', warn],
        ['d', unknown],
      ],
      [launch],
      [waiver('b')],
    ).gates;
    expect(judged).toEqual({
      id: 'launch',
      title: 'The gate launch',
      owner: 'ops',
      deadline: '2026-12-01',
      deadlineState: null,
      estimateMs: null,
      verdict: 'CONDITIONAL',
      criteria: [
        { id: 'a', tier: 'must', outcome: 'pass', waived: false, effect: 'none' },
        { id: 'b', tier: 'must', outcome: 'fail', waived: true, effect: 'condition' },
        { id: 'c', tier: 'should', outcome: 'warn', waived: false, effect: 'note' },
        { id: 'd', tier: 'nice', outcome: 'unknown', waived: false, effect: 'note' },
        { id: 'gone', tier: 'should', outcome: 'skipped', waived: false, effect: 'condition' },
      ],
      needs: [],
      blockedBy: [],
      conditions: [
        'b fails and is waived until 2026-12-15 (moved next week; approved by cto): status: number 500 is not 2xx',
        'gone is not part of this run',
      ],
      notes: ['c warns: status: number 500 is not 2xx', 'd is unknown: it could not be looked at'],
      coverage: [
        { tier: 'must', total: 2, evaluated: 2, passed: 1, waived: 1 },
        { tier: 'should', total: 2, evaluated: 1, passed: 0, waived: 0 },
        { tier: 'nice', total: 1, evaluated: 0, passed: 0, waived: 0 },
      ],
    });
  });

  it('is not proved by a should, or by a must that nobody looked at', () => {
    const criteria = [
      { id: 'a', tier: 'should' },
      { id: 'b', tier: 'must' },
    ] as const;
    const of = (b: CheckRecord | null) =>
      judge(
        [
          ['a', pass],
          ['b', b],
        ],
        [gate('launch', [], { criteria })],
      ).gates[0]?.verdict;
    expect([pass, warn, unknown, null].map(of)).toEqual(['GO', 'CONDITIONAL', 'HOLD', 'HOLD']);
  });

  it('names its criteria that hold it down, then the gates', () => {
    const gates = [
      gate('launch', ['a', 'b', 'c'], { needs: ['hold', 'no-go', 'conditional', 'go', 'gone'] }),
      gate('hold', ['b']),
      gate('no-go', ['c']),
      gate('conditional', ['d']),
      gate('go', ['a']),
    ];
    const [launch] = judge(
      [
        ['a', pass],
        ['b', unknown],
        ['c', fail],
        ['d', warn],
      ],
      gates,
    ).gates;
    expect(launch).toMatchObject({
      verdict: 'NO-GO',
      blockedBy: ['b', 'c', 'hold', 'no-go', 'gone'],
      conditions: ['the gate conditional is CONDITIONAL'],
    });
  });

  it('needs what it needs through others once, and not itself', () => {
    const gates = [
      gate('a', ['ok'], { needs: ['b', 'c'] }),
      gate('b', ['ok'], { needs: ['c', 'a'] }),
      gate('c', ['bad'], { needs: ['a'] }),
    ];
    const judged = judge(
      [
        ['ok', pass],
        ['bad', unknown],
      ],
      gates,
    ).gates;
    expect(judged.map(({ verdict }) => verdict)).toEqual(['HOLD', 'HOLD', 'HOLD']);
    expect(judged.map(({ blockedBy }) => blockedBy)).toEqual([['c'], ['c'], ['bad']]);
  });
});

describe('a criterion that is blocked', () => {
  const entries: readonly Entry[] = [
    ['one', fail],
    ['two', fail],
    ['unseen', unknown],
    ['by-one', blocked, 'one'],
    ['by-both', blocked, 'one', 'two'],
    ['by-one-and-unseen', blocked, 'one', 'unseen'],
    ['by-nothing', blocked],
  ];
  const waivedOf = (...waived: readonly string[]) => {
    const ids = entries.slice(3).map(([id]) => id);
    const [launch] = judge(
      entries,
      [gate('launch', ids)],
      waived.map((id) => waiver(id)),
    ).gates;
    return Object.fromEntries(
      (launch?.criteria ?? []).map(({ id, waived: is, effect }) => [id, is ? `waived ${effect}` : effect]),
    );
  };

  it('is as bad as what blocks it, and waived when every failure that blocks it is, and even then not proved', () => {
    expect(waivedOf()).toEqual({
      'by-one': 'NO-GO',
      'by-both': 'NO-GO',
      'by-one-and-unseen': 'NO-GO',
      'by-nothing': 'HOLD',
    });
    expect(waivedOf('one')).toEqual({
      'by-one': 'waived HOLD',
      'by-both': 'NO-GO',
      'by-one-and-unseen': 'waived HOLD',
      'by-nothing': 'HOLD',
    });
    expect(waivedOf('one', 'two')).toMatchObject({ 'by-both': 'waived HOLD', 'by-nothing': 'HOLD' });
  });

  it('charges each cause with what it does alone', () => {
    const run = judge(entries, [gate('launch', ['by-both', 'by-one-and-unseen'])], [waiver('two')]);
    expect(run.blockers.map(({ cause, verdict, affects }) => [cause.check, verdict, affects.checks])).toEqual([
      ['one', 'NO-GO', ['by-one', 'by-both', 'by-one-and-unseen']],
      ['two', 'HOLD', ['by-both']],
      ['unseen', 'HOLD', ['by-one-and-unseen']],
    ]);
    expect(run.repair).toEqual({ checks: ['one', 'two', 'unseen'], verdict: 'GO' });
  });
});

describe('causes', () => {
  const host = 'shop.example.com:443';
  const at = (id: string, record: CheckRecord, given = {}) => [plannedCheck(id, { host, ...given }), record] as const;
  const judgeAt = (...checks: readonly ReturnType<typeof at>[]) =>
    judgeRun(
      runRecord({
        checks,
        gates: [
          gate(
            'launch',
            checks.map(([{ id }]) => id),
          ),
        ],
      }),
      NOW,
    ).blockers.map(({ cause, same }) => [cause.check, ...same]);

  it('are told apart by address where the reason tells of one address alone', () => {
    expect(judgeAt(at('a', fail), at('b', fail))).toEqual([['a'], ['b']]);
  });

  it('of one host hold up what any of them blocks, unless each that blocks it is accepted', () => {
    const refused = done(attempt(unobserved('connect-refused')));
    const both = [plannedCheck('both', { needs: ['a', 'b'] }), blocked] as const;
    const verdictWith = (...waived: readonly string[]) => {
      const checks = [at('a', refused), at('b', refused), both];
      const waivers = waived.map((id) => waiver(id, { reasonCode: 'connect-refused' }));
      const record = runRecord({ checks, gates: [gate('launch', ['both'])], plan: { waivers } });
      return judgeRun(record, NOW).blockers.map(({ cause, same, verdict }) => [cause.check, ...same, verdict]);
    };
    expect(verdictWith()).toEqual([['a', 'b', 'NO-GO']]);
    expect(verdictWith('a')).toEqual([['a', 'b', 'NO-GO']]);
    expect(verdictWith('a', 'b')).toEqual([['a', 'b', 'HOLD']]);
  });

  it('that are not criteria of any gate hold nothing up', () => {
    const run = judge(
      [
        ['a', pass],
        ['b', fail],
      ],
      [gate('launch', ['a'])],
    );
    expect([run.blockers, run.repair, run.verdict]).toEqual([[], null, 'GO']);
  });

  it('of a condition are repaired for a better verdict, and are no blockers', () => {
    const run = judge(
      [
        ['a', pass],
        ['b', warn],
      ],
      [gate('launch', ['a', 'b'])],
    );
    expect([run.blockers, run.repair]).toEqual([[], { checks: ['b'], verdict: 'GO' }]);
  });
});
