import type { Expectation } from '../matchers/expectation.ts';
import type { JsonObject } from '../model/json.ts';
import type { Check } from './config.ts';
import { hideSecrets } from './describe.ts';
import type { Finding } from './finding.ts';
import { findingAt } from './finding.ts';
import type { Kind } from './kinds.ts';
import type { FilledCheck } from './resolve-check.ts';
import { mapAt } from './written.ts';
import type { Path } from './yaml/places.ts';

/** What a kind says of a spec, with secrets taken out of all that reports show. */
export type ResolvedSpec = Pick<Check, 'target' | 'host' | 'layers' | 'tryCommand'> & {
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
export const resolveSpec = (source: FilledCheck, kind: Kind, secrets: readonly string[]): ResolvedSpec => {
  const { declaration, value, filled, broken } = source;
  const path = [...declaration.path, kind.kind];
  const spec = mapAt(value, [kind.kind]);
  if (broken.some((one) => one[2] === kind.kind || one.length < 3)) return unasked(spec, kind);
  const waiting = filled.filter(({ complete }) => !complete).map((one) => one.path);
  const problems = kind.problems(spec);
  const findings = problems
    .map((problem) => ({ ...problem, at: [...path, ...problem.path] }))
    .filter(({ at }) => !waiting.some((one) => isAround(one, at)))
    .map(({ at, path: inner, message }) => {
      const subject = inner.length === 0 ? kind.kind : inner.join('.');
      return findingAt(declaration.file, at, 'value', hideSecrets(`${subject} ${message}`, secrets));
    });
  if (problems.length > 0) return { ...unasked(spec, kind), findings };
  const hide = (text: string): string => hideSecrets(text, secrets);
  const host = kind.host(spec);
  return {
    spec,
    target: hide(kind.target(spec)),
    host: host === null ? null : hide(host),
    layers: kind.layers(spec),
    tryCommand: kind.tryCommand(spec)?.map(hide) ?? null,
    defaults: kind.defaults(spec).map((one) => ({ ...one, source: null })),
    findings,
    asked: true,
  };
};

const unasked = (spec: JsonObject, kind: Kind): ResolvedSpec => ({
  spec,
  target: `${kind.kind}, not known without what is absent`,
  host: null,
  layers: [],
  tryCommand: null,
  defaults: [],
  findings: [],
  asked: false,
});

const isAround = (outer: Path, inner: Path): boolean => outer.every((step, at) => inner[at] === step);
