import type { FactTable } from '../../model/fact.ts';
import { familyFactTable } from '../http/family-facts.ts';

/** What a TLS handshake shows. */
export const tlsFactTable: FactTable = {
  verified: {
    type: 'boolean',
    description: 'whether the certificate is valid for the host, by a path to a trusted root',
    code: 'tls-untrusted',
  },
  cause: { type: 'string', description: 'why the certificate is not valid; absent when it is' },
  code: { type: 'string', description: 'reason code of `cause`; absent when the certificate is valid' },
  protocol: { type: 'string', description: 'version that was agreed on, as `TLSv1.3`', code: 'tls-protocol' },
  cipher: { type: 'string', description: 'cipher suite of the session' },
  subject: { type: 'string', description: 'subject of the certificate' },
  issuer: { type: 'string', description: 'issuer of the certificate' },
  sans: { type: 'list', description: 'names and addresses that the certificate is for' },
  'valid-from': { type: 'time', description: 'start of validity' },
  'valid-to': { type: 'time', description: 'end of validity', code: 'tls-expiring' },
  'days-left': {
    type: 'number',
    description: 'whole days until the first certificate of the presented chain expires; negative when past',
    code: 'tls-expiring',
  },
  chain: { type: 'list', description: 'subjects of the presented chain, leaf first' },
  'path-days-left': {
    type: 'number',
    description: 'whole days until the longest-lived path to a trusted root ends; absent when there is none',
    code: 'tls-expiring',
  },
  path: { type: 'list', description: 'subjects of that path, leaf first; absent when there is none' },
  fingerprint: { type: 'string', description: 'SHA-256 of the certificate as lower-case hex' },
  addresses: { type: 'list', description: 'every address that was tried, with the error of those that failed' },
  ...familyFactTable,
  'remote-address': { type: 'string', description: 'address of the peer that answered' },
  'dns.addresses': { type: 'list', description: 'addresses that the name resolved to, in order' },
  'dns.cname': { type: 'list', description: 'canonical names on the way to the addresses, in order' },
  duration: { type: 'duration', description: 'from the look-up of the name to the end of the handshake', code: 'slow' },
  'timings.*': {
    type: 'duration',
    description: '`dns connect tls other total`; `tls` holds STARTTLS and the handshake; absent when not reached',
    code: 'slow',
  },
};
