import type { Expectation } from '../matchers/expectation.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { isJsonObject } from '../model/json.ts';
import type { Known } from './check-rules.ts';
import { durationAt, kindOf, referenceFindings, specReferences, valueFindings } from './check-rules.ts';
import type { Check, Component, Eventually, Retry } from './config.ts';
import type { Declaration } from './declarations.ts';
import { hideSecrets } from './describe.ts';
import { readExpectations } from './expectations.ts';
import type { Finding } from './finding.ts';
import { findingAt } from './finding.ts';
import type { Filled } from './interpolate.ts';
import type { Kind } from './kinds.ts';
import type { Maintenance } from './maintenance.ts';
import type { Families } from './matrix.ts';
import { withRows } from './matrix.ts';
import type { ResolvedSpec } from './resolve-spec.ts';
import { resolveSpec } from './resolve-spec.ts';
import { readVariable } from './scope.ts';
import { positionOf } from './source-file.ts';
import { readStopConditions } from './stop-conditions.ts';
import { integerAt, textAt, textsAt } from './written.ts';
import type { Path } from './yaml/places.ts';

/** A check as it was declared, after its placeholders were filled. */
export type FilledCheck = {
  readonly declaration: Declaration;
  readonly value: Json;
  readonly filled: readonly Filled[];
  /** What of it does not fit the schema. */
  readonly broken: readonly Path[];
};

export type CheckContext = Known & {
  readonly defaults: { readonly timeoutMs: number; readonly retry: Retry };
  readonly resolvedComponents: ReadonlyMap<string, Component>;
  readonly environment: { readonly [name: string]: string | undefined };
  readonly secrets: ReadonlyMap<string, string | null>;
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly families: Families;
  readonly allowBursts: readonly string[];
  readonly maintenance: Maintenance['windows'];
};

/** The check when nothing is wrong with it, and what is wrong. */
export type ResolvedCheck = { readonly check: Check | null; readonly findings: readonly Finding[] };

export const resolveCheck = (source: FilledCheck, context: CheckContext): ResolvedCheck => {
  const { declaration, value, broken } = source;
  const kind = kindOf(declaration, value, context.kinds);
  const findings = [
    ...kind.findings,
    ...referenceFindings(declaration, value, context),
    ...valueFindings(declaration, value),
  ];
  if (kind.kind === undefined || !isJsonObject(value)) return { check: null, findings };
  const known = secretValues(source, context);
  const asked = readAsked(source, kind.kind);
  const spec = resolveSpec(source, kind.kind, known, context.allowBursts);
  const expectations = withDefaults(asked.expectations, spec.defaults);
  const stops = readStopConditions(value, kind.kind, declaration.file, declaration.path);
  const judged = [...asked.findings, ...stops.findings].filter(({ path }) => !dependsOnUnfilled(source, path));
  const all = [
    ...findings,
    ...judged.map((finding) => hide(finding, known)),
    ...spec.findings,
    ...(spec.asked ? specReferences(declaration, kind.kind, spec.spec, context) : []),
  ];
  if (spec.asked && broken.length === 0 && all.length === 0 && !expectations.some(({ level }) => level === 'expect')) {
    all.push(assertsNothing(declaration, kind.kind));
  }
  const usable = all.length === 0 && !source.broken.some((path) => !isUnfilled(source, path));
  return {
    check: usable ? makeCheck(source, value, kind.kind, { ...spec, expectations, stop: stops.stop }, context) : null,
    findings: all,
  };
};

const readAsked = ({ declaration, value }: FilledCheck, kind: Kind) => {
  const site = {
    file: declaration.file,
    path: declaration.path,
    kind,
    sampled: (integerAt(value, ['samples']) ?? 1) > 1,
  };
  const expect = readExpectations(value, { ...site, level: 'expect' });
  const warn = readExpectations(value, { ...site, level: 'warn' });
  return {
    expectations: [...expect.expectations, ...warn.expectations],
    findings: [...expect.findings, ...warn.findings],
  };
};

/**
 * A default gives way to what `expect:` says about the same fact, and to nothing else. That a value is there, or of which
 * type, says nothing of the value: `status: { exists: true }` still asks for 2xx.
 */
const withDefaults = (asked: readonly Expectation[], defaults: readonly Expectation[]): readonly Expectation[] => {
  const named = asked.filter(({ level }) => level === 'expect');
  const any = new Set(named.map(({ fact }) => fact));
  const telling = new Set(named.filter(tellsOfTheValue).map(({ fact }) => fact));
  const stays = ({ fact, matcher }: Expectation): boolean => !(matcher === 'exists' ? any : telling).has(fact);
  return [...asked, ...defaults.filter(stays)];
};

