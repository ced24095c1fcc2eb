import * as fc from 'fast-check';
import type { Gate } from '../config/config.ts';
import type { CheckRecord, RunRecord } from '../execute/event.ts';
import { TIERS } from '../model/outcome.ts';
import { manualItem, signOff, waiver } from './test-manual.ts';
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

/** A plan of some checks: how each ends when it is looked at, what it needs, where it is, whether its failure is waived, who has signed, and the gates. */
export type Drawn = {
  readonly ends: readonly string[];
  readonly needs: readonly (readonly number[])[];
  readonly hosts: readonly number[];
  readonly waived: readonly boolean[];
  /** By manual item: the names of those who have signed, of whom two of three are asked for. */
  readonly signed: readonly (readonly string[])[];
  readonly gates: readonly Gate[];
};

const MOST = 6;
/** The id of the check at an index. */
export const idOf = (index: number): string => `c${index}`;

/** The id of the manual item at an index. */
export const itemIdOf = (index: number): string => `m${index}`;

const PEOPLE = ['ada', 'grace', 'alan'];
const ITEMS = 2;

const drawnGates = (count: number): fc.Arbitrary<readonly Gate[]> =>
  fc
    .array(
      fc.record({
        tiers: fc.array(fc.option(fc.constantFrom(...TIERS)), { minLength: count, maxLength: count }),
        manual: fc.array(fc.option(fc.constantFrom(...TIERS), { freq: 1 }), { minLength: ITEMS, maxLength: ITEMS }),
        needs: fc.array(fc.nat(2), { maxLength: 2 }),
        flaky: fc.constantFrom('warn', 'fail', 'ignore'),
      }),
      { maxLength: 3 },
    )
    .map((drawn) =>
      drawn.map(({ tiers, manual, needs, flaky }, index) =>
        gate(`g${index}`, [], {
          criteria: [
            ...tiers.flatMap((tier, check) => (tier === null ? [] : [{ id: idOf(check), tier }])),
            ...manual.flatMap((tier, item) => (tier === null ? [] : [{ id: itemIdOf(item), tier }])),
          ],
          needs: [...new Set(needs.filter((need) => need < index))].map((need) => `g${need}`),
          flaky,
        }),
      ),
    );

const exactly = <T>(count: number, each: fc.Arbitrary<T>): fc.Arbitrary<readonly T[]> =>
  fc.array(each, { minLength: count, maxLength: count });

/** Plans of as many checks at most. */
export const drawnUpTo = (most: number): fc.Arbitrary<Drawn> =>
  fc.integer({ min: 1, max: most }).chain((count) =>
    fc.record({
      ends: exactly(count, fc.constantFrom(...Object.keys(RECORDS))),
      needs: exactly(count, fc.array(fc.nat(most), { maxLength: 2 })).map((lists) =>
        lists.map((list, index) => [...new Set(list.filter((need) => need < index))]),
      ),
      hosts: exactly(count, fc.nat(2)),
      waived: exactly(count, fc.boolean()),
      signed: exactly(ITEMS, fc.uniqueArray(fc.constantFrom(...PEOPLE))),
      gates: drawnGates(count),
    }),
  );

export const drawn: fc.Arbitrary<Drawn> = drawnUpTo(MOST);

/** What an execution of such a plan would leave: a check whose needs are not good is not looked at. */
export const recordFrom = ({ ends, needs, hosts, waived, signed, gates }: Drawn): RunRecord => {
  const good: boolean[] = [];
  const checks = ends.map((end, index): readonly [ReturnType<typeof plannedCheck>, CheckRecord] => {
    const mine = needs[index] ?? [];
    const free = mine.every((need) => good[need]);
    good.push(free && GOOD.has(end));
    const planned = plannedCheck(idOf(index), { needs: mine.map(idOf), host: `h${hosts[index]}:80` });
    return [planned, (free ? RECORDS[end] : undefined) ?? leftOut('needs-failed')];
  });
  const quorum = { least: 2, of: PEOPLE };
  const manual = signed.map((names, index) =>
    manualItem(itemIdOf(index), { quorum, signOffs: names.map((name) => signOff(name)) }),
  );
  const waivers = waived.flatMap((one, index) => (one ? [waiver(idOf(index))] : []));
  return runRecord({ checks, gates, plan: { manual, waivers } });
};

/** The same plan with one check that ends otherwise. */
export const replaceEnd = (from: Drawn, index: number, end: string): Drawn => ({
  ...from,
  ends: from.ends.with(index, end),
});
