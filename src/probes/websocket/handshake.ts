import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { Head } from '../engine/answer.ts';
import type { EngineContext } from '../engine/context.ts';
import { headerValues, invalidResponse } from '../engine/parse-head.ts';
import type { Watch } from '../engine/reach.ts';
import type { HttpRequest } from '../engine/request.ts';
import { CouldNotLook } from '../probe.ts';
import { handshakeFault } from './faults.ts';
import type { Settings } from './settings.ts';

/** The answer to a handshake. `isOpen` is false when it was answered, with something other than 101. */
export type Handshake = { readonly head: Head; readonly isOpen: boolean };

export type HandshakeOptions = {
  readonly request: HttpRequest;
  readonly subprotocols: readonly string[];
  readonly settings: Settings;
  readonly context: EngineContext;
  readonly watch: Watch;
  /** Takes over the connection before its first frame can come, and hears of what breaks it once it is open. */
  readonly onSocket: (socket: WebSocket, wire: Duplex) => void;
  readonly onOpen: () => void;
};

/** How long a server that has said goodbye may keep the connection open. */
export const CLOSING_MS = 250;

/** So many pieces of a message may wait for the rest of it. */
const MOST_PIECES = 16 * 1024;
const MOST_INTERIM = 8;

const headOf = (message: IncomingMessage): Head => {
  const { rawHeaders } = message;
  return {
    status: message.statusCode ?? 0,
    statusText: message.statusMessage ?? '',
    httpVersion: message.httpVersion,
    headers: rawHeaders.flatMap((name, index) =>
      index % 2 === 0 ? [[name.toLowerCase(), rawHeaders[index + 1] ?? ''] as const] : [],
    ),
  };
};

const headersOf = ({ headers }: HttpRequest, { name, version }: EngineContext['agent']) => ({
  'User-Agent': `${name}/${version}`,
  ...Object.fromEntries(headers),
});

/** Options of the library, and through it of the request: our connection, no redirects, and bounds for everything. */
const optionsFor = (wire: Duplex, { request, settings, context }: HandshakeOptions, onInterim: () => void) => ({
  createConnection: () => wire,
  headers: headersOf(request, context.agent),
  maxHeaderSize: settings.headerBytes,
  followRedirects: false,
  autoPong: false,
  closeTimeout: CLOSING_MS,
  perMessageDeflate: true,
  maxPayload: settings.messageBytes,
  maxFragments: MOST_PIECES,
  maxBufferedChunks: MOST_PIECES,
  finishRequest: (sent: ClientRequest) => {
    sent.on('information', onInterim);
    sent.end();
  },
});

/** Ends a handshake that is answered with ever more interim responses. */
const boundInterim = (wire: Duplex, reject: (error: CouldNotLook) => void): (() => void) => {
  let interim = 0;
  return () => {
    interim += 1;
    if (interim <= MOST_INTERIM) return;
    reject(new CouldNotLook('interim-flood', `too many interim responses (over ${MOST_INTERIM})`));
    wire.destroy();
  };
};

/**
 * Asks for a WebSocket over a connection that stands (RFC 6455, 4). Throws `CouldNotLook` when the answer breaks a rule,
 * or the error of the connection.
 */
export const shakeHands = (wire: Duplex, options: HandshakeOptions): Promise<Handshake> =>
  new Promise((resolve, reject) => {
    const { request, subprotocols, settings, watch, onSocket, onOpen } = options;
    const { clock, trace } = watch;
    let head: Head | null = null;

    const answered = (message: IncomingMessage): Head => {
      clock.enter('transfer');
      head = headOf(message);
      trace.status = head.status;
      return head;
    };
    const failed = (error: Error): void => {
      const header = (name: string): string | null => headerValues(head?.headers ?? [], name)[0] ?? null;
      const seen = { header, offered: subprotocols, headerBytes: settings.headerBytes };
      reject(handshakeFault(error, seen) ?? error);
    };

    clock.enter('request');
    trace.progress = () => 'no answer to the handshake';
    const library = optionsFor(wire, options, boundInterim(wire, reject));
    const socket = new WebSocket(request.url, [...subprotocols], library);
    trace.closers.push(() => socket.terminate());
    // A tunnel has left the socket paused.
    wire.resume();
    clock.enter('wait');
    socket.on('upgrade', answered);
    socket.once('error', failed);
    socket.once('open', () => {
      socket.off('error', failed);
      onOpen();
      if (head !== null) resolve({ head, isOpen: true });
    });
    socket.once('unexpected-response', (sent, message) => {
      const other = answered(message);
      if (other.status === 101) reject(invalidResponse('the 101 has no Upgrade header'));
      else resolve({ head: other, isOpen: false });
      sent.destroy();
    });
    onSocket(socket, wire);
  });
