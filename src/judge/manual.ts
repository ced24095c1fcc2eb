import type { ManualItem } from '../config/readiness/manual.ts';
import type { SignOff } from '../config/readiness/sign-offs.ts';
import { parseInstant } from '../matchers/instant.ts';
import type { ReasonCode } from '../model/reason-code.ts';
import type { ManualResult } from '../model/run.ts';
import type { PlannedManual, RecordedCheck, RecordedPlan } from '../plan/plan.ts';
import { because } from './assess.ts';
import { judgeCheck } from './outcome.ts';

/** A manual item as a criterion sees it: a check that nobody has to run. */
export const manualAsCheck = (item: PlannedManual): RecordedCheck => {
  const {
    validForMs: _,
    quorum: __,
    decision: ___,
    needsEvidence: ____,
    digest: _____,
    signOffs: ______,
    ...own
  } = item;
  return {
    ...own,
    kind: 'manual',
    target: item.decision === null ? 'a sign-off' : 'a decision',
    host: null,
    layers: [],
    tryCommand: null,
    needs: [],
    expectations: [],
    timeoutMs: 0,
    retry: { attempts: 1, delayMs: 0 },
    eventually: null,
    samples: 1,
    mutex: null,
    maintenance: [],
    heavy: false,
    executes: false,
    changes: false,
    missing: [],
    forbidden: null,
  };
};

/** A sign-off counts from this long before its own time on: clocks differ. */
const CLOCK_SKEW_MS = 5 * 60_000;

/** What the sign-offs of an item come to now. A sign-off that no longer fits the item, or has run out, is none. */
export const judgeManual = (item: PlannedManual, plan: RecordedPlan, now: Date): ManualResult => {
  const base = judgeCheck(manualAsCheck(item), undefined, { plan, interruptedBy: null });
  const latest = latestByPerson(item.signOffs);
  const states = latest.map((signOff) => ({ signOff, ...stateOf(signOff, item, now) }));
  const good = states.filter(({ state }) => state === 'good').map(({ signOff }) => signOff);
  const chosen = item.decision === null ? null : choiceOf(good, item);
  const trouble = troubleOf(item, states, good, chosen, now);
  const shown = states.map(({ signOff, state, expiresAt }) => ({
    by: signOff.by,
    at: signOff.at,
    choice: signOff.choice,
    note: signOff.note,
    evidence: signOff.evidence === null ? null : { file: signOff.evidence.file, sha256: signOff.evidence.sha256 },
    state,
    signed: signOff.signature?.good ?? false,
    expiresAt,
  }));
  const own = { ...base, signOffs: shown, choice: chosen, due: item.decision?.due ?? null };
  if (trouble === null) return { ...own, outcome: 'pass', reasonCode: null, layer: null, message: '' };
  const { outcome, layer, message } = because(trouble.code, trouble.message);
  return { ...own, outcome, reasonCode: trouble.code, layer, message };
};

/** The last word of each person; taking back leaves none. */
const latestByPerson = (signOffs: readonly SignOff[]): readonly SignOff[] => {
  const byPerson = new Map<string, SignOff>();
  for (const one of signOffs) {
    byPerson.delete(one.by);
    if (!one.revoked) byPerson.set(one.by, one);
  }
  return [...byPerson.values()];
};

type State = ManualResult['signOffs'][number]['state'];
type Judged = { readonly state: State; readonly expiresAt: string | null };

const stateOf = (signOff: SignOff, item: ManualItem, now: Date): Judged => {
  const at = parseInstant(signOff.at) ?? Number.POSITIVE_INFINITY;
  const expiresMs = item.validForMs === null ? null : at + item.validForMs;
  const expiresAt = expiresMs === null || !Number.isFinite(expiresMs) ? null : new Date(expiresMs).toISOString();
  const state = ((): State => {
    if (signOff.signature !== null && !signOff.signature.good) return 'bad-signature';
    if (at > now.getTime() + CLOCK_SKEW_MS) return 'in-the-future';
    if (!mayDecide(signOff, item)) return 'not-entitled';
    if (item.decision !== null && !item.decision.options.includes(signOff.choice ?? '')) return 'no-choice';
    if (!signOff.sameItem) return 'item-changed';
    if (signOff.evidence === null) {
      if (item.needsEvidence) return 'no-evidence';
    } else if (signOff.evidence.state !== 'same') return 'evidence-changed';
    return expiresMs !== null && expiresMs <= now.getTime() ? 'expired' : 'good';
  })();
  return { state, expiresAt };
};

