import type { JsonObject } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import { VERSIONS } from './versions.ts';

const chosen = (facts: Facts, names: readonly string[]): JsonObject =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = facts[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );

/** What the families must have alike. Two servers may well have certificates of their own. */
export const tlsEssence = (facts: Facts): JsonObject => chosen(facts, ['verified', 'code', 'protocol']);

/** What is told of each family beside that. */
export const certificateOf = (facts: Facts): JsonObject =>
  chosen(facts, ['subject', 'valid-to', 'days-left', 'fingerprint']);

const A_VERSION = 1e6;
const UNVERIFIED = 1e9;

/** A certificate that does not hold is worse than an old version, and that than few days. */
export const badness = ({ verified, protocol, 'days-left': left }: Facts): number => {
  const newer = VERSIONS.length - VERSIONS.findIndex((version) => version === protocol);
  return (verified === true ? 0 : UNVERIFIED) + newer * A_VERSION - (typeof left === 'number' ? left : 0);
};
