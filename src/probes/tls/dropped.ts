import type { TLSSocket } from 'node:tls';
import { listen } from '../engine/incoming.ts';
import { tlsTrouble } from '../engine/secure.ts';
import { CouldNotLook, type ProbeContext } from '../probe.ts';
import { aftermath, aftermathMs } from '../tcp/aftermath.ts';

type Circumstances = {
  readonly connectMs: number;
  /** Whether a client certificate was shown. */
  readonly shown: boolean;
  readonly context: Pick<ProbeContext, 'monotonicMs'>;
};

/**
 * A server that wants a client certificate says so only after the handshake is over for us (TLS 1.3), or just hangs up.
 * Waits a moment for that: the reason why the session is worth nothing, or null when it stands.
 */
export const findDropped = async (
  socket: TLSSocket,
  { connectMs, shown, context }: Circumstances,
): Promise<CouldNotLook | null> => {
  const after = await aftermath(listen(socket, context.monotonicMs), aftermathMs(connectMs));
  if (after.state === 'open') return null;
  const trouble = after.state === 'broken' && after.error instanceof Error ? tlsTrouble(after.error, true) : null;
  if (trouble !== null) return trouble;
  const why = shown ? 'refuses our client certificate' : 'asks for a client certificate';
  const message = `the server closed the connection right after the handshake: it probably ${why}`;
  const cause = after.state === 'broken' ? after.error : undefined;
  return new CouldNotLook('tls-client-certificate', message, {}, { cause });
};
