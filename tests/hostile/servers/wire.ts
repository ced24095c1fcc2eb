import type { Socket } from 'node:net';
import type { Behaviour, Expected, Target } from '../behaviour.ts';
import type { Act } from '../stage.ts';

/** The beginnings and whole answers that most servers here are made of. */
export const OK = 'HTTP/1.1 200 OK\r\n';

/** A whole answer with a body of known length. */
export const whole = (body: string | Uint8Array, headers: readonly string[] = [], start = OK): Uint8Array => {
  const bytes = Buffer.from(body);
  const lines = [...headers, `Content-Length: ${bytes.length}`].map((line) => `${line}\r\n`).join('');
  return Buffer.concat([Buffer.from(`${start}${lines}\r\n`, 'latin1'), bytes]);
};

export const JSON_TYPE = 'Content-Type: application/json';
export const healthy = whole('{"status":"pass"}', [JSON_TYPE]);

/** Text is sent as one byte a character. */
export const wire = (text: string | Uint8Array): Uint8Array =>
  typeof text === 'string' ? Buffer.from(text, 'latin1') : text;

/** Sends for ever, as fast as the peer takes it. */
export const flood = (socket: Socket, piece: Uint8Array): void => {
  const go = (): void => {
    while (!socket.destroyed && socket.write(piece));
    if (!socket.destroyed) socket.once('drain', go);
  };
  go();
};

/** Sends the pieces one by one, `everyMs` apart, then ends. */
export const drip = (socket: Socket, pieces: readonly Uint8Array[], everyMs: number): void => {
  let next = 0;
  const timer = setInterval(() => {
    const piece = pieces[next];
    next += 1;
    if (piece === undefined) {
      clearInterval(timer);
      socket.end();
    } else socket.write(piece);
  }, everyMs);
  socket.once('close', () => clearInterval(timer));
};

export const byByte = (bytes: Uint8Array): readonly Uint8Array[] => Array.from(bytes, (byte) => Uint8Array.of(byte));

type Naming = readonly [name: string, row: string, healthy: Behaviour['healthy']];

/** A server over plain HTTP that acts so once it was asked. */
export const acts = (
  [name, row, healthy]: Naming,
  expected: Expected,
  act: Act,
  more: Partial<Target> = {},
): Behaviour => ({
  name,
  row,
  healthy,
  expected,
  open: async (stage) => ({ url: `http://127.0.0.1:${await stage.tcp(act)}/`, ...more }),
});

/** A server that sends exactly these bytes and closes. */
export const sends = (
  naming: Naming,
  expected: Expected,
  bytes: string | Uint8Array,
  more: Partial<Target> = {},
): Behaviour => acts(naming, expected, (socket) => socket.end(wire(bytes)), more);
