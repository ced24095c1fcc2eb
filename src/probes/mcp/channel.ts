import type { Transport } from '@modelcontextprotocol/client';
import type { Facts } from '../../model/observation.ts';
import type { Halt } from './halt.ts';

/** One call on a channel: when it is over, and what ended it from below. Whoever opens one releases it. */
export type Scope = Pick<Halt, 'signal' | 'stopped'> & { readonly release: () => void };

/** The scope of a call on a channel that carries all messages in one stream. */
export const wholeChannel = (halt: Halt, signal: AbortSignal): Scope => ({
  signal: AbortSignal.any([halt.signal, signal]),
  stopped: halt.stopped,
  release: () => {},
});

/**
 * One way to a server, for one look: it carries messages, bounds them, refuses what is no message, and remembers what
 * it saw. The client library gets a `line` on it for each attempt to connect, and closes that; the channel stays.
 */
export type Channel = {
  readonly transport: 'http' | 'sse' | 'stdio';
  readonly line: () => Transport;
  /** Aborts at the deadline, and when the conversation was ended from below. */
  readonly signal: AbortSignal;
  /** What ended the conversation from below; null when nothing did. */
  readonly stopped: () => Error | null;
  /**
   * The part of the conversation that is the call marked with `span`, until `signal` aborts: where each request has a
   * connection of its own, what goes wrong with one ends no other.
   */
  readonly scope: (span: string, signal: AbortSignal) => Scope;
  /** Whether what answers is of this transport; before that, another one may be meant. */
  readonly answered: () => boolean;
  /** Whether the server ended over the era probe: some do on any request before `initialize`. */
  readonly diedOfProbe: () => boolean;
  /** A clause for a message: what was under way when time was over; empty for nothing. */
  readonly unfinished: () => string;
  readonly facts: () => Facts;
  /** Says goodbye as long as `brief` lets it, and then ends everything that it opened. May be called again. */
  readonly leave: (brief: AbortSignal) => Promise<void>;
};
