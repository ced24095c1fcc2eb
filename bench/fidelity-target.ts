// The target of the fidelity benchmark: answers every request after as many milliseconds as the argument says, over TLS
// with `tls` behind it. On bare sockets, so that two hundred clients at once are no work for it. Prints its address.
// `/took` answers how long its answers took by its own clock since it was last asked.
import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { makeCertificate } from '../tests/stack/certificates.ts';
import { listen } from '../tests/stack/listen.ts';

const delayMs = Number(process.argv[2] ?? 50);
const overTls = process.argv[3] === 'tls';
let took: number[] = [];

const answer = (body: string): Buffer =>
  Buffer.from(
    `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );

const well = answer('{"status":"pass"}');

const serve = (socket: Socket): void => {
  const openedAt = performance.now();
  socket.on('error', () => {});
  socket.once('data', (bytes: Buffer) => {
    if (bytes.toString('latin1', 0, 9) === 'GET /took') {
      socket.end(answer(JSON.stringify(took)));
      took = [];
      return;
    }
    setTimeout(() => {
      socket.end(well);
      took.push(performance.now() - openedAt);
    }, delayMs);
  });
};

const server = overTls
  ? createTlsServer(await makeCertificate({ authority: null, names: ['127.0.0.1'] }), serve)
  : createServer({ noDelay: true }, serve);
console.log(`${overTls ? 'https' : 'http'}://127.0.0.1:${await listen(server)}`);
