import type { Facts, Sign } from '../../model/observation.ts';
import { addressSigns } from '../http/family-facts.ts';
import type { Spec } from './schema.ts';
import { minVersion, VERSIONS } from './versions.ts';

const TLS_CODES = [
  'tls-expired',
  'tls-not-yet-valid',
  'tls-wrong-host',
  'tls-self-signed',
  'tls-untrusted',
  'tls-incomplete-chain',
  'tls-handshake',
] as const;

const trustSigns = ({ verified, cause, code }: Facts): readonly Sign[] =>
  verified === false
    ? [
        {
          code: TLS_CODES.find((known) => known === code) ?? 'tls-untrusted',
          fact: 'verified',
          message: typeof cause === 'string' ? cause : 'the certificate could not be verified',
        },
      ]
    : [];

const days = (count: number): string => `${count} ${count === 1 ? 'day' : 'days'}`;

const expirySign = (fact: 'days-left' | 'path-days-left', left: number, what: string, validTo: unknown): Sign => {
  const own = typeof validTo === 'string' ? ` (the server's own certificate: until ${validTo})` : '';
  return left < 0
    ? { code: 'tls-expired', fact, message: `a certificate of ${what} has expired${own}` }
    : { code: 'tls-expiring', fact, message: `${days(left)} left until a certificate of ${what} expires${own}` };
};

const expirySigns = (facts: Facts): readonly Sign[] => {
  const { 'days-left': left, 'path-days-left': pathLeft, 'valid-to': validTo } = facts;
  return [
    ...(typeof left === 'number' ? [expirySign('days-left', left, 'the presented chain', validTo)] : []),
    ...(typeof pathLeft === 'number' ? [expirySign('path-days-left', pathLeft, 'the verified path', validTo)] : []),
  ];
};

const versionSigns = ({ protocol }: Facts, spec: Spec): readonly Sign[] => {
  const least = minVersion(spec);
  return typeof protocol === 'string' && !VERSIONS.slice(VERSIONS.indexOf(least)).some((one) => one === protocol)
    ? [{ code: 'tls-protocol', fact: 'protocol', message: `the server speaks ${protocol}, older than ${least}` }]
    : [];
};

/** The conditions that a handshake can show. Pure. */
export const explainTls = (facts: Facts, spec: Spec): readonly Sign[] => [
  ...trustSigns(facts),
  ...expirySigns(facts),
  ...versionSigns(facts, spec),
  ...addressSigns(facts),
];
