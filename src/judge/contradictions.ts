import type { CheckResult, Contradiction } from '../model/run.ts';
import { hollowMeasures, toolsApart } from './health-claims.ts';

/**
 * Where a component's health endpoint says what other evidence does not bear out: a health endpoint is a claim, a
 * functional probe is evidence. It passes while another check of the component fails or finds its index wanting (one for
 * each component, with all that speaks against it; that something is slow does not); it names other tools than the
 * server lists; or nothing but an error rate over no calls speaks for it.
 */
export const findContradictions = (checks: readonly CheckResult[]): readonly Contradiction[] => {
  const failing = failuresBehind(checks);
  const known = new Set(failing.map(({ component }) => component));
  const claims = checks.filter(isClaim);
  return [
    ...failing,
    ...claims.flatMap((claim) => otherTools(claim, checks)),
    ...claims
      .filter(({ component }) => component === null || !known.has(component))
      .flatMap((claim) => hollow(claim, checks)),
  ];
};

const failuresBehind = (checks: readonly CheckResult[]): readonly Contradiction[] => {
  const byComponent = Map.groupBy(checks.filter(speaksAgainst), ({ component }) => component);
  return [...byComponent].flatMap(([component, [evidence, ...others]]) => {
    if (component === null || evidence === undefined) return [];
    const claim = checks.find((check) => check.component === component && isClaim(check));
    return claim === undefined ? [] : [contradictionOf(component, claim, evidence, others)];
  });
};

/** A functional check that passes is evidence of its own; then it does not matter what the endpoint measured. */
const hollow = (claim: CheckResult, checks: readonly CheckResult[]): readonly Contradiction[] => {
  const { component } = claim;
  const [first] = hollowMeasures(claim);
  if (component === null || first === undefined) return [];
  if (checks.some((check) => check.component === component && check.kind !== 'health' && check.outcome === 'pass'))
    return [];
  const says = `${first.claim} of ${first.what}`;
  return [
    {
      component,
      claim: { check: claim.id, says },
      evidence: { check: claim.id, says: first.over },
      message: `${claim.id} shows ${says} for ${component}, over ${first.over}: nothing was measured, and no other check of it passes`,
    },
  ];
};

const otherTools = (claim: CheckResult, checks: readonly CheckResult[]): readonly Contradiction[] =>
  checks.flatMap((check) => {
    const { component } = claim;
    if (component === null || check.component !== component || check.kind !== 'mcp') return [];
    const apart = toolsApart(claim, check);
    if (apart === null) return [];
    const parts = [
      ...(apart.absent.length === 0
        ? []
        : [`${apart.absent.join(', ')} ${apart.absent.length === 1 ? 'is' : 'are'} not listed`]),
      ...(apart.unnamed.length === 0
        ? []
        : [`${apart.unnamed.join(', ')} ${apart.unnamed.length === 1 ? 'is' : 'are'} not named`]),
    ].join(', and ');
    return [
      {
        component,
        claim: { check: claim.id, says: 'the tools that it names' },
        evidence: { check: check.id, says: parts },
        message: `${claim.id} names other tools of ${component} than ${check.id} finds: ${parts}`,
      },
    ];
  });

const isClaim = ({ kind, outcome }: CheckResult): boolean => kind === 'health' && outcome === 'pass';

const speaksAgainst = ({ kind, outcome, reasonCode }: CheckResult): boolean =>
  kind !== 'health' && reasonCode !== 'slow' && (outcome === 'fail' || reasonCode?.startsWith('index-') === true);

const contradictionOf = (
  component: string,
  claim: CheckResult,
  evidence: CheckResult,
  others: readonly CheckResult[],
): Contradiction => {
  const [hollowOne] = hollowMeasures(claim);
  const measured =
    hollowOne === undefined ? '' : `, with ${hollowOne.claim} of ${hollowOne.what} over ${hollowOne.over}`;
  const says = `${claimed(claim.facts['health'])}${measured}`;
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
