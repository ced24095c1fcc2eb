import type { Claim, FormatName } from './reading.ts';

/** Every format answers 2xx while it serves and 4xx or 5xx when not; the IETF draft lets 3xx be good too. */
const serves = (format: FormatName, status: number): boolean =>
  status >= 200 && status < (format === 'ietf' ? 400 : 300);

/**
 * Where a body and its HTTP status say different things, one sentence each. A load balancer believes the status and a
 * person the body, so one of them is misled. `shutting_down` under 503 counts: it is a warning that does not serve.
 */
export const disagreementsOf = (format: FormatName, claim: Claim, status: number): readonly string[] => {
  const good = serves(format, status);
  if (claim.total === 'fail') {
    return status < 400 ? [`the body says "${claim.says}", and HTTP ${status} says that all is well`] : [];
  }
  return good ? [] : [`the body says "${claim.says}", and HTTP ${status} says that it does not serve`];
};
