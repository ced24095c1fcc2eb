import { isGood } from '../execute/retry.ts';
import type { CheckResult, ScenarioResult } from '../model/run.ts';
import { because } from './assess.ts';
import { certificateExpiries } from './valid-until.ts';

/**
 * A check whose certificate has expired since the look: what it saw then says nothing of now, so it is unknown. One that
 * had expired before the look was seen as it was.
 */
export const lapse = <Entry extends CheckResult | ScenarioResult>(check: Entry, now: Date): Entry => {
  const lookedAt = check.startedAt === null ? Number.NaN : Date.parse(check.startedAt);
  if (!isGood(check.outcome) || Number.isNaN(lookedAt)) return check;
  const over = certificateExpiries(check).filter((expiry) => expiry > lookedAt && expiry <= now.getTime());
  if (over.length === 0) return check;
  const time = new Date(Math.min(...over)).toISOString();
  const message = `its certificate expired on ${time}, after this look: look again`;
  return { ...check, outcome: 'unknown', reasonCode: 'tls-expired', layer: because('tls-expired', '').layer, message };
};
