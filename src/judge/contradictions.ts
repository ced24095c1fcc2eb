import type { CheckResult, Contradiction } from '../model/run.ts';

/**
 * Where a component's health endpoint passes while another check of it fails or finds its index wanting: a health
 * endpoint is a claim, a functional probe is evidence. One for each component, with all that speaks against the claim;
 * that something is slow does not.
 */
export const findContradictions = (checks: readonly CheckResult[]): readonly Contradiction[] => {
  const byComponent = Map.groupBy(checks.filter(speaksAgainst), ({ component }) => component);
  return [...byComponent].flatMap(([component, [evidence, ...others]]) => {
    if (component === null || evidence === undefined) return [];
    const claim = checks.find((check) => check.component === component && isClaim(check));
    return claim === undefined ? [] : [contradictionOf(component, claim, evidence, others)];
  });
};

const isClaim = ({ kind, outcome }: CheckResult): boolean => kind === 'health' && outcome === 'pass';

const speaksAgainst = ({ kind, outcome, reasonCode }: CheckResult): boolean =>
  kind !== 'health' && reasonCode !== 'slow' && (outcome === 'fail' || reasonCode?.startsWith('index-') === true);

const contradictionOf = (
  component: string,
  claim: CheckResult,
  evidence: CheckResult,
  others: readonly CheckResult[],
): Contradiction => {
  const says = claimed(claim.facts['health']);
  const also =
    others.length === 0 ? '' : `; so ${others.length === 1 ? 'does' : 'do'} ${others.map(({ id }) => id).join(', ')}`;
  return {
    component,
    claim: { check: claim.id, says },
    evidence: { check: evidence.id, says: evidence.message },
    message: `${claim.id} passes for ${component} (${says}) while ${evidence.id} ${verb(evidence)}: ${evidence.message}${also}`,
  };
};

const verb = ({ outcome }: CheckResult): string => (outcome === 'fail' ? 'fails' : 'does not pass');

const claimed = (health: unknown): string =>
  typeof health === 'object' && health !== null && 'status' in health && typeof health.status === 'string'
    ? `health status is "${health.status}"`
    : 'the health endpoint is well';
