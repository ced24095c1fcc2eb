import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Facts, Sign } from '../../model/observation.ts';
import { REASON_CODES, type ReasonCode } from '../../model/reason-code.ts';
import { addressSigns } from '../http/family-facts.ts';
import { refreshSigns } from '../http/html/refresh-signs.ts';
import { tlsSigns } from '../http/signs.ts';
import { statusCode } from '../http/status-code.ts';
import { landsOn } from './lands-on.ts';
import type { Spec } from './schema.ts';

const objects = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter((item: Json): item is JsonObject => isJsonObject(item)) : [];

const texts = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((item: Json): item is string => typeof item === 'string') : [];

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

const codeOf = (value: Json | undefined): ReasonCode =>
  REASON_CODES.find((code) => code === value) ?? 'connect-unreachable';

/** `http-apex, http-www`: which chains are meant. */
const names = (chains: readonly JsonObject[]): string => chains.map((chain) => text(chain['variant'])).join(', ');

const loopSigns = (chains: readonly JsonObject[]): readonly Sign[] => {
  const looping = chains.filter((chain) => chain['loop'] !== undefined);
  const first = looping[0];
  if (first === undefined) return [];
  const who =
    looping.length === chains.length ? 'every variant ends' : `${names(looping)} end${looping.length === 1 ? 's' : ''}`;
  return [{ code: 'redirect-loop', fact: 'loop', message: `${who} in a redirect loop: ${text(first['loop'])}` }];
};

const problemSigns = (chains: readonly JsonObject[]): readonly Sign[] =>
  chains
    .filter((chain) => chain['problem'] !== undefined && chain['loop'] === undefined)
    .map((chain) => ({
      code: codeOf(chain['code']),
      fact: 'problem',
      message: `${names([chain])}: ${text(chain['problem'])} (${text(chain['text'])})`,
    }));

/** Variants that failed alike are told in one sentence. */
const failureSigns = (facts: Facts): readonly Sign[] =>
  [...Map.groupBy(objects(facts['failures']), (failure) => `${text(failure['code'])} ${text(failure['message'])}`)].map(
    ([, alike]) => ({
      code: codeOf(alike[0]?.['code']),
      fact: 'failures',
      message: `${names(alike)} cannot be asked: ${text(alike[0]?.['message'])}`,
    }),
  );

const statusSigns = (chains: readonly JsonObject[]): readonly Sign[] =>
  chains.flatMap((chain) => {
    const status = chain['final-status'];
    if (typeof status !== 'number' || (status >= 200 && status < 300)) return [];
    const message = `${names([chain])} ends with ${status} at ${text(chain['final-url'])}`;
    return [{ code: statusCode(status), fact: 'final-statuses', message }];
  });

/** `https://a/ (http-apex, https-apex), https://www.a/ (https-www)`. */
const endings = (chains: readonly JsonObject[]): string =>
  [
    ...Map.groupBy(
      chains.filter((chain) => chain['final-url'] !== undefined),
      (chain) => text(chain['final-url']),
    ),
  ]
    .map(([url, alike]) => `${url} (${names(alike)})`)
    .join(', ');

const targetSigns = (facts: Facts, chains: readonly JsonObject[], spec: Spec): readonly Sign[] => {
  const code = 'redirect-unexpected-target';
  const plain = chains.filter((chain) => text(chain['final-url']).startsWith('http:'));
  const target = landsOn(spec);
  return [
    ...(facts['variants-agree'] === false
      ? [{ code, fact: 'variants-agree', message: `the variants end on different URLs: ${endings(chains)}` } as const]
      : []),
    ...(plain.length > 0
      ? [
          {
            code,
            fact: 'https',
            message: `${names(plain)} ends without https, on ${text(plain[0]?.['final-url'])}`,
          } as const,
        ]
      : []),
    ...(target !== null && typeof facts['final-url'] === 'string' && facts['final-url'] !== target
      ? [{ code, fact: 'final-url', message: `the site is at ${facts['final-url']}, not at ${target}` } as const]
      : []),
  ];
};

const siteSigns = (facts: Facts): readonly Sign[] => {
  const mismatches = texts(facts['serves']);
  return [
    ...(mismatches.length === 0
      ? []
      : [{ code: 'wrong-site', fact: 'serves', message: `another site is served: ${mismatches.join('; ')}` } as const]),
    ...(facts['hsts'] === false
      ? [
          {
            code: 'assertion-failed',
            fact: 'hsts',
            message: `${text(facts['final-url'])} sends no Strict-Transport-Security with a max-age`,
          } as const,
        ]
      : []),
  ];
};

/** The certificate's own sentence does not always name the host. */
const certificateSigns = (facts: Facts): readonly Sign[] => {
  const tls = facts['tls'];
  const host = isJsonObject(tls) ? text(tls['host']) : '';
  return tlsSigns(facts).map((sign) => ({ ...sign, message: `certificate of ${host}: ${sign.message}` }));
};

/** The conditions that the walks of a domain show, each told in one sentence. Pure: reads nothing but the facts. */
export const explainDomain = (facts: Facts, spec: Spec): readonly Sign[] => {
  const chains = objects(facts['chains']);
  return [
    ...failureSigns(facts),
    ...certificateSigns(facts),
    ...loopSigns(chains),
    ...problemSigns(chains),
    ...statusSigns(chains),
    ...targetSigns(facts, chains, spec),
    ...siteSigns(facts),
    ...refreshSigns(facts),
    ...addressSigns(facts),
  ];
};
