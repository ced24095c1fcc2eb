import { CONFIG_FILE } from '../config/config-file.ts';
import type { ManualItem } from '../config/readiness/manual.ts';
import type { SignOff } from '../config/readiness/sign-offs.ts';
import type { CheckRecord } from '../execute/event.ts';
import { parseInstant } from '../matchers/instant.ts';
import type { ReasonCode } from '../model/reason-code.ts';
import type { ManualResult } from '../model/run.ts';
import type { PlannedManual, RecordedCheck, RecordedPlan } from '../plan/plan.ts';
import { judgeCheck } from './outcome.ts';
import { judgeSignOff, lastWords, signOffText, type JudgedSignOff } from './sign-offs.ts';

/** A manual item as a criterion sees it: a check that nobody has to run. */
export const manualAsCheck = (item: PlannedManual): RecordedCheck => {
  const {
    validForMs: _,
    quorum: __,
    decision: ___,
    needsEvidence: ____,
    digest: _____,
    signOffs: ______,
    configFile: _______,
    ...own
  } = item;
  return {
    ...own,
    kind: 'manual',
    target: item.decision === null ? 'a sign-off' : 'a decision',
    host: null,
    layers: [],
    tryCommand: signCommand(item),
    needs: [],
    expectations: [],
    timeoutMs: 0,
    retry: { attempts: 1, delayMs: 0 },
    eventually: null,
    samples: 1,
    mutex: null,
    maintenance: [],
    executes: false,
    heavy: false,
    changes: false,
    missing: [],
    forbidden: null,
  };
};

/** What the sign-offs of an item come to now. */
export const judgeManual = (item: PlannedManual, plan: RecordedPlan, now: Date): ManualResult => {
  const judged = lastWords(item.signOffs).map((signOff) => judgeSignOff(signOff, item, now));
  const good = judged.filter(({ state }) => state === 'good').map(({ signOff }) => signOff);
  const choice = item.decision === null ? null : choiceOf(good, item);
  const trouble = item.decision === null ? missingOf(item, judged, good) : openOf(item, judged, choice, now);
  const base = judgeCheck(manualAsCheck(item), { ...NOT_LOOKED_AT, notRun: trouble }, { plan, interruptedBy: null });
  const own = { ...base, signOffs: judged.map(shown), choice, due: item.decision?.due ?? null };
  return trouble === null ? { ...own, outcome: 'pass', reasonCode: null, layer: null, message: '' } : own;
};

const NOT_LOOKED_AT: CheckRecord = { attempts: [], finished: false, notRun: null, bound: null, leftOut: null };

const shown = ({ signOff, state, expiresAt }: JudgedSignOff): ManualResult['signOffs'][number] => ({
  by: signOff.by,
  at: signOff.at,
  choice: signOff.choice,
  note: signOff.note,
  evidence: signOff.evidence === null ? null : { file: signOff.evidence.file, sha256: signOff.evidence.sha256 },
  state,
  signed: signOff.signature?.state === 'good',
  expiresAt,
});

/** The option that enough have chosen; null while they differ or are too few. */
const choiceOf = (good: readonly SignOff[], { quorum }: ManualItem): string | null => {
  const least = quorum?.least ?? 1;
  const votes = Map.groupBy(good, ({ choice }) => choice);
  const [first, second] = [...votes].filter(([choice, all]) => choice !== null && all.length >= least);
  return first === undefined || second !== undefined ? null : first[0];
};

type Trouble = { readonly code: ReasonCode; readonly message: string };

const openOf = (
  { decision, signOffs }: PlannedManual,
  judged: readonly JudgedSignOff[],
  choice: string | null,
  now: Date,
): Trouble | null => {
  if (decision === null || choice !== null) return null;
  const { due, options, authority } = decision;
  const overdue = due !== null && (parseInstant(due) ?? Infinity) < now.getTime();
  const when = due === null ? '' : `, ${overdue ? 'overdue since' : 'due'} ${due}`;
  const whoText = authority.length === 0 ? '' : `: it is for ${authority.join(', ')}`;
  const votes = judged.filter(({ state }) => state === 'good');
  const said =
    votes.length === 0 ? '' : `; ${votes.map(({ signOff }) => `${signOff.by}: ${signOff.choice}`).join(', ')}`;
  return {
    code: 'decision-open',
    message: `not decided between ${options.join(', ')}${when}${whoText}${said}${whyNot(judged, signOffs)}`,
  };
};

const missingOf = (item: PlannedManual, judged: readonly JudgedSignOff[], good: readonly SignOff[]): Trouble | null => {
  const least = item.quorum?.least ?? 1;
  if (good.length >= least) return null;
  const bad = judged.find(({ state }) => state !== 'good');
  if (good.length > 0 || (item.quorum !== null && judged.length > 0)) {
    const left = (item.quorum?.of ?? []).filter((name) => !good.some(({ by }) => by === name));
    const message = `${good.length} of ${least} have signed; ${left.join(', ')} can${whyNot(judged, item.signOffs)}`;
    return { code: 'quorum-missing', message };
  }
  if (bad === undefined) {
    return { code: 'sign-off-missing', message: `nobody has signed: ${askText(item)}${whyNot(judged, item.signOffs)}` };
  }
  const { state } = bad;
  const lapsed = state === 'item-changed' || state === 'evidence-changed';
  const code = state === 'expired' ? 'sign-off-expired' : lapsed ? 'sign-off-lapsed' : 'sign-off-missing';
  return { code, message: signOffText(bad) };
};

/** Why a sign-off that was given does not count: the first that is worth nothing, else the last that was taken back. */
const whyNot = (judged: readonly JudgedSignOff[], all: readonly SignOff[]): string => {
  const bad = judged.find(({ state }) => state !== 'good');
  if (bad !== undefined) return `; ${signOffText(bad)}`;
  const taken = all.findLast(({ revoked }) => revoked);
  return judged.length > 0 || taken === undefined ? '' : `; ${taken.by} took a sign-off back (${taken.at})`;
};

const askText = ({ owner, quorum }: PlannedManual): string =>
  `it is for ${quorum === null ? (owner ?? 'its owner') : `${quorum.least} of ${quorum.of.join(', ')}`}`;

/** What to type, with what is left to say in capitals. */
const signCommand = ({ id, decision, needsEvidence, configFile }: PlannedManual): readonly string[] => [
  ...['gonogo', 'sign', id],
  ...(configFile === CONFIG_FILE ? [] : ['-c', configFile]),
  ...['--by', 'NAME'],
  ...(decision === null ? [] : ['--choose', 'OPTION']),
  ...(needsEvidence ? ['--evidence', 'FILE'] : []),
];
