import { probes } from './registry.ts';

const isKind = (name: string): name is keyof typeof probes => Object.hasOwn(probes, name);

/**
 * Imports what the given kinds look with, before the first look: a module that loads during a look would be counted as
 * time of the target. A module that cannot be imported is left to the look, which reports it.
 */
export const preloadKinds = async (kinds: Iterable<string>): Promise<void> => {
  await Promise.allSettled([...new Set(kinds)].filter(isKind).map((kind) => probes[kind].load()));
};
