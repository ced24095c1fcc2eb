/** Whether a host belongs to a site. Hosts are lower case, as `URL.hostname` gives them. */
export type Site = (hostname: string) => boolean;

const isAddress = (hostname: string): boolean => hostname.startsWith('[') || /^\d+(\.\d+){3}$/.test(hostname);

/** `*.example.com` is every name under example.com, any other pattern that host alone. */
const fits = (hostname: string, pattern: string): boolean =>
  pattern.startsWith('*.') ? hostname.endsWith(pattern.slice(1)) : hostname === pattern;

/**
 * The site of a host: the host without `www.`, and every name under it. Names beside it (`static.example.com` for
 * `app.example.com`) do not count by themselves: who shares a domain is not known from the name.
 */
export const siteOf = (hostname: string, patterns: readonly string[] = []): Site => {
  const base = hostname.replace(/^www\./, '');
  const own = isAddress(hostname) ? [hostname] : [base, `*.${base}`];
  const all = [...own, ...patterns.map((pattern) => pattern.toLowerCase())];
  return (other) => all.some((pattern) => fits(other, pattern));
};

/** The host of an address; empty for what has none or is no address. */
export const hostOf = (url: string): string => URL.parse(url)?.hostname ?? '';
