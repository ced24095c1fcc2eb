import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wholeTarget, type Behaviour } from './behaviour.ts';
import { runLooker, type LookerReport } from './run-looker.ts';
import { newStage } from './stage.ts';
import { behaviours, families } from './table.ts';

/** What a look may take beyond its check's own timeout. */
const GRACE_MS = 250;
/** Of the whole process, Node and its modules included. */
const MOST_MIB = 150;

const stage = newStage();
const deadlines = new Map<string, number>();
let report: LookerReport;

/** Servers are opened here once more removed: the deadline of a check is part of what they answer. */
const remembering = (behaviour: Behaviour): Behaviour => ({
  ...behaviour,
  open: async (on) => {
    const target = await behaviour.open(on);
    deadlines.set(behaviour.name, wholeTarget(target).timeoutMs);
    return target;
  },
});

beforeAll(async () => {
  report = await runLooker(behaviours.map(remembering), stage);
}, 60_000);

afterAll(() => stage.close());

describe.each(Object.entries(families))('%s', (_, family) => {
  test.each(family)('$row $name', ({ name, expected }) => {
    const seen = report.looked.get(name)?.seen;
    expect(seen).toMatchObject({ outcome: expected.outcome, code: expected.code });
    expect(seen?.message).toMatch(expected.cause);
    expect(seen?.durationMs).toBeLessThan((deadlines.get(name) ?? 0) + GRACE_MS);
  });
});

describe('the whole table', () => {
  test('has a name of its own for each behaviour', () => {
    expect(new Set(behaviours.map(({ name }) => name)).size).toBe(behaviours.length);
  });

  test('calls nothing healthy that may never be', () => {
    const fooled = behaviours.filter(({ name, healthy }) => {
      const outcome = report.looked.get(name)?.seen.outcome;
      return healthy === 'never' && (outcome === undefined || outcome === 'pass' || outcome === 'warn');
    });
    expect(fooled.map(({ name }) => name)).toEqual([]);
  });

  test('is looked at in little memory', () => {
    expect(report.left.peakMib).toBeLessThan(MOST_MIB);
  });

  test('leaves nothing behind: no crash, no rejection, no socket, no timer', () => {
    expect(report).toMatchObject({ exitCode: 0, stderr: '', left: { resources: [], uncaught: [] } });
  });

  test('shows no byte of a target that would act on a terminal', () => {
    const messages = [...report.looked.values()].map(({ seen }) => seen.message).join('');
    expect(messages).toMatch(/^[\P{C}\u00ad]*$/u);
  });
});
