import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { platform } from 'node:os';
import { CouldNotLook } from '../probe.ts';
import { type AliasChain, type Family, newResolver, queryAddresses, queryAliases } from './dns-query.ts';
import { hostsAddresses, searchNames } from './name-files.ts';
import { printable } from './printable.ts';
import { within } from './within.ts';

/** Where a name leads. Whoever holds it closes it: look-ups of aliases may still be under way. */
export type Resolution = {
  /** In the order of DNS, IPv4 first. */
  readonly addresses: readonly string[];
  /** Canonical names on the way; never rejects. */
  readonly aliases: Promise<AliasChain>;
  readonly close: () => void;
};

export type ResolveOptions = {
  readonly family: Family;
  /** `address:port`; null for the system's servers and hosts file. */
  readonly server: string | null;
  readonly signal: AbortSignal;
  /** Hears which name servers are asked, once they are. */
  readonly asking?: (servers: string) => void;
};

const HOSTS_FILE = platform() === 'win32' ? String.raw`C:\Windows\System32\drivers\etc\hosts` : '/etc/hosts';
const RESOLV_CONF = '/etc/resolv.conf';
const MOST_ADDRESSES = 100;
/** How long we ask on to tell a name that is not there from an alias that leads nowhere. */
const DIAGNOSIS_MS = 500;
const NO_ALIASES: AliasChain = { names: [], loop: false };

/** The address that a host is already, without brackets; null for a name. */
export const literalAddress = (host: string): string | null => {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  return isIP(bare) === 0 ? null : bare;
};

const readText = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

const ofFamily = (addresses: readonly string[], family: Family): readonly string[] =>
  addresses.filter((address) => (family === 'any' ? isIP(address) !== 0 : isIP(address) === family));

const localAddresses = async (name: string, { family, server }: ResolveOptions): Promise<readonly string[]> => {
  const hosts = server === null ? ofFamily(hostsAddresses(await readText(HOSTS_FILE), name), family) : [];
  const isLocal = name === 'localhost' || name.endsWith('.localhost');
  return hosts.length === 0 && isLocal ? ofFamily(['127.0.0.1', '::1'], family) : hosts;
};

const recordTypes = (family: Family): string => (family === 'any' ? 'A or AAAA' : family === 4 ? 'A' : 'AAAA');

type Asked = { readonly host: string; readonly family: Family; readonly servers: string; readonly chain: AliasChain };

/** What DNS says against a name, as a reason and one sentence. `trouble` is a c-ares code. */
export const dnsTrouble = (trouble: string, { host, family, servers, chain }: Asked): CouldNotLook => {
  const name = printable(host, 255);
  const path = [name, ...chain.names.map((alias) => printable(alias, 255))];
  const end = path.at(-1) ?? name;
  const who = path.length > 1 ? `${name} is an alias of ${end}, which` : name;
  const facts = chain.names.length === 0 ? {} : { dns: { addresses: [], cname: path.slice(1) } };
  const because = (...[code, message]: readonly ['dns-nxdomain' | DnsCode, string]): CouldNotLook =>
    new CouldNotLook(code, message, facts);
  if (chain.loop) return because('dns-cname-loop', `the aliases of ${name} go in a circle: ${path.join(' -> ')}`);
  if (trouble === 'ENOTFOUND') return because('dns-nxdomain', `${who} does not exist (NXDOMAIN from ${servers})`);
  if (trouble === 'ENODATA') {
    return because('dns-no-records', `${who} has no ${recordTypes(family)} record (asked ${servers})`);
  }
  if (trouble === 'ESERVFAIL') return because('dns-servfail', `${servers} failed to look up ${name} (SERVFAIL)`);
  if (trouble === 'EREFUSED') return because('dns-refused', `${servers} refused to look up ${name} (REFUSED)`);
  if (trouble === 'ETIMEOUT') return because('dns-timeout', `${servers} did not answer about ${name}`);
  if (trouble === 'ECONNREFUSED') {
    const over = 'over UDP, or over TCP for an answer that was cut off';
    return because('dns-refused', `no name server answers at ${servers} (${over})`);
  }
  if (trouble === 'EBADNAME') return because('dns-nxdomain', `${name} is not a name that DNS can hold`);
  return because('dns-servfail', `${servers} gave an answer about ${name} that cannot be used (${trouble})`);
};

type DnsCode = 'dns-no-records' | 'dns-servfail' | 'dns-refused' | 'dns-timeout' | 'dns-cname-loop';

const resolveByDns = async (host: string, options: ResolveOptions): Promise<Resolution> => {
  const { family, server, signal, asking } = options;
  const resolver = newResolver(server);
  const servers = resolver.getServers().join(', ');
  asking?.(servers);
  const cancel = (): void => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  /** Later, because c-ares itself may be calling us now. */
  const close = (): void => {
    signal.removeEventListener('abort', cancel);
    setImmediate(cancel);
  };
  try {
    const names = server === null ? searchNames(await readText(RESOLV_CONF), host) : [host];
    for (const name of names) {
      signal.throwIfAborted();
      const { addresses, trouble } = await queryAddresses(resolver, name, family);
      signal.throwIfAborted();
      if (trouble === null) {
        return { addresses: addresses.slice(0, MOST_ADDRESSES), aliases: queryAliases(resolver, name), close };
      }
      const goesOn = name !== names.at(-1) && (trouble === 'ENOTFOUND' || trouble === 'ENODATA');
      if (goesOn) continue;
      const chain = (await within(queryAliases(resolver, name), DIAGNOSIS_MS)) ?? NO_ALIASES;
      signal.throwIfAborted();
      throw dnsTrouble(trouble, { host, family, servers, chain });
    }
    return { addresses: [], aliases: Promise.resolve(NO_ALIASES), close };
  } catch (error) {
    close();
    throw error;
  }
};

/**
 * Looks a name up: hosts file, `localhost`, then DNS by c-ares, never getaddrinfo. Throws `CouldNotLook` with a `dns-*`
 * reason, or the signal's reason when it is aborted.
 */
export const resolveHost = async (host: string, options: ResolveOptions): Promise<Resolution> => {
  const literal = literalAddress(host);
  const local = literal === null ? await localAddresses(host.toLowerCase().replace(/\.$/, ''), options) : [literal];
  const addresses = ofFamily(local, options.family);
  options.signal.throwIfAborted();
  if (literal !== null && addresses.length === 0) {
    throw new CouldNotLook('dns-no-records', `${literal} is not an IPv${options.family} address`);
  }
  if (addresses.length > 0) return { addresses, aliases: Promise.resolve(NO_ALIASES), close: () => {} };
  return resolveByDns(host, options);
};