const mayDecide = ({ by }: SignOff, { quorum, decision }: ManualItem): boolean => {
  if (quorum !== null && !quorum.of.includes(by)) return false;
  const authority = decision?.authority ?? [];
  return authority.length === 0 || authority.includes(by);
};

/** The option that enough have chosen; null while they differ or are too few. */
const choiceOf = (good: readonly SignOff[], { quorum }: ManualItem): string | null => {
  const least = quorum?.least ?? 1;
  const votes = Map.groupBy(good, ({ choice }) => choice);
  const [first, second] = [...votes].filter(([choice, all]) => choice !== null && all.length >= least);
  return first === undefined || second !== undefined ? null : first[0];
};

type Trouble = { readonly code: ReasonCode; readonly message: string };
type WithState = Judged & { readonly signOff: SignOff };

const troubleOf = (
  item: PlannedManual,
  states: readonly WithState[],
  good: readonly SignOff[],
  chosen: string | null,
  now: Date,
): Trouble | null => {
  const least = item.quorum?.least ?? 1;
  if (item.decision !== null) {
    if (chosen !== null) return null;
    const { due, options } = item.decision;
    const overdue = due !== null && (parseInstant(due) ?? Infinity) < now.getTime();
    const when = due === null ? '' : `, ${overdue ? 'overdue since' : 'due'} ${due}`;
    const lapsed = states.find(({ state }) => state !== 'good');
    const why = lapsed === undefined ? '' : `; ${reasonText(lapsed)}`;
    return { code: 'decision-open', message: `not decided between ${options.join(', ')}${when}${why}` };
  }
  if (good.length >= least) return null;
  const bad = states.find(({ state }) => state !== 'good');
  if (good.length > 0 || (item.quorum !== null && states.length > 0)) {
    const left = (item.quorum?.of ?? []).filter((name) => !good.some(({ by }) => by === name));
    const why = bad === undefined ? '' : `; ${reasonText(bad)}`;
    return { code: 'quorum-missing', message: `${good.length} of ${least} have signed; ${left.join(', ')} can${why}` };
  }
  if (bad === undefined) return { code: 'sign-off-missing', message: `nobody has signed: ${askText(item)}` };
  const code =
    bad.state === 'expired' ? 'sign-off-expired' : LAPSED.has(bad.state) ? 'sign-off-lapsed' : 'sign-off-missing';
  return { code, message: reasonText(bad) };
};

const LAPSED: ReadonlySet<State> = new Set(['item-changed', 'evidence-changed']);

const askText = ({ id, owner, quorum }: PlannedManual): string => {
  const who = quorum === null ? (owner ?? 'its owner') : `${quorum.least} of ${quorum.of.join(', ')}`;
  return `gonogo sign ${id}, by ${who}`;
};

const reasonText = ({ signOff, state, expiresAt }: WithState): string => {
  const who = `the sign-off of ${signOff.by} (${signOff.at})`;
  switch (state) {
    case 'good':
      return `${who} holds`;
    case 'expired':
      return `${who} was valid until ${expiresAt}`;
    case 'item-changed':
      return `${who} was for another wording of this item`;
    case 'evidence-changed':
      return `${who} rests on ${signOff.evidence?.file}, which is ${signOff.evidence?.state === 'missing' ? 'not there any more' : 'not the same any more'}`;
    case 'no-evidence':
      return `${who} names no evidence, and this item asks for it`;
    case 'not-entitled':
      return `${who} does not count: only some may sign this item`;
    case 'no-choice':
      return `${who} chooses "${signOff.choice ?? ''}", which is no option`;
    case 'in-the-future':
      return `${who} is in the future`;
    case 'bad-signature':
      return `${who} has a signature that does not hold: ${signOff.signature?.message}`;
  }
};
