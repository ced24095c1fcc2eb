import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

/** What a raw server does with each connection. */
export type Behaviour = (socket: Socket) => void;

export type RawServer = {
  readonly port: number;
  /** Everything that was received, one text per connection. */
  readonly received: () => readonly string[];
  readonly close: () => Promise<void>;
};

/**
 * A server on loopback that speaks bytes, not HTTP: what it answers need not be right. With `tls` it does so over TLS.
 */
export const startRawServer = async (behave: Behaviour, tls: TlsOptions | null = null): Promise<RawServer> => {
  const sockets = new Set<Socket>();
  const received: string[] = [];
  const accept = (socket: Socket): void => {
    const index = received.push('') - 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (bytes: Buffer) => {
      received[index] += bytes.toString('latin1');
    });
    behave(socket);
  };
  const server = tls === null ? createServer(accept) : createTlsServer(tls, accept);
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    received: () => received,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
};

/** After the first bytes of a request: sends these, then closes, resets, or leaves the connection open. */
export const sends =
  (bytes: string | Uint8Array, end: 'close' | 'reset' | 'hold' = 'close'): Behaviour =>
  (socket) => {
    socket.once('data', () => {
      socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes, () => {
        if (end === 'close') socket.end();
        if (end === 'reset') setTimeout(() => socket.resetAndDestroy(), 20);
      });
    });
  };

/** After the first bytes of a request: repeats a piece until the peer has had enough, as fast as it reads. */
export const floods =
  (start: string, piece: string | Uint8Array): Behaviour =>
  (socket) => {
    const bytes = typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece;
    const flow = (): void => {
      if (!socket.writable) return;
      if (socket.write(bytes)) setImmediate(flow);
      else socket.once('drain', flow);
    };
    socket.once('data', () => {
      socket.write(Buffer.from(start, 'latin1'));
      flow();
    });
  };

/** After the first bytes of a request: sends one piece after the other, with a pause before each. */
export const drips =
  (pieces: readonly string[], pauseMs: number): Behaviour =>
  (socket) => {
    const next = (index: number): void => {
      const piece = pieces[index];
      if (piece === undefined || !socket.writable) return;
      socket.write(Buffer.from(piece, 'latin1'));
      setTimeout(() => next(index + 1), pauseMs);
    };
    socket.once('data', () => next(0));
  };
