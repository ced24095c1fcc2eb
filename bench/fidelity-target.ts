// The target of the fidelity benchmark: answers every request after as many milliseconds as the argument says, over TLS
// with `tls` behind it. On bare sockets, so that two hundred clients at once are no work for it. Prints its address.
import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { makeCertificate } from '../tests/stack/certificates.ts';
import { listen } from '../tests/stack/listen.ts';

const delayMs = Number(process.argv[2] ?? 50);
const overTls = process.argv[3] === 'tls';

const BODY = '{"status":"pass"}';
const well = Buffer.from(
  `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}\r\nConnection: close\r\n\r\n${BODY}`,
);

const serve = (socket: Socket): void => {
  socket.on('error', () => {});
  socket.once('data', () => {
    setTimeout(() => socket.end(well), delayMs);
  });
};

const server = overTls
  ? createTlsServer(await makeCertificate({ authority: null, names: ['127.0.0.1'] }), serve)
  : createServer({ noDelay: true }, serve);
console.log(`${overTls ? 'https' : 'http'}://127.0.0.1:${await listen(server)}`);
