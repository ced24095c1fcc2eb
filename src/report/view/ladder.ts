import type { CheckResult } from '../../model/run.ts';
import { fieldsOf, numberOf, own } from './shape.ts';

/** How far a look came, and the first layer that broke, in capitals: `dns ok > tcp ok > tls ok (61 d) > HTTP`. */
export const ladderText = (check: CheckResult): string => {
  const reached = check.layers.filter((step) => step.state !== 'not-reached');
  return reached
    .map((step) => {
      if (step.state === 'broken') return step.layer.toUpperCase();
      return `${step.layer} ok${step.layer === 'tls' ? certificateDays(check) : ''}`;
    })
    .join(' > ');
};

/** ` (61 d)`: how long the certificate is still valid; empty when that was not seen. */
export const certificateDays = (check: CheckResult): string => {
  const tls = fieldsOf(own(check.facts, 'tls'));
  const days = tls === null ? null : numberOf(own(tls, 'days-left'));
  return days === null ? '' : ` (${Math.floor(days)} d)`;
};
