import { isJsonObject, type Json } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import { isDead } from '../engine/dial.ts';

const deadOf = ({ addresses }: Facts): readonly Json[] =>
  Array.isArray(addresses)
    ? addresses
        .filter((item: Json) => isJsonObject(item))
        .flatMap(({ address, error }) =>
          address !== undefined && typeof error === 'string' && isDead(error) ? [address] : [],
        )
    : [];

/**
 * The fact `unreachable`: the addresses of several connections that failed while another of the same name answered.
 * Absent when nobody answered: then the failure itself tells of them.
 */
export const unreachableFacts = (connections: readonly Facts[]): Facts => {
  const answered = connections.filter((facts) => facts['remote-address'] !== undefined);
  return answered.length === 0 ? {} : { unreachable: [...new Set(answered.flatMap(deadOf))] };
};
