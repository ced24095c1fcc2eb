// oxlint-disable-next-line import/no-unassigned-import -- x509 wants it loaded before itself
import 'reflect-metadata';
import type { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** A certificate and its private key as PEM texts; `chain` is the certificate with the intermediates above it. */
export type Certificate = { readonly cert: string; readonly key: string; readonly chain: string };

/** A certificate authority that can sign; `cert` is what clients are to trust. */
export type Authority = Certificate & {
  readonly certificate: x509.X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
  /** Intermediates between this authority and its root, this one first; empty for a root. */
  readonly above: readonly string[];
};

export type CertificateOptions = {
  /** Null signs the certificate with its own key. */
  readonly authority: Authority | null;
  /** DNS names and IP addresses; the first is the common name too. */
  readonly names: readonly string[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  /** The whole subject, as `CN=a, O=b`, where the first name is not wanted. */
  readonly subject?: string;
  /** False leaves the names out, so that only the subject has one. */
  readonly alternativeNames?: boolean;
  readonly usage?: 'server' | 'client' | 'code-signing';
  /** What is too weak by now: a small key of its own, or a signature that can be forged. */
  readonly weakness?: 'rsa-1024' | 'sha-1';
  /** More extensions, for faults of their own. */
  readonly extensions?: readonly x509.Extension[];
};

export type AuthorityOptions = {
  readonly name?: string;
  /** Makes an intermediate under that authority. */
  readonly authority?: Authority | null;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  /** False makes a certificate that signs others although its own says that it must not. */
  readonly mayIssue?: boolean;
  /** More extensions, for faults of their own. */
  readonly extensions?: readonly x509.Extension[];
};

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const WEAK_KEY = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 1024,
  publicExponent: Uint8Array.of(1, 0, 1),
} as const;
const DAY_MS = 86_400_000;

const USAGES = {
  server: x509.ExtendedKeyUsage.serverAuth,
  client: x509.ExtendedKeyUsage.clientAuth,
  'code-signing': x509.ExtendedKeyUsage.codeSigning,
} as const;

x509.cryptoProvider.set(crypto);

const makeKeys = (weak = false): Promise<webcrypto.CryptoKeyPair> =>
  weak
    ? crypto.subtle.generateKey(WEAK_KEY, true, ['sign', 'verify'])
    : crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);

const keyPem = async ({ privateKey }: webcrypto.CryptoKeyPair): Promise<string> =>
  x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', privateKey), 'PRIVATE KEY');

const serial = (): string =>
  Buffer.from(crypto.getRandomValues(new Uint8Array(8)))
    .toString('hex')
    .replace(/^./, '1');

const isAddress = (name: string): boolean => /^[\d.]+$/.test(name) || name.includes(':');

const alternativeNames = (names: readonly string[]): x509.SubjectAlternativeNameExtension =>
  new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: isAddress(value) ? 'ip' : 'dns', value })));

const sign = async (
  keys: webcrypto.CryptoKeyPair,
  subject: string,
  issuer: Authority | null,
  dates: { readonly notBefore?: Date; readonly notAfter?: Date },
  extensions: readonly x509.Extension[],
  hash: 'SHA-256' | 'SHA-1' = 'SHA-256',
): Promise<x509.X509Certificate> =>
  x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject,
    issuer: issuer?.certificate.subject ?? subject,
    notBefore: dates.notBefore ?? new Date(Date.now() - DAY_MS),
    notAfter: dates.notAfter ?? new Date(Date.now() + 90 * DAY_MS),
    signingAlgorithm: { ...ALGORITHM, hash },
    publicKey: keys.publicKey,
    signingKey: (issuer?.keys ?? keys).privateKey,
    extensions: [
      ...extensions,
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create((issuer?.keys ?? keys).publicKey),
    ],
  });

/** A root, or an intermediate when `authority` is given. */
export const makeAuthority = async (options: AuthorityOptions = {}): Promise<Authority> => {
  const { name = 'Test Root', authority = null, mayIssue = true, extensions = [] } = options;
  const keys = await makeKeys();
  const certificate = await sign(keys, `CN=${name}`, authority, options, [
    new x509.BasicConstraintsExtension(mayIssue, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ...extensions,
  ]);
  const cert = `${certificate.toString('pem')}\n`;
  const above = authority === null ? [] : [cert, ...authority.above];
  return { certificate, keys, cert, key: await keyPem(keys), chain: [cert, ...above.slice(1)].join(''), above };
};

/** A certificate for a server, valid from yesterday for 90 days unless told otherwise. */
export const makeCertificate = async (options: CertificateOptions): Promise<Certificate> => {
  const { authority, names, subject = `CN=${names[0] ?? 'nobody'}`, usage = 'server', extensions = [] } = options;
  const keys = await makeKeys(options.weakness === 'rsa-1024');
  const own = [
    new x509.BasicConstraintsExtension(false),
    new x509.ExtendedKeyUsageExtension([USAGES[usage]]),
    ...(options.alternativeNames === false || names.length === 0 ? [] : [alternativeNames(names)]),
    ...extensions,
  ];
  const hash = options.weakness === 'sha-1' ? 'SHA-1' : 'SHA-256';
  const certificate = await sign(keys, subject, authority, options, own, hash);
  const cert = `${certificate.toString('pem')}\n`;
  return { cert, key: await keyPem(keys), chain: [cert, ...(authority?.above ?? [])].join('') };
};
