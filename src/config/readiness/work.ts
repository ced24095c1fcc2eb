import type { Json } from '../../model/json.ts';
import type { SourcePosition } from '../../model/position.ts';
import { dateFindings, durationAt, LONGEST_ESTIMATE_MS, tooLong } from '../check-rules.ts';
import type { Declaration } from '../declarations.ts';
import type { Finding } from '../finding.ts';
import { findingAt } from '../finding.ts';
import { showCycle, sortByNeeds } from '../graph.ts';
import { referenceAt, referencesAt, unknownNames } from '../references.ts';
import type { SelectorIndex } from '../selector.ts';
import { select } from '../selector.ts';
import { positionOf } from '../source-file.ts';
import { valueAt } from '../value-at.ts';
import { textAt, textsAt } from '../written.ts';

/** A piece of work on the way to a launch. What is done is what its acceptance checks say, whatever is claimed. */
export type WorkItem = {
  readonly id: string;
  readonly title: string;
  /** What it is part of, such as a convoy; null for none. */
  readonly group: string | null;
  readonly owner: string | null;
  readonly blockedBy: readonly string[];
  /** Null when nobody has estimated it. */
  readonly estimateMs: number | null;
  /** Ids of checks, scenarios and manual items that show that it is done. */
  readonly accept: readonly string[];
  /** What is claimed; null when nothing is. */
  readonly claimedDone: boolean | null;
  /** Whether a launch can do without it. */
  readonly optional: boolean;
  readonly deadline: string | null;
  readonly source: SourcePosition;
};

/** Something that may go wrong, with the checks that would show it. */
export type Risk = {
  readonly id: string;
  readonly title: string;
  readonly impact: string | null;
  readonly mitigation: string | null;
  readonly owner: string | null;
  readonly checks: readonly string[];
  readonly source: SourcePosition;
};

type Filled = { readonly declaration: Declaration; readonly value: Json };

export type WorkContext = {
  readonly index: SelectorIndex;
  readonly owners: ReadonlyMap<string, unknown>;
  readonly complete: boolean;
};

export type ResolvedWork<T> = { readonly all: readonly T[]; readonly findings: readonly Finding[] };

/** Resolves the work items of all files; those that block each other are refused. */
export const resolveItems = (entries: readonly Filled[], context: WorkContext): ResolvedWork<WorkItem> => {
  const known = new Map(entries.map(({ declaration }) => [declaration.id, declaration]));
  const findings: Finding[] = [];
  const all = entries.map(({ declaration, value }): WorkItem => {
    const { id, file, path } = declaration;
    const accept = selected(declaration, value, 'accept', context);
    findings.push(
      ...accept.findings,
      ...unknownNames(referencesAt(value, path, 'blocked-by'), 'work item', known, file),
      ...dateFindings(file, path, value),
      ...tooLong(file, path, value, ['estimate'], LONGEST_ESTIMATE_MS),
      ...(context.complete ? unknownNames(referenceAt(value, path, 'owner'), 'owner', context.owners, file) : []),
    );
    const claimed = valueAt(value, ['done']);
    if (textsAt(value, ['accept']).length === 0 && claimed === undefined) {
      const hint = 'name the checks that show it under accept:, or say done: false';
      findings.push(findingAt(file, path, 'key', `nothing tells whether the work item "${id}" is done`, { hint }));
    }
    return {
      id,
      title: textAt(value, ['title']) ?? id,
      group: textAt(value, ['group']),
      owner: textAt(value, ['owner']),
      blockedBy: textsAt(value, ['blocked-by']).map(({ text }) => text),
      estimateMs: durationAt(value, ['estimate']),
      accept: accept.ids,
      claimedDone: typeof claimed === 'boolean' ? claimed : null,
      optional: valueAt(value, ['optional']) === true,
      deadline: textAt(value, ['deadline']),
      source: positionOf(file, path, 'key'),
    };
  });
  const byId = new Map(all.map((one) => [one.id, one]));
  for (const cycle of sortByNeeds([...byId.keys()], (id) => byId.get(id)?.blockedBy ?? []).cycles) {
    const first = known.get(cycle[0] ?? '');
    if (first === undefined) continue;
    const at = [...first.path, 'blocked-by'];
    findings.push(findingAt(first.file, at, 'key', `work items block each other: ${showCycle(cycle)}`));
  }
  return { all, findings };
};

export const resolveRisks = (entries: readonly Filled[], context: WorkContext): ResolvedWork<Risk> => {
  const findings: Finding[] = [];
  const all = entries.map(({ declaration, value }): Risk => {
    const { id, file, path } = declaration;
    const watched = selected(declaration, value, 'checks', context);
    findings.push(
      ...watched.findings,
      ...(context.complete ? unknownNames(referenceAt(value, path, 'owner'), 'owner', context.owners, file) : []),
    );
    return {
      id,
      title: textAt(value, ['title']) ?? id,
      impact: textAt(value, ['impact']),
      mitigation: textAt(value, ['mitigation']),
      owner: textAt(value, ['owner']),
      checks: watched.ids,
      source: positionOf(file, path, 'key'),
    };
  });
  return { all, findings };
};

const selected = ({ file, path }: Declaration, value: Json, key: string, { index, complete }: WorkContext) => {
  const findings: Finding[] = [];
  const ids = textsAt(value, [key]).flatMap(({ text, path: inner }) => {
    const selection = select(text, index, { globs: false });
    if (selection.ok) return selection.ids;
    if (complete) {
      findings.push(findingAt(file, [...path, ...inner], 'value', selection.message, { hint: selection.hint }));
    }
    return [];
  });
  return { ids: [...new Set(ids)], findings };
};
