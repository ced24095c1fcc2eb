import type { FactTable } from '../../model/fact.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Facts, Sign } from '../../model/observation.ts';
import type { ReasonCode } from '../../model/reason-code.ts';
import type { DefaultExpectation } from '../probe.ts';
import { statusCode } from './status-code.ts';

/** What the addresses of a name show, and `family: each` of its families. */
export const familyFactTable: FactTable = {
  unreachable: {
    type: 'list',
    description: 'addresses that failed while another one answered; empty when there are none',
    code: 'connect-unreachable',
  },
  'families.4': {
    type: 'object',
    description: '`family: each`: what came over IPv4, or its `failure`, with `address`; absent without IPv4',
  },
  'families.6': {
    type: 'object',
    description: '`family: each`: what came over IPv6, or its `failure`, with `address`; absent without IPv6',
  },
  'families-agree': {
    type: 'boolean',
    description: '`family: each`: whether every family that the name has answers alike',
  },
};

const AGREE: DefaultExpectation = {
  fact: 'families-agree',
  matcher: 'equals',
  expected: true,
  level: 'expect',
  code: 'assertion-failed',
};

/** Asked of a check that looks over each family. */
export const familyDefaults = ({ family }: { readonly family?: unknown }): readonly DefaultExpectation[] =>
  family === 'each' ? [AGREE] : [];

/** Asked of every check that chooses among the addresses of a name. */
export const unreachableDefault: DefaultExpectation = {
  fact: 'unreachable',
  matcher: 'empty',
  expected: true,
  level: 'warn',
  code: 'connect-unreachable',
};

const objects = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter((item: Json): item is JsonObject => isJsonObject(item)) : [];

const unreachableSigns = (facts: Facts): readonly Sign[] => {
  const dead = Array.isArray(facts['unreachable']) ? facts['unreachable'] : [];
  if (dead.length === 0) return [];
  const errors = new Map(objects(facts['addresses']).map(({ address, error }) => [address, error]));
  const told = dead.slice(0, 8).map((address) => `${address} ${errors.get(address) ?? 'does not answer'}`);
  const message = `an address that others may choose is dead: ${told.join('; ')}; another one answered`;
  return [{ code: 'connect-unreachable', fact: 'unreachable', message }];
};

const CODES: ReadonlyMap<string, ReasonCode> = new Map([
  ['certificate', 'tls-untrusted'],
  ['verified', 'tls-untrusted'],
  ['code', 'tls-untrusted'],
  ['protocol', 'tls-protocol'],
  ['connected', 'port-open'],
  ['failures', 'connect-unreachable'],
  ['final-url', 'redirect-unexpected-target'],
  ['content-type', 'wrong-content-type'],
  ['health', 'health-fail'],
  ['loop', 'redirect-loop'],
  ['serves', 'wrong-site'],
  ['title', 'wrong-site'],
]);

const codeOf = (name: string, ...values: readonly (Json | undefined)[]): ReasonCode => {
  const odd = values.find((value) => typeof value === 'number' && (value < 200 || value > 299));
  if (name === 'status' && typeof odd === 'number') return statusCode(odd);
  return CODES.get(name) ?? 'assertion-failed';
};

const shown = (value: Json | undefined): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return text.length > 120 ? `${text.slice(0, 120)}...` : text;
};

const differenceSigns = (facts: Facts): readonly Sign[] => {
  const { families } = facts;
  if (facts['families-agree'] !== false || !isJsonObject(families)) return [];
  const { 4: four, 6: six } = families;
  if (!isJsonObject(four) || !isJsonObject(six)) return [];
  const name = [...Object.keys(four), ...Object.keys(six)].find(
    (key) => key !== 'address' && JSON.stringify(four[key]) !== JSON.stringify(six[key]),
  );
  if (name === undefined) return [];
  const at = ({ address }: JsonObject): string => (typeof address === 'string' ? ` (${address})` : '');
  const message = `the families differ in ${name}: IPv4${at(four)} has ${shown(four[name])}, IPv6${at(six)} has ${shown(six[name])}`;
  return [{ code: codeOf(name, four[name], six[name]), fact: 'families-agree', message }];
};

/** What the addresses of a name show: dead ones, and families that do not answer alike. Pure. */
export const addressSigns = (facts: Facts): readonly Sign[] => [...unreachableSigns(facts), ...differenceSigns(facts)];
