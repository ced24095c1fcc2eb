import { parseInstant } from '../matchers/instant.ts';
import type { CheckResult, ManualResult, ScenarioResult, WaiverResult } from '../model/run.ts';

type Holding = {
  readonly checks: readonly (CheckResult | ScenarioResult)[];
  readonly manual: readonly ManualResult[];
  readonly waivers: readonly WaiverResult[];
};

/**
 * Until when a GO holds: the first expiry, from now on, of a certificate that its checks have seen, of a sign-off or of
 * a waiver. Null when nothing expires.
 */
export const findValidUntil = ({ checks, manual, waivers }: Holding, now: Date): string | null => {
  const criteria = new Set(checks.map(({ id }) => id));
  const signOffs = manual
    .filter(({ id }) => criteria.has(id))
    .flatMap((item) => item.signOffs.filter(({ state }) => state === 'good').map(({ expiresAt }) => expiresAt));
  const waived = waivers.filter(({ check, state }) => state === 'in-force' && criteria.has(check));
  const expiries = [
    ...checks.flatMap(certificateExpiries),
    ...signOffs.map((time) => (time === null ? Infinity : Date.parse(time))),
    ...waived.map(({ expires }) => parseInstant(expires) ?? Infinity),
  ].filter((expiry) => expiry > now.getTime() && Number.isFinite(expiry));
  return expiries.length === 0 ? null : new Date(Math.min(...expiries)).toISOString();
};

/** When the certificates expire that a check has seen, or any step of a scenario; milliseconds since 1970. */
export const certificateExpiries = (check: CheckResult | ScenarioResult): readonly number[] =>
  ('steps' in check ? [...check.steps, ...check.cleanup] : [check]).flatMap(({ kind, facts }) =>
    expiriesIn(kind === 'tls' ? { tls: facts } : facts, MOST_DEPTH),
  );

/** Facts nest a certificate under `tls`, for some kinds once per hop. */
const MOST_DEPTH = 8;

const expiriesIn = (value: unknown, depth: number): readonly number[] => {
  if (typeof value !== 'object' || value === null || depth === 0) return [];
  return Object.entries(value).flatMap(([name, child]: [string, unknown]) => [
    ...(name === 'tls' ? expiryOf(child) : []),
    ...expiriesIn(child, depth - 1),
  ]);
};

const expiryOf = (tls: unknown): readonly number[] => {
  if (typeof tls !== 'object' || tls === null || !('valid-to' in tls)) return [];
  const written = tls['valid-to'];
  const expiry = typeof written === 'string' ? parseInstant(written) : null;
  return expiry === null ? [] : [expiry];
};
