import { createHash } from 'node:crypto';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import type { GateResult, Run } from '../model/run.ts';

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

/** A decision with everything that it rests on. `digest` is the SHA-256 of all the rest. */
export type DecisionRecord = {
  readonly kind: 'gonogo-decision';
  readonly schemaVersion: 1;
  readonly decided: Decision;
  readonly gate: Pick<
    GateResult,
    'id' | 'title' | 'verdict' | 'owner' | 'deadline' | 'conditions' | 'notes' | 'coverage'
  >;
  readonly criteria: readonly JsonObject[];
  readonly run: Run['run'];
  /** Where the run lies, from the folder of the record. */
  readonly folder: string;
  readonly verdict: Run['verdict'];
  readonly validUntil: string | null;
  readonly reasons: readonly string[];
  readonly evidence: readonly Bound[];
  readonly digest: string;
};

/** Makes the record of a decision about a gate of a judged run. Pure. */
export const makeRecord = (
  run: Run,
  gate: GateResult,
  decided: Decision,
  folder: string,
  evidence: readonly Bound[],
): DecisionRecord => {
  const { id, title, verdict, owner, deadline, conditions, notes, coverage } = gate;
  const entries = new Map([...run.checks, ...run.scenarios, ...run.manual].map((one) => [one.id, one]));
  const criteria = gate.criteria.map(({ id: criterion, tier, outcome, waived }) => {
    const entry = entries.get(criterion);
    const [reasonCode, message] = [entry?.reasonCode ?? null, entry?.message ?? ''];
    return { id: criterion, tier, outcome, waived, reasonCode, message };
  });
  const record = {
    kind: 'gonogo-decision',
    schemaVersion: 1,
    decided,
    gate: { id, title, verdict, owner, deadline, conditions, notes, coverage },
    criteria,
    run: run.run,
    folder,
    verdict: run.verdict,
    validUntil: run.validUntil,
    reasons: run.reasons,
    evidence,
  } as const;
  return { ...record, digest: digestOf(record) };
};

/** SHA-256 of a record without its digest, as lower-case hex; the order of keys does not matter. */
export const digestOf = (record: object): string => {
  const { digest: _, ...rest }: { readonly digest?: unknown } = { ...record };
  return createHash('sha256')
    .update(canonical(JSON.parse(JSON.stringify(rest))))
    .digest('hex');
};

const canonical = (value: Json): string => {
  if (isJsonObject(value)) {
    const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
  }
  const items: Json = value;
  return Array.isArray(items) ? `[${items.map((item: Json) => canonical(item)).join(',')}]` : JSON.stringify(items);
};

/** The file of a record. */
export const recordText = (record: DecisionRecord): string => `${JSON.stringify(record, null, 2)}\n`;

/** Reads a record; a text is what is wrong with it. Only its form is looked at: `verify` tells whether it holds. */
export const readRecord = (text: string): DecisionRecord | string => {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : 'it is no decision record';
  } catch {
    return 'it is not JSON';
  }
};

const isRecord = (value: unknown): value is DecisionRecord =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  value.kind === 'gonogo-decision' &&
  'digest' in value &&
  typeof value.digest === 'string' &&
  'folder' in value &&
  typeof value.folder === 'string' &&
  'evidence' in value &&
  Array.isArray(value.evidence) &&
  value.evidence.every(isBound) &&
  'decided' in value &&
  typeof value.decided === 'object' &&
  'gate' in value &&
  typeof value.gate === 'object';

const isBound = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'path' in value &&
  typeof value.path === 'string' &&
  'sha256' in value &&
  typeof value.sha256 === 'string';
