import type { Facts } from '../../model/observation.ts';
import type { Connection, Timings, TlsFacts } from './answer.ts';

/**
 * The facts that every kind over HTTP reports under the same names: `remote-address`, `dns` (`addresses`, `cname`),
 * `addresses` (every one that was tried), `proxy`, `tls` and `timings`. What was not reached is absent.
 */
export const connectionFacts = (connection: Connection, timings: Timings): Facts => ({
  ...(connection.address === null ? {} : { 'remote-address': connection.address }),
  ...(connection.resolved.length === 0 && connection.cnames.length === 0
    ? {}
    : { dns: { addresses: connection.resolved, cname: connection.cnames } }),
  ...(connection.tried.length === 0
    ? {}
    : {
        addresses: connection.tried.map(({ address, family, error }) => ({
          address,
          family,
          ...(error === null ? {} : { error }),
        })),
      }),
  ...(connection.viaProxy === null ? {} : { proxy: connection.viaProxy }),
  ...(connection.tls === null ? {} : { tls: tlsFacts(connection.tls) }),
  timings: { ...timings },
});

const tlsFacts = (tls: TlsFacts): Facts => ({
  protocol: tls.protocol,
  cipher: tls.cipher,
  verified: tls.verified,
  ...(tls.cause === null ? {} : { cause: tls.cause }),
  ...(tls.code === null ? {} : { code: tls.code }),
  subject: tls.subject,
  issuer: tls.issuer,
  sans: tls.sans,
  'valid-from': tls.validFrom,
  'valid-to': tls.validTo,
  'days-left': tls.daysLeft,
  fingerprint: tls.fingerprint,
  chain: tls.chain,
});
