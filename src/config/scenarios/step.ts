import type { Json } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';
import type { Bound, Captured, Step } from '../config.ts';
import type { Declaration } from '../declarations.ts';
import { judgeInCheck, shorthandOf, writeOut } from '../fill.ts';
import type { Finding } from '../finding.ts';
import { toProblems } from '../finding.ts';
import { withValueAt } from '../fit-texts.ts';
import type { Filled } from '../interpolate.ts';
import { interpolate } from '../interpolate.ts';
import type { CheckContext, FilledCheck } from '../resolve-check.ts';
import { resolveCheck } from '../resolve-check.ts';
import type { Scope } from '../scope.ts';
import { validateStep } from '../validate.ts';
import { mapAt, textsAt } from '../written.ts';
import { readCaptures } from './captures.ts';
import { readCondition } from './condition.ts';
import type { StepSource } from './step-source.ts';

/** What a step takes from its scenario, unless it says otherwise. */
export type StepSetting = {
  readonly scenario: string;
  readonly requires: readonly string[];
  readonly scope: Scope;
  readonly context: CheckContext;
  /** What earlier steps capture. */
  readonly captured: ReadonlySet<string>;
};

/** The step when nothing is wrong with it, the names that it captures, and what is wrong. */
export type ResolvedStep = {
  readonly step: Step | null;
  readonly captures: readonly string[];
  readonly findings: readonly Finding[];
};

/** Keys of a step that are no part of the check that it is. */
const OF_STEPS: ReadonlySet<string> = new Set(['capture', 'if', 'continue-on-failure']);

/** Resolves a step as far as it can be known now; `bind` makes the rest of it from captured values. */
export const resolveStep = (source: StepSource, setting: StepSetting): ResolvedStep => {
  const { file, path } = source;
  const { scope, context, captured } = setting;
  const id = `${setting.scenario}/${source.name}`;
  const read = interpolate(source.value, path, file, { ...scope, captured });
  const value = writeOut(read.value);
  const filled = { ...read, filled: read.filled.map((one) => atWrittenOut(one, value, path.length)) };
  const required = new Set([...setting.requires, ...textsAt(value, ['requires']).map(({ text }) => text)]);
  const judged = filled.filled.flatMap((one) => judgeInCheck(file, one, required, scope, path.length));
  const validated = validateStep(value, file, path, filled.filled);
  const check = withoutStepKeys(value);
  const declaration: Declaration = { id, value: check, file, path };
  const own: FilledCheck = { declaration, value: check, filled: filled.filled, broken: validated.broken };
  const resolved = resolveCheck(own, context);
  const kind = isJsonObject(check)
    ? [...context.kinds.values()].find((one) => check[one.kind] !== undefined)
    : undefined;
  const captures = kind === undefined ? { captures: [], findings: [] } : readCaptures(value, kind, file, path);
  const condition = readCondition(value, captured, file, path);
  const later = filled.filled.filter((one) => one.later !== null);
  const uses = [...new Set(later.flatMap(({ later: parts }) => (parts ?? []).flatMap(nameOf)))];
  const findings = [
    ...filled.findings,
    ...judged,
    ...validated.findings,
    ...resolved.findings,
    ...captures.findings,
    ...condition.findings,
  ];
  const step: Step | null =
    resolved.check === null
      ? null
      : {
          name: source.name,
          check: resolved.check,
          captures: captures.captures,
          uses,
          condition: condition.condition,
          keepGoing: isJsonObject(value) && value['continue-on-failure'] === true,
          bind: (values) => bind(own, resolved.check, later, values, context),
        };
  return { step, captures: Object.keys(mapAt(value, ['capture'])), findings };
};

/** A placeholder under a shorthand (`http: URL`) lies one step deeper once it is written out. */
const atWrittenOut = (filled: Filled, value: Json, depth: number): Filled => {
  const [kind, inner] = filled.path.slice(depth);
  const shorthand = inner === undefined ? shorthandOf(String(kind)) : null;
  const spec = isJsonObject(value) && shorthand !== null ? value[String(kind)] : undefined;
  return shorthand !== null && isJsonObject(spec ?? null) ? { ...filled, path: [...filled.path, shorthand] } : filled;
};

const nameOf = (part: string | { readonly captured: string }): readonly string[] =>
  typeof part === 'string' ? [] : [part.captured];

const withoutStepKeys = (value: Json): Json => {
  if (!isJsonObject(value)) return value;
  const rest: Record<string, Json> = Object.create(null);
  for (const [key, inner] of Object.entries(value)) if (!OF_STEPS.has(key)) rest[key] = inner;
  return rest;
};

/** The check that a step becomes with what was captured. A value that does not fit is told, never guessed at. */
const bind = (
  own: FilledCheck,
  known: Step['check'] | null,
  later: readonly Filled[],
  captured: Captured,
  context: CheckContext,
): Bound => {
  if (later.length === 0 && known !== null) return { ok: true, check: known };
  const { file, path } = own.declaration;
  let value = own.value;
  for (const one of later) {
    const read = joined(one.later ?? [], captured);
    if (!read.ok) return read;
    value = withValueAt(value, one.path.slice(path.length), read.value);
  }
  const filled = own.filled.map((one) => (one.later === null ? one : { ...one, complete: true, later: null }));
  const validated = validateStep(value, file, path, filled);
  const resolved = resolveCheck({ ...own, value, filled, broken: validated.broken }, context);
  const problems = toProblems([...validated.findings, ...resolved.findings], [file]).filter(
    ({ severity }) => severity === 'error',
  );
  if (resolved.check !== null && problems.length === 0) return { ok: true, check: resolved.check };
  const message = problems.map((problem) => problem.message).join('; ');
  return { ok: false, problem: `what was captured does not fit: ${message === '' ? 'no check can be made' : message}` };
};

type Joined = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly problem: string };

const joined = (parts: NonNullable<Filled['later']>, captured: Captured): Joined => {
  const values: Json[] = [];
  for (const part of parts) {
    if (typeof part === 'string') {
      values.push(part);
      continue;
    }
    const value = Object.hasOwn(captured, part.captured) ? captured[part.captured] : undefined;
    if (value === undefined) return { ok: false, problem: `"${part.captured}" was not captured` };
    if (parts.length > 1 && (typeof value === 'object' || value === null)) {
      return { ok: false, problem: `"${part.captured}" is no text, number or boolean and cannot stand inside a text` };
    }
    values.push(value);
  }
  const [only] = values;
  return { ok: true, value: values.length === 1 && only !== undefined ? only : values.map(String).join('') };
};
