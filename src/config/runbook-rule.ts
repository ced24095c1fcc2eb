import type { Check, Component, Gate } from './config.ts';
import type { Finding } from './finding.ts';
import { findingAt } from './finding.ts';
import type { Declarations } from './declarations.ts';

type Entry = Pick<Check, 'id' | 'component' | 'runbook'>;

/** Must checks for which nobody has written down what to do: a warning, an error when strict. */
export const missingRunbooks = (
  checks: readonly Entry[],
  gates: readonly Gate[],
  components: ReadonlyMap<string, Component>,
  declarations: Declarations,
  strict: boolean,
): readonly Finding[] => {
  const must = new Set(
    gates.flatMap(({ criteria }) => criteria.filter(({ tier }) => tier === 'must').map(({ id }) => id)),
  );
  return checks
    .filter(
      (check) => must.has(check.id) && check.runbook === null && !hasRunbook(components.get(check.component ?? '')),
    )
    .flatMap(({ id }) => {
      const declaration = declarations.get(id);
      if (declaration === undefined) return [];
      return findingAt(declaration.file, declaration.path, 'key', `the must check "${id}" has no runbook`, {
        severity: strict ? 'error' : 'warning',
        hint: 'add runbook: FILE#anchor to the check or to its component',
      });
    });
};

const hasRunbook = (component: Component | undefined): boolean =>
  component !== undefined && (component.runbook.default !== null || component.runbook.byCode.size > 0);
