import { isEmptyEvidence } from '../config/readiness/no-evidence.ts';
import { personKey } from '../config/readiness/person.ts';
import type { ManualItem } from '../config/readiness/manual.ts';
import type { SignOff } from '../config/readiness/sign-offs.ts';
import { parseInstant } from '../matchers/instant.ts';
import type { ManualResult } from '../model/run.ts';

type State = ManualResult['signOffs'][number]['state'];

/** A sign-off with what it is worth now. */
export type JudgedSignOff = {
  readonly signOff: SignOff;
  readonly state: State;
  /** ISO time; null when it holds for ever. */
  readonly expiresAt: string | null;
};

/** A sign-off counts from this long before its own time on: clocks differ. */
const CLOCK_SKEW_MS = 5 * 60_000;

const instantOf = ({ at }: SignOff): number => parseInstant(at) ?? Number.POSITIVE_INFINITY;

/**
 * The last word of each person. Branches that are merged and clocks that differ may put entries in another order than
 * they were made in, so taking back counts against all that stands before it and all that is older: who means to sign
 * again signs after it in both.
 */
export const lastWords = (signOffs: readonly SignOff[]): readonly SignOff[] =>
  [...Map.groupBy(signOffs.entries(), ([, { by }]) => personKey(by)).values()].flatMap((all) => {
    const taken = all.filter(([, { revoked }]) => revoked);
    const place = taken.at(-1)?.[0] ?? -1;
    const time = taken.reduce((latest, [, one]) => Math.max(latest, instantOf(one)), Number.NEGATIVE_INFINITY);
    return all
      .filter(([index, one]) => !one.revoked && index > place && instantOf(one) > time)
      .map(([, one]) => one)
      .reduce<readonly SignOff[]>(
        (last, one) => (last.some((best) => instantOf(best) > instantOf(one)) ? last : [one]),
        [],
      );
  });

/** What a sign-off of an item is worth now. One that no longer fits the item, or has run out, is worth nothing. */
export const judgeSignOff = (signOff: SignOff, item: ManualItem, now: Date): JudgedSignOff => {
  const at = instantOf(signOff);
  const expiresMs = item.validForMs === null ? null : at + item.validForMs;
  const state = ((): State => {
    if (signOff.signature?.state === 'absent') return 'unsigned';
    if (signOff.signature?.state === 'bad') return 'bad-signature';
    if (at > now.getTime() + CLOCK_SKEW_MS) return 'in-the-future';
    if (!maySign(signOff, item)) return 'not-entitled';
    if (item.decision !== null && !item.decision.options.includes(signOff.choice ?? '')) return 'no-choice';
    if (!signOff.sameItem) return 'item-changed';
    if (item.needsEvidence && !showsSomething(signOff)) return 'no-evidence';
    if (signOff.evidence !== null && signOff.evidence.state !== 'same') return 'evidence-changed';
    return expiresMs !== null && expiresMs <= now.getTime() ? 'expired' : 'good';
  })();
  const known = expiresMs !== null && Number.isFinite(expiresMs);
  return { signOff, state, expiresAt: known ? new Date(expiresMs).toISOString() : null };
};

const showsSomething = ({ evidence }: SignOff): boolean => evidence !== null && !isEmptyEvidence(evidence.sha256);

const maySign = ({ by }: SignOff, { quorum, decision }: ManualItem): boolean =>
  [quorum?.of ?? [], decision?.authority ?? []].every((names) => names.length === 0 || names.includes(by));

/** One sentence on what a sign-off is worth. */
export const signOffText = ({ signOff, state, expiresAt }: JudgedSignOff): string => {
  const who = `the sign-off of ${signOff.by} (${signOff.at})`;
  const gone = signOff.evidence?.state === 'missing' ? 'not there any more' : 'not the same any more';
  const texts: { readonly [Name in State]: string } = {
    good: `${who} holds`,
    expired: `${who} was valid until ${expiresAt}`,
    'item-changed': `${who} was for another wording of this item`,
    'evidence-changed': `${who} rests on ${signOff.evidence?.file}, which is ${gone}`,
    'no-evidence': `${who} names ${signOff.evidence === null ? 'no evidence' : `${signOff.evidence.file}, which is empty`}, and this item asks for evidence`,
    'not-entitled': `${who} does not count: only some may sign this item`,
    'no-choice': `${who} chooses "${signOff.choice ?? ''}", which is no option`,
    'in-the-future': `${who} is in the future`,
    unsigned: `${who} is not signed with a key, and only those count`,
    'bad-signature': `${who} has a signature that does not hold: ${signOff.signature?.message}`,
  };
  return texts[state];
};
