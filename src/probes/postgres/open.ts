import type { Duplex } from 'node:stream';
import { type Incoming, listen } from '../engine/incoming.ts';
import { printableBytes } from '../engine/printable.ts';
import { type Destination, reach, type Watch } from '../engine/reach.ts';
import type { TlsRequest } from '../engine/request.ts';
import { secure, type Secured } from '../engine/secure.ts';
import { CouldNotLook, type ProbeContext } from '../probe.ts';
import type { TlsWish } from './tls-wish.ts';

/** Where to connect and how. `host` is the name that a certificate must be for. */
export type Door = {
  readonly destination: Destination;
  readonly host: string;
  readonly wish: TlsWish;
  readonly tls: TlsRequest;
};

/** A connection on which the protocol can begin; `secured` is null in plain text. */
export type Opened = { readonly stream: Duplex; readonly incoming: Incoming; readonly secured: Secured | null };

/** Length 8 and the number that stands for "TLS, please" (PostgreSQL, Frontend/Backend Protocol, SSLRequest). */
const SSL_REQUEST = Uint8Array.of(0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f);
const YES = 0x53;
const NO = 0x4e;
const ERROR = 0x45;

/** What comes from something that is no Postgres. */
export const notPostgres = (bytes: Uint8Array): CouldNotLook =>
  new CouldNotLook(
    'invalid-response',
    `the server does not speak Postgres on this port: its answer starts with "${printableBytes(bytes, 40)}"`,
  );

/** Asks for TLS: whether the server agrees. */
const negotiate = async (stream: Duplex, incoming: Incoming): Promise<boolean> => {
  stream.write(SSL_REQUEST);
  const bytes = await incoming.next();
  if (bytes === null) throw new CouldNotLook('closed-early', 'the server closed the connection instead of answering');
  const [answer] = bytes;
  if (answer === ERROR) {
    throw new CouldNotLook('tls-handshake', 'the server answered the request for TLS with an error');
  }
  if ((answer !== YES && answer !== NO) || bytes.length > 1) throw notPostgres(bytes);
  return answer === YES;
};

const encrypt = async (stream: Duplex, door: Door, { signal, trace }: Watch, now: () => Date): Promise<Secured> => {
  const session = { ALPNProtocols: undefined };
  const secured = await secure(stream, { tls: door.tls, host: door.host, signal, now, session });
  trace.closers.push(() => secured.socket.destroy());
  trace.tls = secured.facts;
  if (door.wish.verify && secured.facts?.verified !== true) {
    const { code = null, cause = null } = secured.facts ?? {};
    throw new CouldNotLook(code ?? 'tls-handshake', cause ?? 'the server presented no certificate');
  }
  return secured;
};

/** Connects, with TLS as the wish says. Nothing of the login has been sent. Throws `CouldNotLook`. */
export const open = async (
  door: Door,
  watch: Watch,
  { monotonicMs, now }: Pick<ProbeContext, 'monotonicMs' | 'now'>,
): Promise<Opened> => {
  const { clock, trace } = watch;
  const { socket } = await reach(door.destination, watch);
  clock.leave();
  const incoming = listen(socket, monotonicMs);
  if (door.wish.asked === 'never') return { stream: socket, incoming, secured: null };
  trace.pending = () => 'no answer to the request for TLS';
  const agreed = await negotiate(socket, incoming);
  trace.pending = () => null;
  if (!agreed) {
    if (door.wish.asked === 'must') throw new CouldNotLook('tls-handshake', 'the server does not offer TLS');
    return { stream: socket, incoming, secured: null };
  }
  if (incoming.detach().length > 0) {
    throw new CouldNotLook('tls-handshake', 'the server went on in plain text after it had agreed to TLS');
  }
  clock.enter('tls');
  const secured = await encrypt(socket, door, watch, now);
  clock.leave();
  return { stream: secured.socket, incoming: listen(secured.socket, monotonicMs), secured };
};
