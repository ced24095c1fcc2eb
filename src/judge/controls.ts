import { isGood } from '../execute/retry.ts';
import type { CheckResult } from '../model/run.ts';
import { because } from './assess.ts';

const NETWORK_LAYERS: ReadonlySet<CheckResult['layer']> = new Set(['dns', 'tcp', 'tls']);
const NETWORK_CODES: ReadonlySet<CheckResult['reasonCode']> = new Set(['timeout', 'proxy-error', 'closed-early']);

/**
 * Controls are targets that are up for certain: one that is not good says nothing of a system, and when none is good,
 * this machine cannot see the network, so that no failure of the network does either. A broken prober is HOLD.
 */
export const applyControls = (checks: readonly CheckResult[], controls: readonly string[]): readonly CheckResult[] => {
  const own = new Set(controls);
  const watching = checks.filter(({ id }) => own.has(id));
  const blind = watching.length > 0 && !watching.some(({ outcome }) => isGood(outcome));
  const names = controls.join(', ');
  return checks.map((check) => {
    if (check.outcome !== 'fail') return check;
    if (own.has(check.id)) return untold(check, `the control cannot be reached from here: ${check.message}`);
    return blind && isOfTheNetwork(check)
      ? untold(check, `no control can be reached either (${names}), so this may be our own network: ${check.message}`)
      : check;
  });
};

const isOfTheNetwork = ({ layer, reasonCode }: CheckResult): boolean =>
  NETWORK_LAYERS.has(layer) || NETWORK_CODES.has(reasonCode);

const untold = (check: CheckResult, message: string): CheckResult => {
  const { outcome, code, layer } = because('control-failed', message);
  return { ...check, outcome, reasonCode: code, layer, message };
};
