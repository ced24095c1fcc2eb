import { canonical, digestOf as digestOfJson } from '../config/readiness/signed-text.ts';
import type { Overlay } from '../judge/overlay.ts';
import type { Json } from '../model/json.ts';
import type { CheckResult, GateResult, ManualResult, Run } from '../model/run.ts';

/** A file of a run, bound by its hash. The path starts at the folder of the run. */
export type Bound = { readonly path: string; readonly sha256: string; readonly bytes: number };

/** Who decided what, and when. `override` is why somebody went against the verdict; null when nobody did. */
export type Decision = {
  readonly by: string;
  readonly at: string;
  readonly decision: 'go' | 'no-go';
  readonly note: string | null;
  readonly override: string | null;
};

/** How the verdict came about, so that it can be found anew from the journal. */
export type Judged = {
  readonly at: string;
  readonly tool: { readonly name: string; readonly version: string };
  /** What the file said on that day; null when the run was judged under its own. */
  readonly under: Overlay | null;
};

type Attested = Pick<ManualResult, 'id' | 'choice' | 'signOffs'>;
type Criterion = GateResult['criteria'][number] & Pick<CheckResult, 'title' | 'reasonCode' | 'message'>;

/** What judging says about a gate: what a record holds, and what has to follow from the run. */
export type Judgement = {
  readonly gate: Pick<
    GateResult,
    'id' | 'title' | 'verdict' | 'owner' | 'deadline' | 'conditions' | 'notes' | 'coverage' | 'blockedBy'
  >;
  readonly criteria: readonly Criterion[];
  /** The gates that it needs, directly or through others, with their verdicts. */
  readonly needs: readonly Pick<GateResult, 'id' | 'title' | 'verdict'>[];
  /** Who signed the manual items of the gate and of those that it needs, and on what. */
  readonly attested: readonly Attested[];
  readonly run: Run['run'];
  readonly verdict: Run['verdict'];
  readonly validUntil: string | null;
  readonly reasons: readonly string[];
  /** What the gate asked for when the run was made and no longer asks for. */
  readonly relaxed: readonly string[];
};

/** A decision with everything that it rests on. `digest` is the SHA-256 of all the rest but the signature. */
export type DecisionRecord = Judgement & {
  readonly kind: 'gonogo-decision';
  readonly schemaVersion: 1;
  readonly decided: Decision;
  readonly judged: Judged;
  /** Where the run lies, from the folder of the record. */
  readonly folder: string;
  /** Where the evidence of the sign-offs lies, from the folder of the record; null when no file of sign-offs was read. */
  readonly signOffs: string | null;
  readonly evidence: readonly Bound[];
  readonly digest: string;
  /** An SSH signature of who decided, without its armour; null when there is none. */
  readonly signature: string | null;
};

/** What a judged run says about one of its gates, and how that gate was made easier since the run. Pure. */
export const judgementOf = (run: Run, gate: GateResult, relaxed: readonly string[]): Judgement => {
  const { id, title, verdict, owner, deadline, conditions, notes, coverage, blockedBy } = gate;
  const entries = new Map([...run.checks, ...run.scenarios, ...run.manual].map((one) => [one.id, one]));
  const needs = neededBy(gate, run.gates);
  const asked = new Set([gate, ...needs].flatMap(({ criteria }) => criteria.map((criterion) => criterion.id)));
  return {
    gate: { id, title, verdict, owner, deadline, conditions, notes, coverage, blockedBy },
    criteria: gate.criteria.map((criterion) => {
      const entry = entries.get(criterion.id);
      const { title: name = criterion.id, reasonCode = null, message = 'not part of this run' } = entry ?? {};
      return { ...criterion, title: name, reasonCode, message };
    }),
    needs: needs.map(({ id: needed, title: name, verdict: its }) => ({ id: needed, title: name, verdict: its })),
    attested: run.manual
      .filter((item) => asked.has(item.id))
      .map((item) => ({ id: item.id, choice: item.choice, signOffs: item.signOffs })),
    run: run.run,
    verdict: run.verdict,
    validUntil: run.validUntil,
    reasons: run.reasons,
    relaxed,
  };
};

/** Every gate that a gate needs, in the order of the run. */
const neededBy = (gate: GateResult, gates: readonly GateResult[]): readonly GateResult[] => {
  const ids = new Set(gate.needs);
  // The set grows while it is walked: each gate once, whatever the shape of the graph.
  for (const id of ids) for (const need of gates.find((one) => one.id === id)?.needs ?? []) ids.add(need);
  return gates.filter(({ id }) => ids.has(id));
};

/** A gate is never better than the run that it was judged in: one that did not come to its end proves nothing. */
export const standingOf = ({ gate, run }: Pick<Judgement, 'gate' | 'run'>): GateResult['verdict'] =>
  gate.verdict !== 'NO-GO' && !run.complete ? 'HOLD' : gate.verdict;

/** Makes the record of a decision; not signed yet. Pure. */
export const makeRecord = (
  judgement: Judgement,
  decided: Decision,
  judged: Judged,
  { folder, signOffs, evidence }: Pick<DecisionRecord, 'folder' | 'signOffs' | 'evidence'>,
): DecisionRecord => {
  const record = {
    kind: 'gonogo-decision',
    schemaVersion: 1,
    decided,
    ...judgement,
    judged,
    folder,
    signOffs,
    evidence,
  } as const;
  return { ...record, digest: digestOf(record), signature: null };
};

/** SHA-256 of a record without its digest and signature, as lower-case hex; the order of keys does not matter. */
export const digestOf = (record: object): string => digestOfJson(bodyOf(record));

/** What a signature under a record is made on. */
export const signedText = (record: DecisionRecord): string => `gonogo decision 1\n${canonical(bodyOf(record))}\n`;

const bodyOf = (record: object): Json => {
  const {
    digest: _,
    signature: __,
    ...body
  }: { readonly digest?: unknown; readonly signature?: unknown } = { ...record };
  return JSON.parse(JSON.stringify(body));
};

/** The file of a record. */
export const recordText = (record: DecisionRecord): string => `${JSON.stringify(record, null, 2)}\n`;
