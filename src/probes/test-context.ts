import process from 'node:process';
import type { ProbeContext, ProbeWorld } from './probe.ts';

/** For tests: what looks get from a world with real clocks, in which nothing is kept, told or remembered. */
export const testWorld: ProbeWorld = {
  monotonicMs: () => performance.now(),
  now: () => new Date(),
  agent: { name: 'gonogo', version: '0.0.0' },
  proxyEnvironment: {},
  environment: {},
  folder: process.cwd(),
  redact: (text) => text,
  keep: async () => null,
  tell: () => {},
  session: null,
  earlier: async () => null,
};

/** For tests: the context of one look with its own deadline. */
export const testContext = (timeoutMs = 5000, changes: Partial<ProbeContext> = {}): ProbeContext => ({
  ...testWorld,
  signal: AbortSignal.timeout(timeoutMs),
  timeoutMs,
  asked: [],
  ...changes,
});
