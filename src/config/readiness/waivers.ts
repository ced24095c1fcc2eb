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

const KEYS = ['check', 'reason-code', 'reason', 'owner', 'approved-by', 'expires'] as const;

type Key = (typeof KEYS)[number];
/** Empty where the schema was not met, which is reported elsewhere. */
type Texts = { readonly [Name in Key]: string };

const readWaiver = (entry: Json, file: SourceFile, path: readonly (string | number)[], known: Known): WaiversRead => {
  const text = (key: Key): string => textAt(entry, [key]) ?? '';
  const texts: Texts = {
    check: text('check'),
    'reason-code': text('reason-code'),
    reason: text('reason'),
    owner: text('owner'),
    'approved-by': text('approved-by'),
    expires: text('expires'),
  };
  const findings = troublesOf(texts, known).map(({ key, message, hint }) =>
    findingAt(file, [...path, key], 'value', message, { hint }),
  );
  const reasonCode = REASON_CODES.find((one) => one === texts['reason-code']);
  const whole = KEYS.every((key) => texts[key] !== '') && parseInstant(texts.expires) !== null;
  if (findings.length > 0 || reasonCode === undefined || !whole) return { waivers: [], findings };
  const { check, reason, owner, expires } = texts;
  const source = positionOf(file, path, 'value');
  const common = { reasonCode, reason, owner, approvedBy: texts['approved-by'], expires, source };
  return { waivers: (known.families.get(check) ?? [check]).map((id) => ({ check: id, ...common })), findings };
};

type Trouble = { readonly key: Key; readonly message: string; readonly hint: Finding['hint'] };

const troublesOf = (texts: Texts, { entries, complete }: Known): readonly Trouble[] => {
  const { check, reason, owner, expires, 'approved-by': approver, 'reason-code': code } = texts;
  const troubles: Trouble[] = [];
  const refuse = (key: Key, message: string, hint: Finding['hint'] = null): void => {
    troubles.push({ key, message, hint });
  };
  if (complete && check !== '' && !entries.has(check)) {
    refuse('check', `there is no check "${check}"`, () => suggestName(check, 'check', entries));
  }
  if ([...NEVER_WAIVED].some((one) => one === code)) {
    refuse(
      'reason-code',
      `${code} is never a failure, so there is nothing to accept`,
      'a waiver accepts what was seen',
    );
  }
  for (const key of ['owner', 'approved-by'] as const) {
    const trouble = texts[key] === '' ? null : nameTrouble(texts[key]);
    if (trouble !== null) refuse(key, trouble);
  }
  if (owner !== '' && isSamePerson(owner, approver)) {
    const whom = owner === approver ? `"${owner}"` : `"${owner}", who may be "${approver}",`;
    refuse('approved-by', `${whom} owns this waiver and cannot approve it as well`, 'name somebody else');
  }
  if (reason !== '' && reason.trim() === '') refuse('reason', 'the reason is missing');
  // What is no date at all does not meet the schema.
  if (/^\d{4}-\d{2}-\d{2}/.test(expires) && parseInstant(expires) === null) {
    refuse('expires', `there is no such day or time as "${expires}"`);
  }
  return troubles;
};
