import { domainToUnicode } from 'node:url';
import { canonicalHost } from '../tcp/endpoint.ts';
import type { Spec } from './schema.ts';

/** An entrance to a domain. */
export type VariantName = NonNullable<Spec['variants']>[number];

/** `optional` variants count only when their name exists: nobody asked for them by name. */
export type Variant = { readonly name: VariantName; readonly url: URL; readonly optional: boolean };

const ALL: readonly VariantName[] = ['http-apex', 'https-apex', 'http-www', 'https-www'];

/** The name as DNS, TLS and redirects write it. */
const canonical = ({ name }: Spec): string => {
  const host = canonicalHost(name) ?? name;
  return host.includes(':') ? `[${host}]` : host;
};

/** The domain without `www.`. */
export const apexOf = (spec: Spec): string => canonical(spec).replace(/^www\./, '');

/** The domain as it was written, with its other form beside it where that differs: names may look like others. */
export const shownName = (spec: Spec): string => {
  const ascii = canonical(spec);
  return ascii.includes('xn--') ? `${domainToUnicode(ascii)} (${ascii})` : spec.name;
};

const isAddress = (host: string): boolean => host.startsWith('[') || /^\d+(\.\d+){3}$/.test(host);

const urlOf = (spec: Spec, name: VariantName): URL => {
  const scheme = name.startsWith('https') ? 'https' : 'http';
  const port = scheme === 'https' ? (spec['https-port'] ?? 443) : (spec['http-port'] ?? 80);
  return new URL(`${scheme}://${name.endsWith('www') ? 'www.' : ''}${apexOf(spec)}:${port}/`);
};

/** The entrances to walk from: those that are listed, else all four; an address has no www. */
export const variantsOf = (spec: Spec): readonly Variant[] => {
  const names = spec.variants ?? (isAddress(apexOf(spec)) ? ALL.slice(0, 2) : ALL);
  const wwwIsGiven = spec.variants !== undefined || canonical(spec).startsWith('www.');
  return names.map((name) => ({ name, url: urlOf(spec, name), optional: name.endsWith('www') && !wwwIsGiven }));
};
