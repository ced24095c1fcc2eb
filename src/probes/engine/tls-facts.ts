import type { TlsFacts } from './answer.ts';
import { distinguishedName, judgeCertificate, type Presented, subjectNames } from './tls-judge.ts';

const DAY_MS = 86_400_000;
const MOST_NAMES = 100;
const MOST_CERTIFICATES = 10;

export type Session = { readonly protocol: string; readonly cipher: string };

/** The facts of a session and its certificate, judged at `now`; null when no certificate was presented. */
export const tlsFactsOf = (session: Session, presented: Presented, now: Date): TlsFacts | null => {
  const { chain } = presented;
  const [leaf] = chain;
  if (leaf === undefined) return null;
  const fault = judgeCertificate(presented, now);
  const earliest = Math.min(...chain.map(({ validToDate }) => validToDate.getTime()));
  return {
    ...session,
    verified: fault === null && presented.error === null,
    cause: fault?.cause ?? null,
    code: fault?.code ?? null,
    subject: distinguishedName(leaf.subject),
    issuer: distinguishedName(leaf.issuer),
    sans: subjectNames(leaf.subjectAltName).slice(0, MOST_NAMES),
    validFrom: leaf.validFromDate.toISOString(),
    validTo: leaf.validToDate.toISOString(),
    daysLeft: Math.floor((earliest - now.getTime()) / DAY_MS),
    fingerprint: leaf.fingerprint256.replaceAll(':', '').toLowerCase(),
    chain: chain.slice(0, MOST_CERTIFICATES).map(({ subject }) => distinguishedName(subject)),
  };
};
