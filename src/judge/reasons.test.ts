import { describe, expect, it } from 'vitest';
import type { Gate } from '../config/config.ts';
import type { CheckRecord, RunRecord } from '../execute/event.ts';
import type { Tier } from '../model/outcome.ts';
import { judgeRun } from './judge-run.ts';
import { gate, leftOut, NOW, plannedCheck, recordOf, runRecord } from './test-run.ts';

const RECORDS = {
  good: recordOf.pass,
  slow: recordOf.warn,
  bad: recordOf.fail,
  unseen: recordOf.unknown,
  absent: leftOut('missing-credential', 'TOKEN is not set'),
} as const;

const judge = (gates: readonly Gate[], run: Partial<RunRecord> = {}) => {
  const checks = Object.entries(RECORDS).map(([id, record]) => [plannedCheck(id), record] as const);
  return judgeRun(runRecord({ checks, gates, run }), NOW);
};

const reasonsOf = (...parameters: Parameters<typeof judge>) => judge(...parameters).reasons;

const tiered = (tier: Tier, ...ids: readonly (keyof typeof RECORDS)[]): Gate =>
  gate(`${tier}-gate`, ['good'], { criteria: [{ id: 'good', tier: 'must' }, ...ids.map((id) => ({ id, tier }))] });

const BAD = 'bad fails: status: number 500 is not 2xx';
const UNSEEN = 'unseen is unknown: it could not be looked at';
const ABSENT = 'absent was skipped: TOKEN is not set';
const SLOW = 'slow warns: status: number 500 is not 2xx';

describe('the reasons of a verdict', () => {
  it('come worst first: what is wrong, what is not proved, what is a condition', () => {
    expect(reasonsOf([gate('launch', ['slow', 'absent', 'unseen', 'bad', 'good'])])).toEqual([
      BAD,
      ABSENT,
      UNSEEN,
      SLOW,
    ]);
  });

  it('name a criterion of several gates once, by its worst effect', () => {
    expect(reasonsOf([tiered('should', 'bad'), tiered('must', 'bad', 'unseen'), tiered('nice', 'unseen')])).toEqual([
      BAD,
      UNSEEN,
    ]);
  });

  it('leave out what changes nothing', () => {
    expect(reasonsOf([tiered('nice', 'bad', 'unseen', 'slow')])).toEqual([
      'every must criterion of the gate nice-gate passed (1)',
    ]);
    expect(reasonsOf([tiered('should', 'bad', 'slow')])).toEqual([BAD]);
  });

  it('say of each gate that it passed', () => {
    expect(reasonsOf([gate('a', ['good']), tiered('nice')])).toEqual([
      'every must criterion of the gate a passed (1)',
      'every must criterion of the gate nice-gate passed (1)',
    ]);
  });

  it('say that a gate without a must proves nothing', () => {
    const optional = gate('extras', [], { criteria: [{ id: 'good', tier: 'nice' }] });
    expect(reasonsOf([optional, gate('launch', ['good'])])).toEqual([
      'the gate extras has no must criterion, so it proves nothing',
    ]);
  });

  it('say which gate is needed and not part of the run, once', () => {
    const gates = [gate('a', ['good'], { needs: ['gone', 'b'] }), gate('b', ['good'], { needs: ['gone'] })];
    expect(reasonsOf(gates)).toEqual(['the gate gone, which another one needs, is not part of this run']);
    expect(judge(gates).verdict).toBe('HOLD');
  });

  it('say first of what is not proved that the run did not end', () => {
    const stopped = { interruptedBy: 'SIGINT' } as const;
    expect(reasonsOf([gate('launch', ['unseen', 'bad'])], stopped)).toEqual([
      BAD,
      'This run is not complete: stopped by SIGINT',
      UNSEEN,
    ]);
    expect(reasonsOf([gate('launch', ['good'])], { finishedAt: null })).toEqual(['This run is not complete']);
  });
});

describe('the banners of a run', () => {
  const banners = (missing: readonly (readonly [string, readonly string[]])[], run: Partial<RunRecord> = {}) => {
    const checks = missing.map(([id, names]) => [plannedCheck(id, { missing: names }), recordOf.skipped] as const);
    return judgeRun(runRecord({ checks, gates: [gate('launch', ['a'])], run }), NOW).banners;
  };

  it('name each absent credential with all that went without it', () => {
    expect(
      banners([
        ['a', ['TOKEN', 'KEY']],
        ['b', []],
        ['c', ['TOKEN']],
      ]),
    ).toEqual(['TOKEN is not set, so this was skipped: a, c', 'KEY is not set, so this was skipped: a']);
  });

  it('begin with what stopped the run', () => {
    expect(banners([['a', ['TOKEN']]], { interruptedBy: 'deadline' })).toEqual([
      'This run is not complete: stopped by deadline',
      'TOKEN is not set, so this was skipped: a',
    ]);
    expect(banners([['a', []]], { finishedAt: null })).toEqual(['This run is not complete']);
  });

  it('name scenarios too', () => {
    const { kind: _, target: __, host: ___, ...own } = plannedCheck('flow', { missing: ['TOKEN'] });
    const scenarios = [{ ...own, withinMs: null, steps: [], cleanup: [] }];
    const record: RunRecord = runRecord({ checks: [], gates: [gate('launch', ['flow'])], plan: { scenarios } });
    expect(judgeRun(record, NOW).banners).toEqual(['TOKEN is not set, so this was skipped: flow']);
  });
});

describe('what a run does not tell', () => {
  it('is what was not selected, and what was asked and not seen, with the reason', () => {
    const records: readonly (readonly [string, CheckRecord, readonly string[]])[] = [
      ['good', recordOf.pass, []],
      ['bad', recordOf.fail, []],
      ['unseen', recordOf.unknown, []],
      ['absent', RECORDS.absent, []],
      ['waiting', leftOut('needs-failed', 'bad is not good'), ['bad']],
      ['odd', leftOut('needs-failed', 'something is not good'), []],
    ];
    const checks = records.map(([id, record, needs]) => [plannedCheck(id, { needs }), record] as const);
    const plan = { notSelected: [{ id: 'other', why: 'it has another tag' }] };
    expect(judgeRun(runRecord({ checks, gates: [gate('launch', ['good'])], plan }), NOW).notChecked).toEqual([
      { id: 'other', why: 'it has another tag' },
      { id: 'unseen', why: 'it could not be looked at' },
      { id: 'absent', why: 'TOKEN is not set' },
      { id: 'waiting', why: 'blocked by bad' },
      { id: 'odd', why: 'something is not good' },
    ]);
  });
});
