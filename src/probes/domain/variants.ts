import type { Spec } from './schema.ts';

/** An entrance to a domain. */
export type VariantName = NonNullable<Spec['variants']>[number];

/** `optional` variants count only when their name exists: nobody asked for them by name. */
export type Variant = { readonly name: VariantName; readonly url: URL; readonly optional: boolean };

const ALL: readonly VariantName[] = ['http-apex', 'https-apex', 'http-www', 'https-www'];

/** The domain without `www.`. */
export const apexOf = ({ name }: Spec): string => name.replace(/^www\./i, '');

const isAddress = (host: string): boolean => /^\[|^\d+(\.\d+){3}$/.test(new URL(`http://${host}/`).hostname);

const urlOf = (spec: Spec, name: VariantName): URL => {
  const scheme = name.startsWith('https') ? 'https' : 'http';
  const port = scheme === 'https' ? (spec['https-port'] ?? 443) : (spec['http-port'] ?? 80);
  return new URL(`${scheme}://${name.endsWith('www') ? 'www.' : ''}${apexOf(spec)}:${port}/`);
};

/** The entrances to walk from: those that are listed, else all four; an address has no www. */
export const variantsOf = (spec: Spec): readonly Variant[] => {
  const names = spec.variants ?? (isAddress(apexOf(spec)) ? ALL.slice(0, 2) : ALL);
  const wwwIsGiven = spec.variants !== undefined || /^www\./i.test(spec.name);
  return names.map((name) => ({ name, url: urlOf(spec, name), optional: name.endsWith('www') && !wwwIsGiven }));
};
