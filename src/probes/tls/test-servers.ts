import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, createServer as createTlsServer, type TlsOptions, TLSSocket } from 'node:tls';
import type { Certificate } from '../../../tests/stack/certificates.ts';
import type { ProbeContext } from '../probe.ts';
import { testContext } from '../test-context.ts';

/** For tests: a running server; closing it ends its connections. */
export type Running = { readonly port: number; readonly close: () => void };

const run = async (server: Server): Promise<Running> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
};

/** For tests: a server that speaks TLS at once. */
export const runTls = (options: TlsOptions): Promise<Running> =>
  run(createTlsServer(options, (socket) => void socket.on('error', () => {})));

/** For tests: a server that does with each connection what the test says. */
export const runRaw = (serve: (socket: Socket) => void): Promise<Running> => run(createServer(serve));

/** For tests: the server's side of TLS over a connection that is open. */
export const goSecure = (socket: Socket, { chain, key }: Certificate): void => {
  const secured = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext({ cert: chain, key }) });
  secured.on('error', () => {});
};

/**
 * For tests: says `greeting`, then answers each line by its first words; null goes on in TLS after that answer,
 * what is not known is answered by silence.
 */
export const runDialogue = (
  greeting: string,
  answers: { readonly [line: string]: readonly [text: string, then?: 'tls' | 'close'] },
  certificate: Certificate,
): Promise<Running> =>
  runRaw((socket) => {
    socket.write(greeting);
    const onData = (data: Buffer): void => {
      const said = data.toString('latin1').trim();
      const found = Object.entries(answers).find(([line]) => said.startsWith(line));
      if (found === undefined) return;
      const [text, then] = found[1];
      if (then === 'tls') socket.off('data', onData);
      socket.write(text, () => {
        if (then === 'tls') goSecure(socket, certificate);
        if (then === 'close') socket.end();
      });
    };
    socket.on('data', onData);
  });

/** For tests: a context with a deadline. */
export const contextFor = (timeoutMs = 5000): ProbeContext => testContext(timeoutMs);
