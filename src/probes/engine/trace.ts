import type { Connection, TlsFacts } from './answer.ts';
import { type Attempt, attemptError } from './dial.ts';

/** What an exchange has seen so far; filled in as it goes, so that a failure at any point can tell it. */
export type Trace = {
  resolved: readonly string[];
  cnames: readonly string[];
  readonly attempts: Attempt[];
  address: string | null;
  port: number | null;
  viaProxy: string | null;
  tls: TlsFacts | null;
  status: number | null;
  /** What came so far, for messages: `17 of 4096 body bytes`; null before anything could. */
  progress: () => string | null;
  /** Whom we wait for while nothing can come yet: `no answer from 10.0.0.1, port 443`; null when nobody is named. */
  pending: () => string | null;
  /** What is to be closed at the end, whatever the end is. */
  readonly closers: (() => void)[];
};

/** A trace of nothing yet. */
export const newTrace = (): Trace => ({
  resolved: [],
  cnames: [],
  attempts: [],
  address: null,
  port: null,
  viaProxy: null,
  tls: null,
  status: null,
  progress: () => null,
  pending: () => null,
  closers: [],
});

/** The connection as far as it is known now. */
export const connectionOf = ({ attempts, resolved, cnames, address, port, viaProxy, tls }: Trace): Connection => ({
  resolved,
  cnames,
  tried: attempts.map((attempt) => ({
    address: attempt.address,
    family: attempt.family,
    error: attemptError(attempt),
  })),
  address,
  port,
  viaProxy,
  tls,
});
