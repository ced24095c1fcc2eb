import type { Socket } from 'node:net';
import { CouldNotLook } from '../probe.ts';
import { attemptsPending, dial } from './dial.ts';
import { type Family, interleaved } from './dns-query.ts';
import { printable } from './printable.ts';
import { literalAddress, resolveHost } from './resolve.ts';
import type { PhaseClock } from './timings.ts';
import type { Trace } from './trace.ts';
import { within } from './within.ts';

/** Where to connect. `server` is the name server to ask, as `address:port`; null for the system's. */
export type Destination = {
  readonly host: string;
  readonly port: number;
  readonly family: Family;
  readonly server: string | null;
  /** Throws when an address of the name may not be connected to. */
  readonly admit?: (addresses: readonly string[]) => void;
};

export type Reached = {
  readonly socket: Socket;
  /** Resolves once the aliases of the name are in the trace. */
  readonly aliasesKnown: Promise<void>;
};

/** What watches a connection being made: its phases, what was seen, and when to stop. */
export type Watch = { readonly signal: AbortSignal; readonly clock: PhaseClock; readonly trace: Trace };

/** How long the aliases of a name may keep us once everything else is known. */
export const ALIASES_MS = 50;

/** Name to connected socket, over whichever address answers first. The trace closes what was opened. */
export const reach = async (destination: Destination, { signal, clock, trace }: Watch): Promise<Reached> => {
  const { host, port, family, server, admit } = destination;
  const literal = literalAddress(host) !== null;
  if (!literal) clock.enter('dns');
  const asking = (servers: string): void => {
    trace.pending = () => `no answer from ${servers} about ${printable(host, 255)}`;
  };
  const found = await resolveHost(host, { family, server, signal, asking });
  trace.closers.push(found.close);
  trace.port = port;
  if (!literal) trace.resolved = found.addresses;
  admit?.(found.addresses);
  const aliasesKnown = found.aliases.then(({ names }) => {
    trace.cnames = names;
  });
  clock.enter('connect');
  trace.pending = () => attemptsPending(trace.attempts, port);
  const { socket, address } = await dial(interleaved(found.addresses), port, signal, trace.attempts).catch(
    async (error: unknown) => {
      if (error instanceof CouldNotLook) await within(aliasesKnown, ALIASES_MS);
      throw error;
    },
  );
  trace.pending = () => null;
  socket.on('error', () => {});
  trace.closers.push(() => socket.destroy());
  trace.address = address;
  return { socket, aliasesKnown };
};
