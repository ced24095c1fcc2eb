import { X509Certificate } from 'node:crypto';
import { getCACertificates } from 'node:tls';

/** A way from a server's certificate to a trusted root, leaf first, and the first instant at which it no longer holds. */
export type Path = { readonly certificates: readonly X509Certificate[]; readonly until: Date };

/** Trusted certificates by their subject. */
export type Roots = ReadonlyMap<string, readonly X509Certificate[]>;

const bySubject = (pems: readonly string[]): Roots =>
  Map.groupBy(
    pems.map((pem) => new X509Certificate(pem)),
    ({ subject }) => subject,
  );

/** The certificates of a PEM text. */
export const rootsFromPem = (text: string): Roots =>
  bySubject(text.match(/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----.+?-----END [^-]+-----/gs) ?? []);

let systemRoots: Roots | null = null;

/** The roots that are trusted when a check names none; read once, for there are many. */
export const defaultRoots = (): Roots => {
  systemRoots ??= bySubject(getCACertificates('default'));
  return systemRoots;
};

const isIssuedBy = (certificate: X509Certificate, issuer: X509Certificate): boolean =>
  certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);

const isIn = (certificate: X509Certificate, roots: Roots): boolean =>
  (roots.get(certificate.subject) ?? []).some(({ fingerprint256 }) => fingerprint256 === certificate.fingerprint256);

const earlier = (one: Date, other: Date): Date => (one.getTime() <= other.getTime() ? one : other);

/**
 * Of all paths from the first of the presented certificates to a trusted root the one that lasts longest; null when
 * there is none. A widest-path search: each certificate is left at most once, however many may have issued each other.
 */
export const verifiedPath = (presented: readonly X509Certificate[], roots: Roots): Path | null => {
  const [leaf] = presented;
  if (leaf === undefined) return null;
  const open: Path[] = [{ certificates: [leaf], until: leaf.validToDate }];
  const left = new Set<string>();
  for (;;) {
    open.sort((one, other) => other.until.getTime() - one.until.getTime());
    const path = open.shift();
    const last = path?.certificates.at(-1);
    if (path === undefined || last === undefined) return null;
    if (isIn(last, roots)) return path;
    if (left.has(last.fingerprint256)) continue;
    left.add(last.fingerprint256);
    const candidates = [...(roots.get(last.issuer) ?? []), ...presented.slice(1)];
    for (const issuer of candidates.filter((one) => !left.has(one.fingerprint256) && isIssuedBy(last, one))) {
      open.push({ certificates: [...path.certificates, issuer], until: earlier(path.until, issuer.validToDate) });
    }
  }
};
