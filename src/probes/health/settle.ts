import type { Claim, Component, FormatName, HealthStatus } from './reading.ts';
import { worst } from './formats/words.ts';

/**
 * The status of a whole body: its total, made worse by a component that warns or that uses a word nobody knows.
 * A component that fails under a total of pass is a contradiction, which is reported by itself.
 */
export const settle = (claim: Claim): HealthStatus =>
  worst([
    claim.total,
    ...claim.components.filter(hasSpoken).map(({ status }) => (status === 'fail' ? 'pass' : status)),
  ]);

/** A component without a status of its own claims nothing. */
const hasSpoken = (component: Component): boolean => component.says !== null;

const NAMED = 3;

/** One sentence on why a body is not a pass; null when it is. */
export const messageOf = (format: FormatName, claim: Claim, status: HealthStatus): string | null => {
  if (status === 'pass') return null;
  const foreign = claim.total === 'unknown' && claim.note === null ? `no status of the format ${format}` : null;
  const causes = [foreign, claim.note, ...culprits(claim.components)].filter((cause) => cause !== null);
  return `the body says "${claim.says}"${causes.length === 0 ? '' : `: ${causes.join('; ')}`}`;
};

const culprits = (components: readonly Component[]): readonly string[] => {
  const bad = (['fail', 'unknown', 'warn'] as const).flatMap((status) =>
    components.filter((component) => component.status === status && hasSpoken(component)),
  );
  const named = bad.slice(0, NAMED).map(saying);
  return bad.length > NAMED ? [...named, `and ${bad.length - NAMED} more`] : named;
};

/** `db says "DOWN" (Connection refused)`. */
export const saying = ({ name, says, detail }: Component): string =>
  `${name} says "${says ?? 'nothing'}"${detail === undefined ? '' : ` (${detail})`}`;
