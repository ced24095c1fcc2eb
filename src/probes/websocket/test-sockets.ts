import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws';
import { listen, stop } from '../../../tests/stack/listen.ts';
import type { Behaviour } from '../../../tests/stack/raw-server.ts';

/** For tests: a server of WebSockets, and how to end it. */
export type SocketServer = { readonly url: string; readonly stop: () => Promise<void> };

/** For tests: a real server that does with each connection what the test says. */
export const startSockets = async (
  act: (socket: WebSocket) => void,
  options: Omit<ServerOptions, 'server' | 'port' | 'noServer'> = {},
): Promise<SocketServer> => {
  const http = createServer();
  const sockets = new WebSocketServer({ server: http, ...options });
  sockets.on('connection', (socket) => {
    socket.on('error', () => {});
    act(socket);
  });
  const port = await listen(http);
  return {
    url: `ws://127.0.0.1:${port}/socket`,
    stop: async () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      await stop(http);
    },
  };
};

/** For tests: one frame as bytes, whether it makes sense or not; `head` is its first byte. */
export const frame = (head: number, payload: Uint8Array | string = '', mask = 0): Buffer => {
  const body = Buffer.from(payload);
  if (body.length < 126) return Buffer.concat([Buffer.of(head, mask | body.length), body]);
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(body.length));
  return Buffer.concat([Buffer.of(head, mask | 127), length, body]);
};

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** For tests: what belongs into `Sec-WebSocket-Accept` for a request. */
export const acceptFor = (request: string): string => {
  const [, key = ''] = /^sec-websocket-key: (.*)\r$/im.exec(request) ?? [];
  return createHash('sha1')
    .update(key + GUID)
    .digest('base64');
};

/** For tests: shakes hands as it should be done, with more headers if there are any, and goes on in its own way. */
export const afterHandshake =
  (act: (socket: Socket) => void, headers = ''): Behaviour =>
  (socket) => {
    socket.once('data', (bytes: Buffer) => {
      const accept = acceptFor(bytes.toString('latin1'));
      const switching = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n';
      socket.write(`${switching}Sec-WebSocket-Accept: ${accept}\r\n${headers}\r\n`);
      act(socket);
    });
  };
