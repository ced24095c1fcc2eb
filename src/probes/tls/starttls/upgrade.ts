import { isIPv6, type Socket } from 'node:net';
import type { Trace } from '../../engine/trace.ts';
import type { Spec } from '../schema.ts';
import { ftp } from './ftp.ts';
import { imap } from './imap.ts';
import { pop3 } from './pop3.ts';
import { postgres } from './postgres.ts';
import { smtp } from './smtp.ts';
import { startTalk, type Talk } from './talk.ts';

type Protocol = NonNullable<Spec['starttls']>;

const DIALOGUES: { readonly [Name in Protocol]: (talk: Talk, me: string) => Promise<void> } = {
  smtp,
  imap,
  pop3,
  ftp,
  postgres,
};

const addressLiteral = ({ localAddress = '127.0.0.1' }: Socket): string =>
  isIPv6(localAddress) ? `[IPv6:${localAddress}]` : `[${localAddress}]`;

/** Asks for TLS in the protocol of the port, until the handshake can begin. Throws `CouldNotLook`. */
export const upgrade = async (
  protocol: Protocol,
  socket: Socket,
  trace: Trace,
  monotonicMs: () => number,
): Promise<void> => {
  const talk = startTalk(socket, trace, monotonicMs);
  await DIALOGUES[protocol](talk, addressLiteral(socket));
  talk.end();
};
