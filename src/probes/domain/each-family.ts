import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import type { EngineContext } from '../engine/context.ts';
import { hasNoAddress, mergeFamilies, refuseProxy } from '../engine/family-each.ts';
import type { CouldNotLook } from '../probe.ts';
import type { Spec } from './schema.ts';
import type { Variant } from './variants.ts';
import { requestOf, walkVariants, type Walked } from './walk.ts';

/** What the walks over one family came to. */
export type Seen = { readonly facts: Facts; readonly failure: CouldNotLook | null };

/** The entrance has no address of the family that was walked over. */
const isAbsent = ({ chain }: Walked): boolean =>
  chain.hops.length === 1 && chain.failure !== null && hasNoAddress(chain.failure);

/** A name that has an address of the other family only is no fault; one that has none at all stays. */
const present = (own: readonly Walked[], other: readonly Walked[]): readonly Walked[] =>
  own.filter((walked, index) => {
    const twin = other[index];
    return !isAbsent(walked) || twin === undefined || isAbsent(twin);
  });

const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

const failureText = (failure: Json): readonly string[] =>
  isJsonObject(failure) ? [`${String(failure['variant'])}: ${String(failure['code'])}`] : [];

/** Everything that is asked of a domain, so that what is asked of one family is asked of both. */
const domainEssence = (facts: Facts): JsonObject => {
  const { page, tls } = facts;
  const failures = list(facts['failures']).flatMap(failureText);
  const said: { readonly [name: string]: Json | undefined } = {
    failures: failures.length === 0 ? undefined : failures,
    loop: facts['loop'],
    problem: facts['problem'],
    status: facts['final-status'],
    statuses: [...new Set(list(facts['final-statuses']))].toSorted(),
    'final-url': facts['final-url'],
    'variants-agree': facts['variants-agree'],
    https: facts['https'],
    hsts: facts['hsts'],
    certificate: isJsonObject(tls) && tls['verified'] !== true ? tls['code'] : undefined,
    title: isJsonObject(page) ? page['title'] : undefined,
    serves: facts['serves'],
    refresh: facts['refresh'],
  };
  return Object.fromEntries(
    Object.entries(said).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
};

/** Walks from every entrance over IPv4 and over IPv6, as far as its name has them. Throws `CouldNotLook`. */
export const walkEachFamily = async (
  spec: Spec,
  variants: readonly Variant[],
  context: EngineContext,
  see: (walked: readonly Walked[]) => Seen,
): Promise<Facts> => {
  if (spec['connect-to'] === undefined) {
    for (const { url } of variants) refuseProxy(requestOf(spec, url, 'any'), context.proxyEnvironment);
  }
  const [four, six] = await Promise.all([
    walkVariants(spec, variants, context, undefined, 4),
    walkVariants(spec, variants, context, undefined, 6),
  ]);
  const walks = [
    { family: 4, walked: present(four, six) },
    { family: 6, walked: present(six, four) },
  ] as const;
  const seen = walks.flatMap(({ family, walked }) => (walked.length === 0 ? [] : [{ family, ...see(walked) }]));
  return mergeFamilies(seen, domainEssence);
};
