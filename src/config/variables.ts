import type { Json } from '../model/json.ts';
import { isJsonObject } from '../model/json.ts';
import { closest } from '../model/suggest.ts';
import type { Declaration, Declarations } from './declarations.ts';
import { oneOf } from './describe.ts';
import type { Finding } from './finding.ts';
import { findingAt, findingWithoutPlace } from './finding.ts';
import { showCycle, sortByNeeds } from './graph.ts';
import type { Interpolated } from './interpolate.ts';
import { interpolate } from './interpolate.ts';
import type { Resolution, Scope } from './scope.ts';
import { mergeOrigins } from './scope.ts';
import type { SourceFile } from './source-file.ts';
import { parseTemplate } from './template.ts';
import { unsetVariable } from './unset-variable.ts';
import { mapAt } from './written.ts';

export type Variables = {
  readonly values: ReadonlyMap<string, Resolution>;
  readonly findings: readonly Finding[];
};

/** The declared variables with those of the chosen environment in their place. */
export const applyEnvironment = (vars: Declarations, root: SourceFile, environment: string | null) => {
  const findings: Finding[] = [];
  const chosen = new Map<string, Declaration>(vars);
  const known = Object.keys(mapAt(root.value, ['environments']));
  if (environment !== null && !known.includes(environment)) {
    findings.push(findingWithoutPlace(`there is no environment "${environment}"`, hintAt(environment, known)));
  }
  for (const name of known) {
    const path = ['environments', name, 'vars'];
    for (const [id, value] of Object.entries(mapAt(root.value, path))) {
      if (!vars.has(id)) {
        const hint = () => suggest(id, vars.keys()) ?? 'declare it under vars: too, for runs without an environment';
        findings.push(findingAt(root, [...path, id], 'key', `there is no variable "${id}" to replace`, { hint }));
      } else if (name === environment) chosen.set(id, { id, value, file: root, path: [...path, id] });
    }
  }
  return { vars: chosen, findings };
};

const hintAt = (name: string, known: readonly string[]): string => {
  if (known.length === 0) return 'the file has no environments:';
  return suggest(name, known) ?? `the environments are ${oneOf(known)}`;
};

const suggest = (name: string, known: Iterable<string>): string | null => {
  const near = closest(name, known);
  return near === null ? null : `did you mean "${near}"?`;
};

/**
 * Works out every variable, in an order in which those that it refers to come first. `tolerated` are environment
 * variables that some check requires: without them a variable has no value, but that is for its users to report.
 */
export const resolveVariables = (vars: Declarations, scope: Scope, tolerated: ReadonlySet<string>): Variables => {
  const values = new Map<string, Resolution>();
  const findings: Finding[] = [];
  const sorted = sortByNeeds([...vars.keys()], (id) => referencesOf(vars.get(id)?.value ?? null));
  for (const cycle of sorted.cycles) {
    const first = vars.get(cycle[0] ?? '');
    for (const id of cycle) values.set(id, { state: 'failed' });
    if (first !== undefined)
      findings.push(findingAt(first.file, first.path, 'key', `variables refer to each other: ${showCycle(cycle)}`));
  }
  const inner = { ...scope, variables: values };
  for (const id of sorted.order) {
    const declaration = vars.get(id);
    if (declaration === undefined || values.has(id)) continue;
    const filled = interpolate(declaration.value, declaration.path, declaration.file, inner);
    const unset = filled.filled.flatMap(({ path, origins }) =>
      origins.unset
        .filter((name) => !tolerated.has(name))
        .map((name) => unsetVariable(declaration.file, path, name, scope.environment)),
    );
    findings.push(...filled.findings, ...unset);
    values.set(id, resolutionOf(filled, unset.length > 0));
  }
  return { values, findings };
};

const resolutionOf = ({ value, filled, findings }: Interpolated, reported: boolean): Resolution => {
  const origins = mergeOrigins(filled.map((one) => one.origins));
  if (findings.length > 0 || reported) return { state: 'failed' };
  if (filled.every(({ complete }) => complete)) return { state: 'value', value, origins };
  const unavailable = origins.absent.length > 0 || origins.unset.length > 0;
  return unavailable ? { state: 'unavailable', origins } : { state: 'failed' };
};

/** Names of the variables that a value refers to. */
const referencesOf = (value: Json): readonly string[] => {
  if (typeof value === 'string') {
    return parseTemplate(value).parts.flatMap((part) =>
      typeof part !== 'string' && part.namespace === 'vars' ? [part.name] : [],
    );
  }
  if (isJsonObject(value)) return Object.values(value).flatMap(referencesOf);
  return Array.isArray(value) ? value.flatMap(referencesOf) : [];
};
