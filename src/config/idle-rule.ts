import type { Check, Gate } from './config.ts';
import type { Declarations } from './declarations.ts';
import type { Finding } from './finding.ts';
import { findingAt } from './finding.ts';

type Entry = Pick<Check, 'id' | 'needs'>;

/** Checks that no gate names and no other check needs: they may fail in a GO. A warning, an error when strict. */
export const idleChecks = (
  checks: readonly Entry[],
  gates: readonly Gate[],
  declarations: Declarations,
  controls: readonly string[],
  strict: boolean,
): readonly Finding[] => {
  const used = new Set([
    ...gates.flatMap(({ criteria }) => criteria.map(({ id }) => id)),
    ...checks.flatMap(({ needs }) => needs),
    ...controls,
  ]);
  return checks.flatMap(({ id }) => {
    const declaration = used.has(id) ? undefined : declarations.get(id);
    if (declaration === undefined) return [];
    return findingAt(
      declaration.file,
      declaration.path,
      'key',
      `no gate asks for the check "${id}": it may fail in a GO`,
      {
        severity: strict ? 'error' : 'warning',
        hint: 'name it in a gate, under nice if it only informs',
      },
    );
  });
};
