import type { JsonObject } from '../model/json.ts';
import type { ProbeKind } from '../probes/probe.ts';
import { probes } from '../probes/registry.ts';

type Question = 'target' | 'host' | 'layers' | 'problems' | 'defaults' | 'tryCommand';
type OptionalQuestion = 'lastsMs' | 'executes' | 'changes' | 'floods' | 'refersTo' | 'confidential';

/** What loading asks of a probe kind; the spec must have passed the schema of that kind. */
export type Kind = Pick<ProbeKind, 'kind' | 'shorthand' | 'facts' | 'factProblem' | 'heavy'> & {
  readonly [Name in Question]: (spec: JsonObject) => ReturnType<ProbeKind[Name]>;
} & {
  readonly [Name in OptionalQuestion]?: (spec: JsonObject) => ReturnType<NonNullable<ProbeKind[Name]>>;
};

/**
 * The type of a spec is taken on trust here: the compiler cannot follow that the generated validator has checked a
 * check's spec against the schema of the kind of the same name.
 */
const isKind = (definition: unknown): definition is Kind =>
  typeof definition === 'object' && definition !== null && 'defaults' in definition && 'problems' in definition;

/** Every probe kind by its key. */
export const KINDS: ReadonlyMap<string, Kind> = new Map(
  Object.values<unknown>(probes)
    .filter(isKind)
    .map((kind) => [kind.kind, kind]),
);
