import { fails, followed, impatient, passes, type Behaviour } from '../behaviour.ts';
import { acts, byByte, drip, healthy, OK, whole, wire } from './wire.ts';

const late = (where: RegExp) => fails('timeout', new RegExp(`^timed out after 1\\.[01] s in ${where.source}$`));

/** Servers that hold up whoever waits for them (H1), and one that is only slow. */
export const timing: readonly Behaviour[] = [
  acts(['never-answers', 'H1', 'never'], late(/wait: got no byte of a response/), () => {}, impatient),
  acts(
    ['header-byte-by-byte', 'H1', 'never'],
    late(/transfer: got \d+ header bytes/),
    (socket) => drip(socket, byByte(wire(`${OK}${'X-A: b\r\n'.repeat(100)}\r\n`)), 50),
    impatient,
  ),
  acts(
    ['body-byte-by-byte', 'H1', 'never'],
    late(/transfer: got \d+ of 100 body bytes/),
    (socket) => drip(socket, [wire(`${OK}Content-Length: 100\r\n\r\n`), ...byByte(Buffer.alloc(100, 120))], 100),
    impatient,
  ),
  acts(
    ['endless-drip', 'H1', 'never'],
    late(/transfer: got \d+ body bytes/),
    (socket) => drip(socket, [wire(`${OK}\r\n`), ...byByte(Buffer.alloc(10_000, 120))], 100),
    impatient,
  ),
  acts(
    ['hangs-in-body', 'H1', 'never'],
    late(/transfer: got 2 of 100 body bytes/),
    (socket) => socket.write(`${OK}Content-Length: 100\r\n\r\nok`),
    impatient,
  ),
  acts(
    ['slow-hops', 'R2', 'never'],
    fails(
      'timeout',
      /^after \d redirects?, at http:\/\/127\.0\.0\.1:\d+\/\?n=\d: timed out after 1\.0 s in wait: got no byte/,
    ),
    (socket, head) => {
      const hop = Number(/n=(\d+)/.exec(head)?.[1] ?? 0);
      setTimeout(() => socket.end(`HTTP/1.1 302 Found\r\nLocation: /?n=${hop + 1}\r\nContent-Length: 0\r\n\r\n`), 300);
    },
    { ...impatient, ...followed },
  ),
  acts(['small-pieces', 'H1', 'may'], passes, (socket) => drip(socket, byByte(healthy), 1)),
  acts(['slow-and-healthy', 'H1', 'may'], passes, (socket) => setTimeout(() => socket.end(whole('ok')), 300)),
];