const tellsOfTheValue = ({ matcher, expected }: Expectation): boolean =>
  matcher !== 'type' && !(matcher === 'exists' && expected === true);

const assertsNothing = ({ file, path, id }: Declaration, kind: Kind): Finding =>
  findingAt(file, path, 'key', `the check "${id}" asserts nothing: it could not fail`, {
    hint: `add expect: with one of the facts ${Object.keys(kind.facts).slice(0, 8).join(', ')}`,
  });

const isUnfilled = ({ filled }: FilledCheck, path: Path): boolean =>
  filled.some((one) => !one.complete && one.path.every((step, at) => path[at] === step));

/** `in: [204, "${captured.status}"]` cannot be judged as a whole before all of it is filled. */
const dependsOnUnfilled = (source: FilledCheck, path: Path): boolean =>
  isUnfilled(source, path) ||
  source.filled.some((one) => !one.complete && path.every((step, at) => one.path[at] === step));

const secretValues = ({ filled }: FilledCheck, { secrets }: CheckContext): readonly string[] =>
  [...new Set(filled.flatMap(({ origins }) => origins.secrets))].flatMap((name) => secrets.get(name) ?? []);

const hide = (finding: Finding, secrets: readonly string[]): Finding => ({
  ...finding,
  message: hideSecrets(finding.message, secrets),
  hint: typeof finding.hint === 'string' ? hideSecrets(finding.hint, secrets) : finding.hint,
});

const namesMissing = ({ value, filled }: FilledCheck, context: CheckContext): readonly string[] => {
  const required = textsAt(value, ['requires']).map(({ text }) => text);
  const absent = filled.flatMap(({ origins }) => [...origins.absent, ...origins.unset]);
  return [...new Set([...absent, ...required.filter((name) => readVariable(context.environment, name) === null)])];
};

type Parts = Pick<
  ResolvedSpec,
  'target' | 'host' | 'layers' | 'tryCommand' | 'executes' | 'changes' | 'lastsMs' | 'spec'
> &
  Pick<Check, 'expectations'> &
  Pick<Eventually, 'stop'>;

const makeCheck = (source: FilledCheck, value: JsonObject, kind: Kind, parts: Parts, context: CheckContext): Check => {
  const { file, path, id } = source.declaration;
  const component = textAt(value, ['component']);
  const runbook = textAt(value, ['runbook']);
  const within = durationAt(value, ['eventually', 'within']);
  return {
    id,
    title: textAt(value, ['title']) ?? id,
    kind: kind.kind,
    spec: parts.spec,
    target: parts.target,
    host: parts.host,
    layers: parts.layers,
    tryCommand: parts.tryCommand,
    component,
    owner: textAt(value, ['owner']) ?? context.resolvedComponents.get(component ?? '')?.owner ?? null,
    tags: unique(textsAt(value, ['tags']).map(({ text }) => text)),
    needs: unique(
      withRows(
        textsAt(value, ['needs']).map(({ text }) => text),
        context.families,
      ),
    ),
    expectations: parts.expectations,
    timeoutMs: (durationAt(value, ['timeout']) ?? context.defaults.timeoutMs) + parts.lastsMs,
    retry: {
      // What may change something is sent once, unless the check itself says otherwise.
      attempts: integerAt(value, ['retry', 'attempts']) ?? (parts.changes ? 1 : context.defaults.retry.attempts),
      delayMs: durationAt(value, ['retry', 'delay']) ?? context.defaults.retry.delayMs,
    },
    eventually:
      within === null
        ? null
        : {
            withinMs: within,
            everyMs: durationAt(value, ['eventually', 'every']) ?? Math.min(1000, within),
            stop: parts.stop,
          },
    samples: integerAt(value, ['samples']) ?? 1,
    mutex: textAt(value, ['mutex']),
    heavy: kind.heavy ?? false,
    maintenance: context.maintenance.get(id) ?? [],
    executes: parts.executes,
    changes: parts.changes,
    runbook: runbook === null ? null : { reference: runbook, source: positionOf(file, [...path, 'runbook'], 'value') },
    priority: textAt(value, ['priority']),
    deadline: textAt(value, ['deadline']),
    missing: namesMissing(source, context),
    source: positionOf(file, path, 'key'),
  };
};

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)];
