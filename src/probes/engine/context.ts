import type { ProbeContext } from '../probe.ts';

/** The part of a probe's context that an exchange needs. */
export type EngineContext = Pick<
  ProbeContext,
  'signal' | 'timeoutMs' | 'monotonicMs' | 'now' | 'agent' | 'proxyEnvironment'
> & { readonly session?: ProbeContext['session'] };
