import type { Json } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';
import type { Step } from '../config.ts';
import type { Declaration } from '../declarations.ts';
import { judgeInCheck, shorthandOf, writeOut } from '../fill.ts';
import type { Finding } from '../finding.ts';
import { withValueAt } from '../fit-texts.ts';
import type { Filled } from '../interpolate.ts';
import { interpolate } from '../interpolate.ts';
import { placeholderKeys } from '../placeholder-keys.ts';
import type { CheckContext, FilledCheck } from '../resolve-check.ts';
import { resolveCheck } from '../resolve-check.ts';
import type { Scope } from '../scope.ts';
import { validateStep } from '../validate.ts';
import { mapAt, textAt, textsAt } from '../written.ts';
import { bindStep, originOf } from './bind-step.ts';
import { capturedFindings } from './captured-places.ts';
import { readCaptures } from './captures.ts';
import { readCondition } from './condition.ts';
import { fitStep } from './fit-step.ts';
import type { StepSource } from './step-source.ts';

/** What a step takes from its scenario, unless it says otherwise. */
export type StepSetting = {
  readonly scenario: string;
  readonly requires: readonly string[];
  readonly scope: Scope;
  readonly context: CheckContext;
  /** What earlier steps capture. */
  readonly captured: ReadonlySet<string>;
  /** Those of them that are secret. */
  readonly secret: ReadonlySet<string>;
  /** Where the steps of the scenario go whose addresses are written out; it fills while they are resolved. */
  readonly origins: Set<string>;
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
  const written = writeOut(read.value);
  const filled = read.filled.map((one) => atWrittenOut(one, written, path.length));
  const value = fitStep(written, file, filled, path.length);
  const required = new Set([...setting.requires, ...textsAt(value, ['requires']).map(({ text }) => text)]);
  const judged = filled.flatMap((one) => judgeInCheck(file, one, required, scope, path.length));
  const validated = validateStep(value, file, path, filled);
  const later = filled.filter((one) => one.later !== null);
  const check = withoutStepKeys(later.reduce((whole, one) => withNames(whole, one, path.length), value));
  const declaration: Declaration = { id, value: check, file, path };
  const own: FilledCheck = { declaration, value: check, filled, broken: validated.broken };
  const resolved = resolveCheck(own, context);
  const kind = isJsonObject(check)
    ? [...context.kinds.values()].find((one) => check[one.kind] !== undefined)
    : undefined;
  const captures =
    kind === undefined ? { captures: [], findings: [] } : readCaptures(value, kind, source.rename, file, path);
  const condition = readCondition(value, captured, source.rename, file, path);
  const uses = [...new Set(later.flatMap(({ later: parts }) => (parts ?? []).flatMap(nameOf)))];
  const findings = [
    ...read.findings,
    ...placeholderKeys(source.value, file, path),
    ...capturedFindings(later, value, kind?.kind ?? null, file, path.length),
    ...judged,
    ...validated.findings,
    ...resolved.findings,
    ...captures.findings,
    ...condition.findings,
  ];
  const origin = kind === undefined ? null : originWrittenOut(check, kind.kind, later, path.length);
  if (origin !== null) setting.origins.add(origin);
  const sendsSecrets =
    filled.some(({ origins, path: at }) => origins.secrets.length > 0 && at[path.length] === kind?.kind) ||
    uses.some((name) => setting.secret.has(name));
  const unbound = { own, known: resolved.check, later, sendsSecrets, origins: setting.origins, context };
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
          bind: (values) => bindStep(unbound, values),
        };
  return { step, captures: Object.keys(mapAt(value, ['capture'])).map(source.rename), findings };
};

/** Where the URL of a step leads, by what stands before the first captured value in it. */
const originWrittenOut = (check: Json, kind: string, later: readonly Filled[], depth: number): string | null => {
  const waiting = later.find(({ path }) => path.length === depth + 2 && path[depth] === kind && path.at(-1) === 'url');
  const [first] = waiting?.later ?? [];
  if (waiting === undefined) return originOf(textAt(check, [kind, 'url']) ?? undefined);
  return typeof first === 'string' ? originOf(first) : null;
};

/** `http://a.example/tasks/:id` for a text in a spec that waits for a captured value: what can be known is known. */
const withNames = (value: Json, { path, later }: Filled, depth: number): Json => {
  const [key, ...inner] = path.slice(depth);
  const parts = later ?? [];
  if (parts.length < 2 || inner.length === 0 || key === 'expect' || key === 'warn') return value;
  const text = parts.map((part) => (typeof part === 'string' ? part : `:${part.captured.replace(/^.*[./]/, '')}`));
  return withValueAt(value, path.slice(depth), text.join(''));
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
