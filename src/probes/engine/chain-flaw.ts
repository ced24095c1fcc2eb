import type { X509Certificate } from 'node:crypto';

const MINIMAL_RSA_BITS = 2048;

/** Object identifiers as DER: signatures over MD5 and SHA-1, and the extension that limits whom an authority may name. */
const FORGEABLE = ['2a864886f70d010104', '2a864886f70d010105', '2a8648ce3d0401', '2a8648ce380403'];
const NAME_CONSTRAINTS = '551d1e';

const holds = ({ raw }: X509Certificate, identifier: string): boolean => {
  const length = (identifier.length / 2).toString(16).padStart(2, '0');
  return raw.includes(Buffer.from(`06${length}${identifier}`, 'hex'));
};

/** A root is trusted for being known, not for its signature. */
const isForgeable = (certificate: X509Certificate): boolean =>
  certificate.subject !== certificate.issuer && FORGEABLE.some((identifier) => holds(certificate, identifier));

const weakBits = (chain: readonly X509Certificate[]): number | null => {
  const lengths = chain.map(({ publicKey }) => publicKey.asymmetricKeyDetails?.modulusLength);
  return lengths.find((bits) => bits !== undefined && bits < MINIMAL_RSA_BITS) ?? null;
};

/**
 * What OpenSSL refuses in a chain and Node has no code for, read out of the certificates: keys and signatures that are
 * too weak, and names that an authority may not vouch for. Null when there is nothing of the kind.
 */
export const chainFlaw = (chain: readonly X509Certificate[]): string | null => {
  const bits = weakBits(chain);
  if (bits !== null) return `the RSA key of ${bits} bits is too weak`;
  if (chain.some(isForgeable)) return 'a signature in the chain is too weak (SHA-1 or MD5)';
  return chain.slice(1).some((one) => holds(one, NAME_CONSTRAINTS))
    ? 'an issuing certificate may not vouch for this name (name constraints)'
    : null;
};
