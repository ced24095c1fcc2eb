import { parseInstant } from '../../matchers/instant.ts';
import type { Json } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';
import type { SourcePosition } from '../../model/position.ts';
import { REASON_CODES, type ReasonCode } from '../../model/reason-code.ts';
import type { Finding } from '../finding.ts';
import { findingAt } from '../finding.ts';
import { suggestName } from '../references.ts';
import type { SourceFile } from '../source-file.ts';
import { positionOf } from '../source-file.ts';
import { valueAt } from '../value-at.ts';
import { textAt } from '../written.ts';
import { isSamePerson, nameTrouble } from './person.ts';

/** An owned, reasoned, expiring acceptance of one reason code on one check. */
export type Waiver = {
  readonly check: string;
  readonly reasonCode: ReasonCode;
  readonly reason: string;
  readonly owner: string;
  readonly approvedBy: string;
  /** ISO date or time, as written. A date means its beginning, in UTC. */
  readonly expires: string;
  readonly source: SourcePosition;
};

export type WaiversRead = { readonly waivers: readonly Waiver[]; readonly findings: readonly Finding[] };

type Known = {
  /** Ids that may be waived: checks, scenarios, manual items, and families of rows. */
  readonly entries: ReadonlyMap<string, unknown>;
  readonly families: ReadonlyMap<string, readonly string[]>;
  readonly complete: boolean;
};

/**
 * Reasons that never make a check fail: what nobody saw cannot be accepted. A test holds the list against the catalogue
 * of reason codes.
 */
export const NEVER_WAIVED: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'tls-client-certificate',
  'rate-limited',
  'proxy-error',
  'auth-required',
  'auth-forbidden',
  'input-required',
  'sql-auth',
  'file-unreadable',
  'command-missing',
  'browser-missing',
  'missing-credential',
  'needs-failed',
  'deadline-exceeded',
  'cancelled',
  'nothing-asserted',
  'control-failed',
  'probe-crashed',
  'not-run',
  'sign-off-missing',
  'sign-off-expired',
  'sign-off-lapsed',
  'decision-open',
  'quorum-missing',
]);

/** Reads `waivers:` of a file. Who owns a risk cannot approve of it alone. */
export const readWaivers = (file: SourceFile, value: Json, known: Known): WaiversRead => {
  const list = valueAt(value, ['waivers']);
  const waivers: Waiver[] = [];
  const findings: Finding[] = [];
  (Array.isArray(list) ? list : []).forEach((entry: Json, at) => {
    if (!isJsonObject(entry)) return;
    const path = ['waivers', at];
    const read = readWaiver(entry, file, path, known);
    findings.push(...read.findings);
    waivers.push(...read.waivers);
  });
  return { waivers, findings };
};

const readWaiver = (entry: Json, file: SourceFile, path: readonly (string | number)[], known: Known): WaiversRead => {
  const text = (key: string): string => textAt(entry, [key]) ?? '';
  const findings: Finding[] = [];
  const refuse = (key: string, message: string, hint: Finding['hint'] = null): void => {
    findings.push(findingAt(file, [...path, key], 'value', message, { hint }));
  };
  const [check, written, owner, approver, expires] = ['check', 'reason-code', 'owner', 'approved-by', 'expires'].map(
    text,
  );
  const code = REASON_CODES.find((one) => one === written);
  if (known.complete && check !== '' && !known.entries.has(check ?? '')) {
    refuse('check', `there is no check "${check}"`, () => suggestName(check ?? '', 'check', known.entries));
  }
  if (code !== undefined && NEVER_WAIVED.has(code)) {
    refuse('reason-code', `${code} is never a failure, so there is nothing to accept`, 'a waiver accepts what was seen');
  }
  for (const [key, name] of Object.entries({ owner, 'approved-by': approver })) {
    const trouble = name === '' ? null : nameTrouble(name ?? '');
    if (trouble !== null) refuse(key, trouble);
  }
  if (owner !== '' && isSamePerson(owner ?? '', approver ?? '')) {
    refuse('approved-by', `"${owner}" owns this waiver and cannot approve it as well`, 'name somebody else');
  }
  if (/^\s+$/.test(text('reason'))) refuse('reason', 'a reason is missing');
  if (expires !== '' && parseInstant(expires ?? '') === null) {
    refuse('expires', `there is no such day or time as "${expires}"`);
  }
  // What does not fit the schema is reported by then.
  const whole = [check, owner, approver, expires, text('reason')].every((one) => one !== undefined && one !== '');
  if (findings.length > 0 || code === undefined || !whole) return { waivers: [], findings };
  const source = positionOf(file, path, 'value');
  const waivers = (known.families.get(check ?? '') ?? [check ?? '']).map((id) => ({
    check: id,
    reasonCode: code,
    reason: text('reason'),
    owner: owner ?? '',
    approvedBy: approver ?? '',
    expires: expires ?? '',
    source,
  }));
  return { waivers, findings };
};
