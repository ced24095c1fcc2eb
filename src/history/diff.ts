import type { Json, JsonObject } from '../model/json.ts';
import type { Outcome, Verdict } from '../model/outcome.ts';
import type { KeptCheck, KeptRun } from './store.ts';

/** A fact that tells change, with both values. One that was not seen on a side is no change. */
export type FactChange = { readonly fact: string; readonly before: Json; readonly after: Json };

/** A check that both runs have, or one of them: null where it is not. */
export type CheckChange = {
  readonly id: string;
  readonly component: string | null;
  readonly before: Outcome | null;
  readonly after: Outcome | null;
  /** The reason code of the later side that has one. */
  readonly reasonCode: string | null;
  /** Whether it broke for another cause than before. */
  readonly otherCause: boolean;
  readonly message: string;
};

/** What became of each check: every check of either run is in exactly one list, or is as it was. */
export type RunDiff = {
  readonly verdict: {
    readonly before: Verdict | null;
    readonly after: Verdict | null;
    readonly why: readonly string[];
  };
  /** Bad now, and not bad before or not there. */
  readonly broken: readonly CheckChange[];
  readonly fixed: readonly CheckChange[];
  readonly stillBroken: readonly CheckChange[];
  /** Told something before and nothing now: blocked, skipped, or never looked at. A bad one that is untold is not fixed. */
  readonly untold: readonly CheckChange[];
  /** New in the later run, and not bad. */
  readonly added: readonly CheckChange[];
  readonly removed: readonly CheckChange[];
  /** Good or untold on both sides, by another outcome: a pass that now warns. */
  readonly otherwise: readonly CheckChange[];
  readonly facts: readonly { readonly check: string; readonly changes: readonly FactChange[] }[];
};

type Pair = { readonly before: KeptCheck | null; readonly after: KeptCheck | null };
type List = Exclude<keyof RunDiff, 'verdict' | 'facts'>;

/** Facts that both sides saw, and saw differently, in the order of the later. Pure. */
export const factChanges = (before: JsonObject, after: JsonObject): readonly FactChange[] =>
  Object.entries(after).flatMap(([fact, value]) => {
    const earlier = Object.hasOwn(before, fact) ? before[fact] : undefined;
    if (earlier === undefined || JSON.stringify(earlier) === JSON.stringify(value)) return [];
    return [{ fact, before: earlier, after: value }];
  });

const listOf = ({ before, after }: Pair): List | null => {
  if (after === null) return 'removed';
  if (after.standing === 'bad') return before?.standing === 'bad' ? 'stillBroken' : 'broken';
  if (before === null) return 'added';
  if (after.standing === null && before.standing !== null) return 'untold';
  if (before.standing === 'bad') return 'fixed';
  return before.outcome === after.outcome ? null : 'otherwise';
};

const changeOf = ({ before, after }: Pair): CheckChange => {
  const shown = after ?? before;
  return {
    id: shown?.id ?? '',
    component: shown?.component ?? null,
    before: before?.outcome ?? null,
    after: after?.outcome ?? null,
    reasonCode: after?.reasonCode ?? before?.reasonCode ?? null,
    otherCause:
      before?.standing === 'bad' && after?.standing === 'bad' && (before.causeKey ?? '') !== (after.causeKey ?? ''),
    message: after?.message ?? '',
  };
};

/** The checks of both runs by id, those of the later run first and in its order. */
const pairs = (before: KeptRun, after: KeptRun): readonly Pair[] => {
  const earlier = new Map(before.checks.map((check) => [check.id, check]));
  const later = new Set(after.checks.map(({ id }) => id));
  return [
    ...after.checks.map((check) => ({ before: earlier.get(check.id) ?? null, after: check })),
    ...before.checks.filter(({ id }) => !later.has(id)).map((check) => ({ before: check, after: null })),
  ];
};

const named = (ids: readonly string[]): string =>
  ids.length > 5 ? `${ids.slice(0, 5).join(', ')} and ${ids.length - 5} more` : ids.join(', ');

/** What holds the gates, as far as it differs: why a verdict is another one. */
const gateReasons = (before: KeptRun, after: KeptRun): readonly string[] =>
  after.gates.flatMap((gate) => {
    const earlier = before.gates.find(({ id }) => id === gate.id);
    if (earlier === undefined) return [`the gate ${gate.id} is new: ${gate.verdict}`];
    const now = gate.blockedBy.filter((id) => !earlier.blockedBy.includes(id));
    const past = earlier.blockedBy.filter((id) => !gate.blockedBy.includes(id));
    if (earlier.verdict === gate.verdict && now.length === 0 && past.length === 0) return [];
    const verdict = earlier.verdict === gate.verdict ? gate.verdict : `${earlier.verdict} -> ${gate.verdict}`;
    return [
      `the gate ${gate.id}: ${verdict}${now.length === 0 ? '' : `, now held by ${named(now)}`}${past.length === 0 ? '' : `, no longer held by ${named(past)}`}`,
    ];
  });

const verdictReasons = (before: KeptRun, after: KeptRun): readonly string[] => [
  ...gateReasons(before, after),
  ...before.gates
    .filter(({ id }) => !after.gates.some((gate) => gate.id === id))
    .map(({ id, verdict }) => `the gate ${id} is gone; it was ${verdict}`),
  ...[before, after].filter(({ complete }) => !complete).map(({ id }) => `the run ${id} is not complete`),
  ...(before.configDigest === after.configDigest ? [] : ['the configuration is another one']),
];

/** What is different in the later of two runs, from the store or from `keptRun`. Pure. */
export const diffRuns = (before: KeptRun, after: KeptRun): RunDiff => {
  const all = pairs(before, after).map((pair) => ({ pair, list: listOf(pair) }));
  const inList = (name: List): readonly CheckChange[] =>
    all.filter(({ list }) => list === name).map(({ pair }) => changeOf(pair));
  return {
    verdict: { before: before.verdict, after: after.verdict, why: verdictReasons(before, after) },
    broken: inList('broken'),
    fixed: inList('fixed'),
    stillBroken: inList('stillBroken'),
    untold: inList('untold'),
    added: inList('added'),
    removed: inList('removed'),
    otherwise: inList('otherwise'),
    facts: all.flatMap(({ pair }) => {
      if (pair.before === null || pair.after === null) return [];
      const changes = factChanges(pair.before.facts, pair.after.facts);
      return changes.length === 0 ? [] : [{ check: pair.after.id, changes }];
    }),
  };
};
