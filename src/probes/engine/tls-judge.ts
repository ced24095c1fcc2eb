import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { TlsCode } from './answer.ts';
import { printable } from './printable.ts';
import { chainFlaw } from './chain-flaw.ts';

/** What a server presented, and what the verification of its chain said. */
export type Presented = {
  /** Leaf first. */
  readonly chain: readonly X509Certificate[];
  /** The verification's code (`CERT_HAS_EXPIRED`); null when the chain leads to a trusted root. */
  readonly error: string | null;
  /** The name or address that was asked for. */
  readonly host: string;
  /** Whether roots of the check's own were given. */
  readonly ownRoots: boolean;
};

export type TlsFault = { readonly code: TlsCode; readonly cause: string };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SHOWN_NAMES = 5;

const plural = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;

const span = (ms: number): string => {
  if (ms >= DAY_MS) return plural(Math.floor(ms / DAY_MS), 'day');
  return ms >= HOUR_MS ? plural(Math.floor(ms / HOUR_MS), 'hour') : plural(Math.ceil(ms / 60_000), 'minute');
};

/**
 * A distinguished name in one line, most telling part first: `CN=a.test, O=Example`. Node gives undefined, whatever its
 * types say, for a certificate without a subject.
 */
export const distinguishedName = (lines: string | undefined): string =>
  printable((lines ?? '').split('\n').toReversed().join(', '), 256);

const commonName = (lines: string | undefined = ''): string => {
  const found = lines.split('\n').findLast((line) => line.startsWith('CN='));
  return printable(found === undefined ? lines.replaceAll('\n', ', ') : found.slice(3), 128) || '(no name)';
};

/** The names and addresses of a certificate, without their types; OpenSSL quotes what contains a separator. */
export const subjectNames = (subjectAltName: string | undefined): readonly string[] =>
  Array.from((subjectAltName ?? '').matchAll(/(?:^|, )[A-Za-z ]+:("(?:[^"\\]|\\.)*"|[^,]*)/g), ([, name = '']) =>
    printable(name.replaceAll(/^"|"$/g, ''), 256),
  );

const timeFaults = (chain: readonly X509Certificate[], now: Date): readonly TlsFault[] =>
  chain.flatMap((certificate, index): readonly TlsFault[] => {
    const who = index === 0 ? 'the certificate' : `the issuing certificate ${commonName(certificate.subject)}`;
    const late = now.getTime() - certificate.validToDate.getTime();
    const early = certificate.validFromDate.getTime() - now.getTime();
    const { validFromDate: from, validToDate: to } = certificate;
    if (late >= 0) {
      return [{ code: 'tls-expired', cause: `${who} expired ${span(late)} ago (${to.toISOString()})` }];
    }
    const cause = `${who} is not valid yet: it will be in ${span(early)} (${from.toISOString()})`;
    return early > 0 ? [{ code: 'tls-not-yet-valid', cause }] : [];
  });

const listed = (names: readonly string[]): string => {
  const more = names.length - SHOWN_NAMES;
  return `${names.slice(0, SHOWN_NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

const isFor = (leaf: X509Certificate, host: string): boolean =>
  isIP(host) === 0
    ? leaf.checkHost(host, { subject: 'never', partialWildcards: false }) !== undefined
    : leaf.checkIP(host) !== undefined;

const hostFaults = (leaf: X509Certificate | undefined, host: string): readonly TlsFault[] => {
  if (leaf === undefined || isFor(leaf, host)) return [];
  const names = subjectNames(leaf.subjectAltName);
  const shown = printable(host, 255);
  const cause =
    names.length > 0
      ? `the certificate is for ${listed(names)}, not for ${shown}`
      : `the certificate names no host that clients accept (only the common name ${commonName(leaf.subject)}), so it is not for ${shown}`;
  return [{ code: 'tls-wrong-host', cause }];
};

const isSelfSigned = (leaf: X509Certificate): boolean => leaf.subject === leaf.issuer && leaf.checkIssued(leaf);

/** A leaf alone whose issuer is unknown: an intermediate was left out when a root of it is at hand or on the web. */
const leafAlone = (leaf: X509Certificate, ownRoots: boolean): TlsFault => {
  const lacks = ownRoots || /CA Issuers/.test(leaf.infoAccess ?? '');
  const issuer = commonName(leaf.issuer);
  return lacks
    ? { code: 'tls-incomplete-chain', cause: `the chain is incomplete: the server did not send its issuer ${issuer}` }
    : { code: 'tls-untrusted', cause: `the certificate is issued by ${issuer}, which is not trusted here` };
};

const UNKNOWN_ISSUER: ReadonlySet<string> = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_GET_ISSUER_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
]);

const NO_AUTHORITY = 'a certificate that issued another one is no authority';

const OTHER: ReadonlyMap<string, string> = new Map([
  ['INVALID_PURPOSE', 'the certificate is not made for servers (extended key usage)'],
  ['INVALID_CA', NO_AUTHORITY],
  ['PATH_LENGTH_EXCEEDED', 'the chain is longer than its authority allows'],
  ['CERT_SIGNATURE_FAILURE', 'the signature of a certificate is wrong'],
  ['CERT_REVOKED', 'the certificate is revoked'],
  ['CERT_CHAIN_TOO_LONG', 'the chain is too long'],
]);

const TIME_ERRORS: ReadonlySet<string> = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

const trustFaults = ({ chain, error, ownRoots }: Presented, dated: boolean): readonly TlsFault[] => {
  const [leaf] = chain;
  const top = chain.at(-1);
  if (error === null || leaf === undefined || top === undefined) return [];
  if (isSelfSigned(leaf)) return [{ code: 'tls-self-signed', cause: 'the certificate is self-signed' }];
  if (TIME_ERRORS.has(error)) {
    const cause = 'a certificate on the way to the trusted root is expired or not valid yet';
    return dated ? [] : [{ code: error === 'CERT_HAS_EXPIRED' ? 'tls-expired' : 'tls-not-yet-valid', cause }];
  }
  if (UNKNOWN_ISSUER.has(error) && chain.length === 1) return [leafAlone(leaf, ownRoots)];
  if (UNKNOWN_ISSUER.has(error)) {
    return [{ code: 'tls-untrusted', cause: `the chain ends at ${commonName(top.issuer)}, which is not trusted here` }];
  }
  const misused = error === 'INVALID_PURPOSE' && chain.slice(1).some(({ ca }) => !ca);
  const known = misused ? NO_AUTHORITY : OTHER.get(error);
  const cause = known ?? chainFlaw(chain) ?? `the chain breaks a rule of certificates (${error})`;
  return [{ code: 'tls-untrusted', cause }];
};

/**
 * What is wrong with a certificate: time, name, trust; the first is the reason, all are told. Null when it is in order.
 * Pure: `now` is the clock of the check, and holds although the verification had another.
 */
export const judgeCertificate = (presented: Presented, now: Date): TlsFault | null => {
  const { chain, host } = presented;
  const times = timeFaults(chain, now);
  const faults = [...times, ...hostFaults(chain[0], host), ...trustFaults(presented, times.length > 0)];
  const [first] = faults;
  if (first === undefined) return null;
  return { code: first.code, cause: faults.map(({ cause }) => cause).join('; ') };
};
