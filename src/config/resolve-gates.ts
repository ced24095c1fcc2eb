import type { Json } from '../model/json.ts';
import type { Tier } from '../model/outcome.ts';
import { TIERS } from '../model/outcome.ts';
import { dateFindings, durationAt, LONGEST_ESTIMATE_MS, tooLong } from './check-rules.ts';
import type { Criterion, Gate } from './config.ts';
import type { Declaration } from './declarations.ts';
import type { Finding } from './finding.ts';
import { findingAt } from './finding.ts';
import { showCycle, sortByNeeds } from './graph.ts';
import { referenceAt, referencesAt, unknownNames } from './references.ts';
import type { SelectorIndex } from './selector.ts';
import { select } from './selector.ts';
import { positionOf } from './source-file.ts';
import { textAt, textsAt } from './written.ts';

export type FilledGate = { readonly declaration: Declaration; readonly value: Json };

export type GateContext = {
  readonly index: SelectorIndex;
  readonly owners: ReadonlyMap<string, unknown>;
  /** False when a file could not be read: then nothing is called unknown. */
  readonly complete: boolean;
};

export type ResolvedGates = { readonly gates: readonly Gate[]; readonly findings: readonly Finding[] };

export const resolveGates = (gates: readonly FilledGate[], context: GateContext): ResolvedGates => {
  const byId = new Map(gates.map((gate) => [gate.declaration.id, gate]));
  const needsOf = (id: string): readonly string[] =>
    textsAt(byId.get(id)?.value ?? null, ['needs']).map(({ text }) => text);
  const resolved = gates.map((gate) => resolveGate(gate, byId, context));
  const cycles = sortByNeeds([...byId.keys()], needsOf).cycles.flatMap((cycle) => {
    const first = byId.get(cycle[0] ?? '')?.declaration;
    if (first === undefined) return [];
    return findingAt(first.file, [...first.path, 'needs'], 'key', `gates need each other: ${showCycle(cycle)}`);
  });
  return {
    gates: resolved.map(({ gate }) => gate),
    findings: [...resolved.flatMap(({ findings }) => findings), ...cycles],
  };
};

const resolveGate = (
  { declaration, value }: FilledGate,
  gates: ReadonlyMap<string, FilledGate>,
  context: GateContext,
) => {
  const { id, file, path } = declaration;
  const criteria = TIERS.map((tier) => readTier(declaration, value, tier, context));
  const must = textsAt(value, ['must']).length;
  const flaky = textAt(value, ['flaky']);
  const findings = [
    ...(must === 0 ? [withoutMust(declaration)] : []),
    ...criteria.flatMap((tier) => tier.findings),
    ...dateFindings(file, path, value),
    ...tooLong(file, path, value, ['estimate'], LONGEST_ESTIMATE_MS),
    ...(context.complete
      ? [
          ...unknownNames(referencesAt(value, path, 'needs'), 'gate', gates, file),
          ...unknownNames(referenceAt(value, path, 'owner'), 'owner', context.owners, file),
        ]
      : []),
  ];
  const gate: Gate = {
    id,
    title: textAt(value, ['title']) ?? id,
    criteria: strictest(criteria.flatMap((tier) => tier.criteria)),
    needs: [...new Set(textsAt(value, ['needs']).map(({ text }) => text))],
    owner: textAt(value, ['owner']),
    deadline: textAt(value, ['deadline']),
    estimateMs: durationAt(value, ['estimate']),
    flaky: flaky === 'fail' || flaky === 'ignore' ? flaky : 'warn',
    source: positionOf(file, path, 'key'),
  };
  return { gate, findings };
};

const withoutMust = ({ file, path, id }: Declaration): Finding =>
  findingAt(file, path, 'key', `the gate "${id}" has no must criterion: it could not be anything but GO`, {
    hint: 'name what has to hold under must:',
  });

const readTier = ({ file, path }: Declaration, value: Json, tier: Tier, { index, complete }: GateContext) => {
  const criteria: Criterion[] = [];
  const findings: Finding[] = [];
  for (const { text, path: at } of textsAt(value, [tier])) {
    const selection = select(text, index, { globs: false });
    if (selection.ok) criteria.push(...selection.ids.map((id) => ({ id, tier })));
    else if (complete) {
      findings.push(findingAt(file, [...path, ...at], 'value', selection.message, { hint: selection.hint }));
    }
  }
  return { criteria, findings };
};

/** Tiers come strictest first, so the first mention of a check counts. */
const strictest = (criteria: readonly Criterion[]): readonly Criterion[] => {
  const first = new Map<string, Criterion>();
  for (const criterion of criteria) if (!first.has(criterion.id)) first.set(criterion.id, criterion);
  return [...first.values()];
};
