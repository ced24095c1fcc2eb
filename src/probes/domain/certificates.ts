import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Walked } from './walk.ts';

const daysLeft = (tls: JsonObject): number => (typeof tls['days-left'] === 'number' ? tls['days-left'] : -Infinity);

/** Unverified before verified, then the one that expires first. */
const byWorst = (a: JsonObject, b: JsonObject): number => {
  const verified = Number(a['verified'] === true) - Number(b['verified'] === true);
  return verified === 0 ? daysLeft(a) - daysLeft(b) : verified;
};

const certificatesOf = ({ chain }: Walked): readonly JsonObject[] =>
  chain.hops.flatMap(({ url, facts }) => {
    const tls: Json | undefined = facts['tls'];
    return isJsonObject(tls) ? [{ ...tls, host: url.hostname }] : [];
  });

/** The worst certificate over all hops of all variants, with the host that showed it; null without any TLS hop. */
export const worstCertificate = (walked: readonly Walked[]): JsonObject | null =>
  walked.flatMap(certificatesOf).toSorted(byWorst)[0] ?? null;
