import type { Behaviour, Target } from '../tests/hostile/behaviour.ts';

/** A behaviour with its servers up. */
export type Exhibit = { readonly behaviour: Behaviour; readonly target: Target };

/** What a tool made of one behaviour: whether it calls it healthy, and what that took. */
export type Finding = { readonly healthy: boolean; readonly ms: number; readonly peakMib: number | null };

/** Another tool. `look` is null where the tool cannot be asked the same question. */
export type Peer = {
  readonly name: string;
  readonly look: (exhibit: Exhibit) => Promise<Finding | null>;
  readonly close: () => Promise<void>;
};

/** Every peer gets this long: all that is healthy here answers within a third of it. */
export const PEER_SECONDS = 1;

const LOCAL: ReadonlySet<string> = new Set(['localhost', '127.0.0.1']);

/** Whether a check asks no more than "is this a good answer": what the body says and other DNS are our own questions. */
export const isPlainQuestion = ({ target }: Exhibit): boolean =>
  target.kind === 'http' && Object.keys(target.expect).length === 0 && target.spec['resolver'] === undefined;

/** Whether a tool finds the server that knows neither `connect-to` nor proxies, nor HTTP/2 without TLS. */
export const isDirect = ({ target }: Exhibit): boolean =>
  target.spec['http2'] !== true &&
  LOCAL.has(new URL(target.url).hostname) &&
  Object.keys(target.environment).length === 0;

export const followsRedirects = ({ target }: Exhibit): boolean => target.spec['follow'] === true;

/** The root that the check trusts, as PEM text; null for those of the system. */
export const rootOf = ({ target }: Exhibit): string | null => {
  const { tls } = target.spec;
  return typeof tls === 'object' && tls !== null && 'ca' in tls && typeof tls.ca === 'string' ? tls.ca : null;
};
