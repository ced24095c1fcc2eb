import type { Json } from '../model/json.ts';
import type { Check, Gate, Scenario } from './config.ts';
import type { Declaration } from './declarations.ts';
import type { Finding } from './finding.ts';
import { referencesAt, unknownNames } from './references.ts';
import { textsAt } from './written.ts';

/** What `when:` leaves out of a run, and what is left. */
export type Applied = {
  readonly checks: readonly Check[];
  readonly scenarios: readonly Scenario[];
  readonly gates: readonly Gate[];
  readonly leftOut: readonly { readonly id: string; readonly why: string }[];
};

type Filled = { readonly declaration: Declaration; readonly value: Json };

/** Environments that `when:` names and the file does not have. */
export const whenFindings = (
  { declaration, value }: Filled,
  environments: ReadonlyMap<string, unknown>,
): readonly Finding[] =>
  unknownNames(
    referencesAt(value, declaration.path, 'when', 'environment'),
    'environment',
    environments,
    declaration.file,
  );

/**
 * Takes the checks out that have no meaning in the chosen environment; gates and needs no longer ask for them. Without
 * a chosen environment nobody can say whether they count: they are left out as well, and the gates still ask for them.
 */
export const applyWhen = (
  { checks, scenarios }: Pick<Applied, 'checks' | 'scenarios'>,
  gates: readonly Gate[],
  written: readonly Filled[],
  environment: string | null,
): Applied => {
  const wanted = new Map(
    written.flatMap(({ declaration, value }) => {
      const names = textsAt(value, ['when', 'environment']).map(({ text }) => text);
      return names.length === 0 ? [] : [[declaration.id, names] as const];
    }),
  );
  const out = new Set([...wanted].flatMap(([id, names]) => (names.includes(environment ?? '') ? [] : [id])));
  if (out.size === 0) return { checks, scenarios, gates, leftOut: [] };
  const left = <Entry extends Pick<Check, 'id' | 'needs'>>(entries: readonly Entry[]): readonly Entry[] =>
    entries
      .filter(({ id }) => !out.has(id))
      .map((entry) => ({ ...entry, needs: entry.needs.filter((id) => !out.has(id)) }));
  const kept = { checks: left(checks), scenarios: left(scenarios) };
  const leftOut = [...out].map((id) => ({ id, why: whyOut(wanted.get(id) ?? [], environment) }));
  if (environment === null) return { ...kept, gates, leftOut };
  const asking = gates.map((gate) => ({ ...gate, criteria: gate.criteria.filter(({ id }) => !out.has(id)) }));
  return { ...kept, gates: asking, leftOut };
};

const whyOut = (names: readonly string[], environment: string | null): string =>
  environment === null
    ? `it counts in ${names.join(', ')} only, and no --environment was chosen`
    : `it counts in ${names.join(', ')} only, not in ${environment}`;
