import type { Incoming } from '../engine/incoming.ts';

/** What became of a connection right after it stood: still open, ended in an orderly way, or broken. */
export type Aftermath =
  { readonly state: 'open' } | { readonly state: 'ended' } | { readonly state: 'broken'; readonly error: unknown };

const LEAST_MS = 50;
const MOST_MS = 500;

/** How long a peer may take to show that it does not mean it: a round trip and some. */
export const aftermathMs = (connectMs: number): number => Math.min(MOST_MS, LEAST_MS + 2 * connectMs);

/**
 * Waits a moment for a peer that accepts and then drops the connection (a proxy without a service behind it, a server
 * that wants a client certificate). Bytes show that it is in earnest. Nothing more is read from `incoming` after it.
 */
export const aftermath = async (incoming: Incoming, withinMs: number): Promise<Aftermath> => {
  let timer: NodeJS.Timeout | undefined;
  const quiet = new Promise<Aftermath>((resolve) => {
    timer = setTimeout(() => resolve({ state: 'open' }), withinMs);
  });
  const next = incoming.next().then(
    (bytes): Aftermath => (bytes === null ? { state: 'ended' } : { state: 'open' }),
    (error: unknown): Aftermath => ({ state: 'broken', error }),
  );
  const found = await Promise.race([quiet, next]);
  clearTimeout(timer);
  return found;
};
