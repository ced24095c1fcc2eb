import type { ProbeContext } from '../probe.ts';
import type { Spec } from './schema.ts';

/** How a server was reached: asking again which era it is of would cost it a request, and a silent one its time. */
export type Way = { readonly transport: 'http' | 'sse' | 'stdio'; readonly era: 'auto' | 'modern' | 'legacy' };

const MOST_SERVERS = 1000;

/**
 * One memory for each run: the world of a run's looks holds one record of proxy variables, made when it starts. A look
 * of another world remembers nothing, which costs a question and makes nothing green.
 */
const memories = new WeakMap<ProbeContext['proxyEnvironment'], Map<string, Way>>();

const memoryOf = ({ proxyEnvironment }: ProbeContext): Map<string, Way> => {
  const known = memories.get(proxyEnvironment) ?? new Map<string, Way>();
  memories.set(proxyEnvironment, known);
  return known;
};

/** Which server a spec means, whatever is asked of it. */
const serverOf = (spec: Spec): string =>
  JSON.stringify([spec.url, spec['connect-to'], spec.resolver, spec.command, spec.cwd, spec.env]);

/** Facts that tell which era a server is of: whoever asks about them gets no answer from memory. */
const ABOUT_THE_ERA: ReadonlySet<string> = new Set(['era', 'protocol-version', 'transport']);

/** How this server was reached before in this run; null when it was not, or when the spec or the file leaves no choice. */
export const recallWay = (spec: Spec, context: ProbeContext): Way | null => {
  const open = (spec.era ?? 'auto') === 'auto' && !context.asked.some((fact) => ABOUT_THE_ERA.has(fact));
  const way = open ? memoryOf(context).get(serverOf(spec)) : undefined;
  const fits = spec.transport === undefined || spec.transport === 'auto' || spec.transport === way?.transport;
  return way !== undefined && fits ? way : null;
};

/** Keeps how a server was reached, for the rest of the run. */
export const rememberWay = (spec: Spec, context: ProbeContext, way: Way): void => {
  const memory = memoryOf(context);
  if (memory.size < MOST_SERVERS) memory.set(serverOf(spec), way);
};

/** A way that no longer leads anywhere: the server is asked again. */
export const forgetWay = (spec: Spec, context: ProbeContext): void => {
  memoryOf(context).delete(serverOf(spec));
};
