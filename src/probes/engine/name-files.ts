/** The addresses that a hosts file gives a name, in its order. `name` is in lower case. */
export const hostsAddresses = (text: string, name: string): readonly string[] =>
  text.toLowerCase().includes(name)
    ? text
        .split('\n')
        .map((line) => line.replace(/#.*$/s, '').trim().toLowerCase().split(/\s+/))
        .filter(([, ...names]) => names.includes(name))
        .map(([address = '']) => address)
    : [];

const optionDots = (line: string): number | null => {
  const [, dots] = /\bndots:(\d+)/.exec(line) ?? [];
  return dots === undefined ? null : Math.min(Number(dots), 15);
};

/**
 * The full names that a name may stand for by resolv.conf(5): one with fewer dots than `ndots` is tried in the search
 * domains first. A name with enough dots, or a last one, stands for itself alone: a wildcard in a search domain must not
 * answer for a name that does not exist.
 */
export const searchNames = (resolvConf: string, name: string): readonly string[] => {
  const lines = resolvConf.split('\n').map((line) => line.trim());
  const search =
    lines
      .findLast((line) => /^(?:search|domain)\s/.test(line))
      ?.split(/\s+/)
      .slice(1) ?? [];
  const ndots =
    lines
      .filter((line) => /^options\s/.test(line))
      .map(optionDots)
      .findLast((dots) => dots !== null) ?? 1;
  const dots = name.split('.').length - 1;
  if (name.endsWith('.') || dots >= ndots) return [name];
  return [...search.map((domain) => `${name}.${domain.replace(/^\.|\.$/g, '')}`), name];
};
