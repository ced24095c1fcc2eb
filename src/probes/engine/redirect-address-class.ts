import { BlockList, isIP } from 'node:net';

/** How far inside a network an address lies. */
export type AddressClass = 'public' | 'private' | 'loopback' | 'link-local';

const V4: readonly (readonly [AddressClass, string, number])[] = [
  ['loopback', '127.0.0.0', 8],
  ['loopback', '0.0.0.0', 8],
  ['link-local', '169.254.0.0', 16],
  ['private', '10.0.0.0', 8],
  ['private', '172.16.0.0', 12],
  ['private', '192.168.0.0', 16],
  ['private', '100.64.0.0', 10],
  ['private', '192.0.0.0', 24],
  ['private', '198.18.0.0', 15],
  ['private', '224.0.0.0', 3],
];

const V6: readonly (readonly [AddressClass, string, number])[] = [
  ['loopback', '::1', 128],
  ['loopback', '::', 128],
  ['link-local', 'fe80::', 10],
  ['private', 'fc00::', 7],
  ['private', 'fec0::', 10],
  ['private', 'ff00::', 8],
];

/** IPv4 inside IPv6: mapped, compatible, and translated by NAT64. */
const EMBEDDED = ['::ffff:', '::', '64:ff9b::'];

const lists: readonly (readonly [AddressClass, BlockList])[] = (['loopback', 'link-local', 'private'] as const).map(
  (name) => {
    const list = new BlockList();
    for (const [, network, prefix] of V4.filter(([group]) => group === name)) {
      list.addSubnet(network, prefix, 'ipv4');
      for (const outer of EMBEDDED) list.addSubnet(`${outer}${network}`, 96 + prefix, 'ipv6');
    }
    for (const [, network, prefix] of V6.filter(([group]) => group === name)) list.addSubnet(network, prefix, 'ipv6');
    return [name, list] as const;
  },
);

/** The class of an address in any of its notations; anything that is no address counts as public. */
export const addressClass = (address: string): AddressClass => {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  const family = isIP(bare);
  if (family === 0) return 'public';
  return lists.find(([, list]) => list.check(bare, family === 6 ? 'ipv6' : 'ipv4'))?.[0] ?? 'public';
};

/** The class that a URL's host shows by itself: a literal address or `localhost`; null for a name. */
export const hostClass = (hostname: string): AddressClass | null => {
  if (/(^|\.)localhost\.?$/i.test(hostname)) return 'loopback';
  return isIP(hostname.replace(/^\[|\]$/g, '')) === 0 ? null : addressClass(hostname);
};

/** Whether a redirect from one class to another leads further inside than the start was. */
export const leadsInside = (from: AddressClass, to: AddressClass): boolean =>
  from !== to && to !== 'public' && !(from !== 'public' && to === 'private');
