import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Run } from '../model/run.ts';
import { judgeRun } from './judge-run.ts';
import { drawn, idOf, recordFrom, replaceEnd, type Drawn } from './test-drawn.ts';
import { signOff } from './test-manual.ts';
import { gate, NOW } from './test-run.ts';
import { isWorse } from './verdict.ts';

const judge = (from: Drawn): Run => judgeRun(recordFrom(from), NOW);
const GOOD = new Set(['pass', 'warn']);
const anyIndex = (from: Drawn, at: number): number => at % from.ends.length;

/** Once the first fails, nobody looks at the second any more, whose flaky pass was a NO-GO: HOLD. */
const HIDDEN_BY_AN_ACCEPTED_FAILURE: Drawn = {
  ends: ['pass', 'flaky'],
  needs: [[], [0]],
  hosts: [0, 0],
  waived: [true, false],
  signed: [[], []],
  gates: [gate('g0', ['c1'], { flaky: 'fail' })],
};

describe('judging a run', () => {
  it('never gets better by a failure', () => {
    fc.assert(
      fc.property(drawn, fc.nat(), (from, at) => {
        const index = anyIndex(from, at);
        const before = { ...from, waived: from.waived.with(index, false) };
        expect(isWorse(judge(before).verdict, judge(replaceEnd(before, index, 'fail')).verdict)).toBe(false);
      }),
    );
  });

  it('never gets better by a failure that is accepted, but for what is then no longer looked at', () => {
    fc.assert(
      fc.property(drawn, fc.nat(), (from, at) => {
        const index = anyIndex(from, at);
        // To accept a failure beforehand is better than not to know, and than a pass that may not last.
        fc.pre(GOOD.has(from.ends[index] ?? ''));
        const accepted = { ...from, waived: from.waived.with(index, true) };
        const before = judge(accepted).verdict;
        const after = judge(replaceEnd(accepted, index, 'fail')).verdict;
        const needed = from.needs.some((needs) => needs.includes(index));
        expect(isWorse(before, after) && !(needed && before === 'NO-GO' && after === 'HOLD')).toBe(false);
      }),
      { examples: [[HIDDEN_BY_AN_ACCEPTED_FAILURE, 0]] },
    );
  });

  it('never gets better by taking a waiver away', () => {
    fc.assert(
      fc.property(drawn, fc.nat(), (from, at) => {
        const without = { ...from, waived: from.waived.with(anyIndex(from, at), false) };
        expect(isWorse(judge(from).verdict, judge(without).verdict)).toBe(false);
      }),
    );
  });

  it('never gets better by taking a sign-off away or back', () => {
    fc.assert(
      fc.property(drawn, fc.nat(1), fc.nat(2), (from, item, who) => {
        const names = from.signed[item] ?? [];
        const without = { ...from, signed: from.signed.with(item, names.toSpliced(who, 1)) };
        expect(isWorse(judge(from).verdict, judge(without).verdict)).toBe(false);
        const record = recordFrom(from);
        const taken = signOff(names[who] ?? 'ada', { revoked: true, at: '2026-11-20T13:00:00Z' });
        const manual = record.plan.manual.map((one, index) =>
          index === item ? { ...one, signOffs: [...one.signOffs, taken] } : one,
        );
        const revoked = judgeRun({ ...record, plan: { ...record.plan, manual } }, NOW);
        expect(isWorse(judge(from).verdict, revoked.verdict)).toBe(false);
      }),
    );
  });

  it('is never better than CONDITIONAL where a must is waived', () => {
    fc.assert(
      fc.property(drawn, (from) => {
        const waived = judge(from).gates.filter(({ criteria }) =>
          criteria.some((one) => one.tier === 'must' && one.waived),
        );
        expect(waived.filter(({ verdict }) => verdict === 'GO')).toEqual([]);
      }),
    );
  });

  it('never gets better by taking away evidence, but for a failure that is then no longer seen', () => {
    fc.assert(
      fc.property(drawn, fc.nat(), fc.constantFrom('unknown', 'skipped'), (from, at, end) => {
        const before = judge(from).verdict;
        const after = judge(replaceEnd(from, anyIndex(from, at), end)).verdict;
        expect(isWorse(before, after) && !(before === 'NO-GO' && after === 'HOLD')).toBe(false);
      }),
    );
  });

  it('never proves anything with a record that is missing', () => {
    fc.assert(
      fc.property(drawn, fc.nat(), (from, at) => {
        const record = recordFrom(from);
        const checks = new Map(record.checks);
        checks.delete(idOf(anyIndex(from, at)));
        expect(['HOLD', 'NO-GO']).toContain(judgeRun({ ...record, checks }, NOW).verdict);
      }),
    );
  });

  it('does not depend on any order', () => {
    fc.assert(
      fc.property(drawn, (from) => {
        const record = recordFrom(from);
        const { plan } = record;
        const gates = plan.gates.toReversed().map((one) => ({ ...one, criteria: one.criteria.toReversed() }));
        const turned = judgeRun(
          {
            ...record,
            plan: { ...plan, checks: plan.checks.toReversed(), gates },
            checks: new Map([...record.checks].toReversed()),
          },
          NOW,
        );
        const run = judgeRun(record, NOW);
        expect(turned.verdict).toBe(run.verdict);
        expect(new Set(turned.gates.map(({ id, verdict }) => `${id} ${verdict}`))).toEqual(
          new Set(run.gates.map(({ id, verdict }) => `${id} ${verdict}`)),
        );
        expect(turned.blockers.length).toBe(run.blockers.length);
        expect(turned.totals).toEqual(run.totals);
      }),
    );
  });

  it('names every criterion that is not a pass', () => {
    fc.assert(
      fc.property(drawn, (from) => {
        const unnamed = judge(from).gates.flatMap(({ criteria, blockedBy, conditions, notes }) => {
          const named = new Set([...blockedBy, ...[...conditions, ...notes].map((sentence) => sentence.split(' ')[0])]);
          return criteria.filter(({ id, outcome }) => outcome !== 'pass' && !named.has(id));
        });
        expect(unnamed).toEqual([]);
      }),
    );
  });

  it('gives reasons for every verdict, each once, and a blocker for every NO-GO', () => {
    fc.assert(
      fc.property(drawn, (from) => {
        const { verdict, reasons, blockers } = judge(from);
        expect(reasons.length).toBeGreaterThan(0);
        expect(new Set(reasons).size).toBe(reasons.length);
        expect(blockers.some((blocker) => blocker.verdict === 'NO-GO')).toBe(verdict === 'NO-GO');
      }),
    );
  });

  it('is the same for a record that went through JSON', () => {
    fc.assert(
      fc.property(drawn, (from) => {
        const record = recordFrom(from);
        const { checks, ...rest } = record;
        const text = JSON.stringify({ ...rest, checks: [...checks] });
        const read = JSON.parse(text);
        const again = judgeRun({ ...read, checks: new Map(read.checks) }, NOW);
        const run = judgeRun(record, NOW);
        expect(again).toEqual(run);
        expect(JSON.parse(JSON.stringify(run))).toEqual(run);
      }),
    );
  });
});
