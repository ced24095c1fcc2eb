import * as fc from 'fast-check';
import type { Gate } from '../config/config.ts';
import type { CheckRecord, RunRecord } from '../execute/event.ts';
import { TIERS } from '../model/outcome.ts';
import { FLAKY, gate, leftOut, plannedCheck, recordOf, runRecord } from './test-run.ts';

/** Random plans with how their checks end, for properties of judgement. */

const RECORDS: { readonly [name: string]: CheckRecord } = {
  pass: recordOf.pass,
  warn: recordOf.warn,
  fail: recordOf.fail,
  unknown: recordOf.unknown,
  skipped: recordOf.skipped,
  flaky: FLAKY,
};
const GOOD = new Set(['pass', 'warn', 'flaky']);

/** A plan of few checks: how each ends when it is looked at, what it needs, where it is, and the gates. */
export type Drawn = {
  readonly ends: readonly string[];
  readonly needs: readonly (readonly number[])[];
  readonly hosts: readonly number[];
  readonly gates: readonly Gate[];
};

const MOST = 6;
/** The id of the check at an index. */
export const idOf = (index: number): string => `c${index}`;

const drawnGates = (count: number): fc.Arbitrary<readonly Gate[]> =>
  fc
    .array(
      fc.record({
        tiers: fc.array(fc.option(fc.constantFrom(...TIERS)), { minLength: count, maxLength: count }),
        needs: fc.array(fc.nat(2), { maxLength: 2 }),
        flaky: fc.constantFrom('warn', 'fail', 'ignore'),
      }),
      { maxLength: 3 },
    )
    .map((drawn) =>
      drawn.map(({ tiers, needs, flaky }, index) =>
        gate(`g${index}`, [], {
          criteria: tiers.flatMap((tier, check) => (tier === null ? [] : [{ id: idOf(check), tier }])),
          needs: [...new Set(needs.filter((need) => need < index))].map((need) => `g${need}`),
          flaky,
        }),
      ),
    );

export const drawn: fc.Arbitrary<Drawn> = fc.integer({ min: 1, max: MOST }).chain((count) =>
  fc.record({
    ends: fc.array(fc.constantFrom(...Object.keys(RECORDS)), { minLength: count, maxLength: count }),
    needs: fc
      .array(fc.array(fc.nat(MOST), { maxLength: 2 }), { minLength: count, maxLength: count })
      .map((lists) => lists.map((list, index) => [...new Set(list.filter((need) => need < index))])),
    hosts: fc.array(fc.nat(2), { minLength: count, maxLength: count }),
    gates: drawnGates(count),
  }),
);

/** What an execution of such a plan would leave: a check whose needs are not good is not looked at. */
export const recordFrom = ({ ends, needs, hosts, gates }: Drawn): RunRecord => {
  const good: boolean[] = [];
  const checks = ends.map((end, index): readonly [ReturnType<typeof plannedCheck>, CheckRecord] => {
    const mine = needs[index] ?? [];
    const free = mine.every((need) => good[need]);
    good.push(free && GOOD.has(end));
    const planned = plannedCheck(idOf(index), { needs: mine.map(idOf), host: `h${hosts[index]}:80` });
    return [planned, (free ? RECORDS[end] : undefined) ?? leftOut('needs-failed')];
  });
  return runRecord({ checks, gates });
};

/** The same plan with one check that ends otherwise. */
export const replaceEnd = (from: Drawn, index: number, end: string): Drawn => ({
  ...from,
  ends: from.ends.with(index, end),
});
