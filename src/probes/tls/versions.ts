import type { Spec } from './schema.ts';

/** The versions that are still in order, oldest first. */
export const VERSIONS = ['TLSv1.2', 'TLSv1.3'] as const;

/** The oldest version that a check lets pass. */
export const minVersion = (spec: Spec): (typeof VERSIONS)[number] => spec['min-version'] ?? 'TLSv1.2';
