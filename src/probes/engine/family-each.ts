import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import { CouldNotLook } from '../probe.ts';
import type { EngineContext } from './context.ts';
import { chooseProxy, proxyName } from './proxy.ts';
import type { HttpRequest } from './request.ts';

/** What a look over one family alone came to. */
export type FamilySeen = { readonly family: 4 | 6; readonly facts: Facts; readonly failure: CouldNotLook | null };

/** What of an answer must be alike whichever family it came over. Never has the member `failure` or `address`. */
export type Essence = (facts: Facts) => JsonObject;

export type FamilyOptions = {
  /** What is told of a family although it may differ. */
  readonly beside?: Essence;
  /** How bad an answer is: the facts are those of the worst family, so that what is asked of one is asked of both. */
  readonly badness?: (facts: Facts) => number;
};

const FAMILIES = [4, 6] as const;
const NO_ADDRESS: ReadonlySet<string> = new Set(['dns-no-records', 'dns-nxdomain']);

/** Whether a failure says that a name has no address, of one family for example. */
export const hasNoAddress = ({ code }: CouldNotLook): boolean => NO_ADDRESS.has(code);

/** Through a proxy it is the proxy that chooses the family. Throws `CouldNotLook` when a request would go through one. */
export const refuseProxy = (
  request: Pick<HttpRequest, 'url' | 'proxy' | 'connectTo'>,
  environment: EngineContext['proxyEnvironment'],
): void => {
  const proxy = chooseProxy(request, environment);
  if (proxy === null) return;
  const message = `the proxy ${proxyName(proxy)} chooses the family itself: each one can only be asked without a proxy`;
  throw new CouldNotLook('proxy-error', message);
};

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

const addressOf = ({ facts }: FamilySeen): Json | undefined => {
  const tried = listOf(facts['addresses']).filter(isJsonObject);
  return facts['remote-address'] ?? (tried.find(({ error }) => error === undefined) ?? tried[0])?.['address'];
};

const toldOf = (seen: FamilySeen, essence: Essence, beside: Essence): JsonObject => {
  const address = addressOf(seen);
  return {
    ...(seen.failure === null
      ? { ...essence(seen.facts), ...beside(seen.facts) }
      : { failure: seen.failure.code, message: seen.failure.message }),
    ...(address === undefined ? {} : { address }),
  };
};

const union = (all: readonly FamilySeen[], name: string): Facts => {
  const lists = all.filter(({ facts }) => facts[name] !== undefined);
  return lists.length === 0 ? {} : { [name]: lists.flatMap(({ facts }) => listOf(facts[name])) };
};

const NOTHING: Essence = () => ({});

const familyFacts = (all: readonly FamilySeen[], essence: Essence, { beside = NOTHING }: FamilyOptions): Facts => {
  const [first, ...others] = all.map(({ facts, failure }) => (failure === null ? essence(facts) : null));
  return {
    ...union(all, 'addresses'),
    ...union(all, 'unreachable'),
    families: Object.fromEntries(all.map((seen) => [String(seen.family), toldOf(seen, essence, beside)])),
    'families-agree': first !== null && others.every((other) => isDeepStrictEqual(other, first)),
  };
};

const failureOver = (failed: readonly (FamilySeen & { readonly failure: CouldNotLook })[], alone: boolean): string =>
  failed.map(({ family, failure }) => (alone ? failure.message : `over IPv${family}: ${failure.message}`)).join('; ');

/**
 * One result out of those of the families that a name has. The facts are those of the worst, else of IPv4, or of the only
 * family that answers nothing: a failure of one is thrown, whatever the other answers.
 */
export const mergeFamilies = (all: readonly FamilySeen[], essence: Essence, options: FamilyOptions = {}): Facts => {
  const { badness = () => 0 } = options;
  const [first] = all.toSorted((a, b) => badness(b.facts) - badness(a.facts));
  if (first === undefined) throw new Error('a name without any family must have failed');
  const facts = familyFacts(all, essence, options);
  const failed = all.flatMap(({ failure, ...seen }) => (failure === null ? [] : [{ ...seen, failure }]));
  const [worst] = failed;
  if (worst === undefined) return { ...first.facts, ...facts };
  const { code } = worst.failure;
  const message = failureOver(failed, all.length === 1);
  throw new CouldNotLook(code, message, { ...worst.facts, ...facts }, { cause: worst.failure });
};

const seenOver = async (family: 4 | 6, look: (family: 4 | 6) => Promise<Facts>): Promise<FamilySeen> => {
  try {
    return { family, facts: await look(family), failure: null };
  } catch (error) {
    if (!(error instanceof CouldNotLook)) throw error;
    return { family, facts: error.facts, failure: error };
  }
};

/** A redirect to a name without that family is a dead end; the first name without it has just one family less. */
const isThere = ({ facts, failure }: FamilySeen): boolean =>
  failure === null || !hasNoAddress(failure) || (typeof facts['redirects'] === 'number' && facts['redirects'] > 0);

/** Looks over both families at the same time, each alone. A name may lack one of them, and must have one. */
export const lookAtEachFamily = async (
  look: (family: 4 | 6) => Promise<Facts>,
  essence: Essence,
  options: FamilyOptions = {},
): Promise<Facts> => {
  const all = await Promise.all(FAMILIES.map((family) => seenOver(family, look)));
  const there = all.filter(isThere);
  return mergeFamilies(there.length === 0 ? all : there, essence, options);
};
