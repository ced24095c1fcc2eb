import { Resolver } from 'node:dns/promises';
import { isIPv6 } from 'node:net';
import { within } from './within.ts';

/** What DNS says about one name: addresses, or the c-ares code of the trouble (`ENOTFOUND`). */
export type NameAnswer = { readonly addresses: readonly string[]; readonly trouble: string | null };

/** The names that an alias leads through, without the first; `loop` when it comes back to one. */
export type AliasChain = { readonly names: readonly string[]; readonly loop: boolean };

export type Family = 'any' | 4 | 6;

/** How long the other family may keep us waiting once one has answered (RFC 8305, 3). */
const OTHER_FAMILY_MS = 50;
/** The first try; each one after it waits twice as long. A lost packet costs a second, a slow server has seven. */
const TRY_MS = 1000;
const TRIES = 3;
const MOST_ALIASES = 12;

/** A resolver of its own for each look-up: what hangs in one holds up no other. Null asks the system's servers. */
export const newResolver = (server: string | null): Resolver => {
  const resolver = new Resolver({ timeout: TRY_MS, tries: TRIES });
  if (server !== null) resolver.setServers([server]);
  return resolver;
};

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'EUNKNOWN';

const ask = async (answer: Promise<readonly string[]>): Promise<NameAnswer> => {
  try {
    const addresses = await answer;
    return { addresses, trouble: addresses.length === 0 ? 'ENODATA' : null };
  } catch (error) {
    return { addresses: [], trouble: codeOf(error) };
  }
};

const WORST_FIRST = ['ECANCELLED', 'ENOTFOUND', 'ESERVFAIL', 'EREFUSED', 'ETIMEOUT'];

/** One answer out of those of the families: all addresses, or the trouble that says most. */
export const mergeAnswers = (answers: readonly NameAnswer[]): NameAnswer => {
  const addresses = answers.flatMap((answer) => answer.addresses);
  if (addresses.length > 0) return { addresses, trouble: null };
  const troubles = answers.map((answer) => answer.trouble).filter((trouble) => trouble !== null);
  const known = WORST_FIRST.find((trouble) => troubles.includes(trouble));
  return { addresses, trouble: known ?? troubles.find((trouble) => trouble !== 'ENODATA') ?? 'ENODATA' };
};

/**
 * Asks for the addresses of a name, both families at once. A family that hangs holds up neither one that has addresses
 * nor the news that the name does not exist, which is true for both.
 */
export const queryAddresses = async (resolver: Resolver, name: string, family: Family): Promise<NameAnswer> => {
  const queries = [
    ...(family === 6 ? [] : [ask(resolver.resolve4(name))]),
    ...(family === 4 ? [] : [ask(resolver.resolve6(name))]),
  ];
  const first = await Promise.race(queries.map(async (query) => [await query]));
  if (first.some(({ trouble }) => trouble === 'ENOTFOUND')) return mergeAnswers(first);
  if (first.some(({ trouble }) => trouble !== null)) return mergeAnswers(await Promise.all(queries));
  return mergeAnswers((await within(Promise.all(queries), OTHER_FAMILY_MS)) ?? first);
};

/** Follows the aliases of a name one by one. Never rejects: what cannot be asked ends the chain. */
export const queryAliases = async (resolver: Resolver, name: string): Promise<AliasChain> => {
  const names: string[] = [];
  while (names.length < MOST_ALIASES) {
    const { addresses } = await ask(resolver.resolveCname(names.at(-1) ?? name));
    const [next] = addresses;
    if (next === undefined) return { names, loop: false };
    const loop = next === name || names.includes(next);
    names.push(next);
    if (loop) return { names, loop };
  }
  return { names, loop: false };
};

/** IPv6 and IPv4 in turn, each in its own order (RFC 8305, 4). */
export const interleaved = (addresses: readonly string[]): readonly string[] => {
  const six = addresses.filter((address) => isIPv6(address));
  const four = addresses.filter((address) => !isIPv6(address));
  const longest = Math.max(six.length, four.length);
  return Array.from({ length: longest }, (_, index) => [six[index], four[index]])
    .flat()
    .filter((address) => address !== undefined);
};
