import type { Expectation } from '../matchers/expectation.ts';
import type { JsonObject } from '../model/json.ts';
import type { Check } from './config.ts';
import { hideSecrets } from './describe.ts';
import { findFact } from './facts.ts';
import type { Finding } from './finding.ts';
import { findingAt } from './finding.ts';
import type { Kind } from './kinds.ts';
import type { FilledCheck } from './resolve-check.ts';
import { valueAt } from './value-at.ts';
import { mapAt } from './written.ts';
import type { Path } from './yaml/places.ts';

/** What a kind says of a spec, with secrets taken out of all that reports show. */
export type ResolvedSpec = Pick<Check, 'target' | 'host' | 'layers' | 'tryCommand' | 'executes' | 'changes'> & {
  /** How long a look takes by its own spec. */
  readonly lastsMs: number;
  readonly spec: JsonObject;
  readonly defaults: readonly Expectation[];
  readonly findings: readonly Finding[];
  /** False when the kind could not be asked: then nothing is known of its defaults. */
  readonly asked: boolean;
};

/**
 * Asks the kind about the spec. A spec that does not fit the schema is not asked about: its faults are reported by
 * then, or it waits for a value that is absent, and then the check is skipped anyway.
 */
export const resolveSpec = (
  source: FilledCheck,
  kind: Kind,
  secrets: readonly string[],
  allowBursts: readonly string[],
): ResolvedSpec => {
  const { declaration, value, filled, broken } = source;
  const path = [...declaration.path, kind.kind];
  const spec = mapAt(value, [kind.kind]);
  const depth = declaration.path.length;
  if (broken.some((one) => one[depth] === kind.kind || one.length <= depth)) return unasked(spec, kind);
  const waiting = filled.filter(({ complete }) => !complete).map((one) => one.path);
  const problems = kind.problems(spec);
  const findings = problems
    .map((problem) => ({ ...problem, at: [...path, ...problem.path] }))
    .filter(({ at }) => !waiting.some((one) => isAround(one, at)))
    .map(({ at, path: inner, message }) => {
      const subject = inner.length === 0 ? kind.kind : inner.join('.');
      return findingAt(declaration.file, at, 'value', hideSecrets(`${subject} ${message}`, secrets));
    });
  const refused = [
    ...findings,
    ...(problems.length > 0 ? [] : openSecrets(source, kind, spec)),
    ...floodFindings(source, kind, spec, allowBursts),
  ];
  if (problems.length > 0) return { ...unasked(spec, kind), findings: refused };
  const hide = (text: string): string => hideSecrets(text, secrets);
  const host = kind.host(spec);
  return {
    spec,
    target: hide(kind.target(spec)),
    host: host === null ? null : hide(host),
    layers: kind.layers(spec),
    tryCommand: kind.tryCommand(spec)?.map(hide) ?? null,
    defaults: kind.defaults(spec).map((one) => withType(one, kind)),
    lastsMs: kind.lastsMs?.(spec) ?? 0,
    executes: kind.executes?.(spec) ?? false,
    changes: kind.changes?.(spec) ?? false,
    findings: refused,
    asked: true,
  };
};

/** A default with the type of its fact, so that reports show numbers with their unit. */
const withType = (one: ReturnType<Kind['defaults']>[number], kind: Kind): Expectation => {
  const found = findFact(one.fact, kind.kind, kind.facts);
  return { ...one, ...(found.ok ? { type: found.definition.type } : {}), source: null };
};

/** Values that hold a secret and stand in the file as they are: a connection string with its password. */
const openSecrets = ({ declaration, filled }: FilledCheck, kind: Kind, spec: JsonObject): readonly Finding[] =>
  (kind.confidential?.(spec) ?? []).flatMap((inner) => {
    const path = [...declaration.path, kind.kind, ...inner];
    const from = filled.find((one) => isAround(one.path, path));
    if (from !== undefined && (from.origins.secrets.length > 0 || from.origins.absent.length > 0)) return [];
    const name = [kind.kind, ...inner].join('.');
    const hint = 'declare it under secrets: and write ${secret.NAME}';
    return findingAt(declaration.file, path, 'value', `${name} holds a password that does not come from a secret`, {
      hint,
    });
  });

/** A look that floods its target is only made where somebody has said that it may be flooded. */
const floodFindings = (
  { declaration }: FilledCheck,
  kind: Kind,
  spec: JsonObject,
  allowed: readonly string[],
): readonly Finding[] => {
  const target = kind.floods?.(spec) ?? null;
  if (target === null) return [];
  const again = ['samples', 'retry', 'eventually'].filter((key) => valueAt(declaration.value, [key]) !== undefined);
  const refused = again.map((key) =>
    findingAt(declaration.file, [...declaration.path, key], 'key', `${key} would flood ${target} again and again`),
  );
  if (allowed.includes(target)) return refused;
  const message = `${kind.kind} would flood ${target}, which allow-bursts: does not list`;
  const hint = `if ${target} may be flooded, write allow-bursts: ["${target}"] in the file that is started from`;
  return [...refused, findingAt(declaration.file, [...declaration.path, kind.kind], 'key', message, { hint })];
};

const unasked = (spec: JsonObject, kind: Kind): ResolvedSpec => ({
  spec,
  target: `${kind.kind}, not known without what is absent`,
  host: null,
  layers: [],
  tryCommand: null,
  defaults: [],
  lastsMs: 0,
  executes: false,
  changes: false,
  findings: [],
  asked: false,
});

const isAround = (outer: Path, inner: Path): boolean => outer.every((step, at) => inner[at] === step);
