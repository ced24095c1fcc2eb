/** The layers of a look, outermost first; the first one that is broken names the cause. */
export const LAYERS = [
  'dns',
  'tcp',
  'tls',
  'redirect',
  'http',
  'protocol',
  'auth',
  'tool-list',
  'schema',
  'content',
  'freshness',
  'quality',
  'run',
] as const;

export type Layer = (typeof LAYERS)[number];
