import { parseInstant } from '../matchers/instant.ts';
import type { CheckResult } from '../model/run.ts';

/** Until when a GO holds: the first expiry, from now on, of a certificate that its checks have seen. Null when none was. */
export const findValidUntil = (checks: readonly CheckResult[], now: Date): string | null => {
  const expiries = checks
    .flatMap(({ kind, facts }) => expiriesIn(kind === 'tls' ? { tls: facts } : facts, MOST_DEPTH))
    .filter((expiry) => expiry > now.getTime());
  return expiries.length === 0 ? null : new Date(Math.min(...expiries)).toISOString();
};

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
