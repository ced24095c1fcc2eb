import { fails, impatient, passes, warns, type Behaviour } from '../behaviour.ts';
import { acts, flood, healthy, OK, sends, whole, wire } from './wire.ts';

const CHUNKED = `${OK}Transfer-Encoding: chunked\r\n\r\n`;
const lengths = (...values: readonly string[]): string =>
  `${OK}${values.map((value) => `Content-Length: ${value}\r\n`).join('')}\r\nhello`;

const overBody = fails('body-limit', /^the body is over 10 MiB$/);
const overhead = fails('header-limit', /^the chunk extensions and trailers are over 64 KiB$/);

/** Bodies that do not end (H2), end too early (H5) or too late (H6), and framing that can be read in two ways (H7). */
export const framing: readonly Behaviour[] = [
  acts(['endless-chunked', 'H2', 'never'], overBody, (socket) => {
    socket.write(CHUNKED);
    flood(socket, wire(`10000\r\n${'x'.repeat(0x10000)}\r\n`));
  }),
  acts(['endless-without-length', 'H2', 'never'], overBody, (socket) => {
    socket.write(`${OK}\r\n`);
    flood(socket, Buffer.alloc(65_536, 120));
  }),
  acts(
    ['endless-by-length', 'H2', 'never'],
    fails('body-limit', /^the body is over 10 MiB: Content-Length is 9223372036854775807$/),
    (socket) => {
      socket.write(`${OK}Content-Length: 9223372036854775807\r\n\r\n`);
      flood(socket, Buffer.alloc(65_536, 120));
    },
  ),
  acts(
    ['endless-one-byte-chunks', 'H2', 'never'],
    fails('body-limit', /^the chunk sizes outweigh the data by over 1 MiB$/),
    (socket) => {
      socket.write(CHUNKED);
      flood(socket, wire('1\r\nx\r\n'.repeat(10_000)));
    },
  ),

  sends(
    ['body-too-short', 'H5', 'never'],
    fails('closed-early', /^closed early: got 5 of 4096 body bytes$/),
    `${OK}Content-Length: 4096\r\n\r\nhello`,
  ),
  sends(
    ['chunked-without-end', 'H5', 'never'],
    fails('closed-early', /^closed early: got 5 body bytes, and the last chunk never came$/),
    `${CHUNKED}5\r\nhello\r\n`,
  ),
  sends(
    ['close-after-head', 'H5', 'never'],
    fails('closed-early', /^closed early: got 0 of 17 body bytes$/),
    `${OK}Content-Length: 17\r\n\r\n`,
  ),
  sends(
    ['close-in-head', 'H5', 'never'],
    fails('closed-early', /^closed early: got 25 header bytes$/),
    `${OK}Content-`,
  ),
  sends(['close-at-once', 'H5', 'never'], fails('closed-early', /^closed early: got no byte of a response$/), ''),
  acts(
    ['reset-before-answer', 'H5', 'never'],
    fails('connect-reset', /^the connection was reset in wait: got no byte of a response$/),
    (socket) => socket.resetAndDestroy(),
  ),
  acts(
    ['reset-in-body', 'H5', 'never'],
    fails('closed-early', /^closed early: the connection was reset in transfer: got 5 of 4096 body bytes$/),
    (socket) => {
      socket.write(`${OK}Content-Length: 4096\r\n\r\nhello`);
      setTimeout(() => socket.resetAndDestroy(), 50);
    },
  ),
  acts(
    ['reset-in-endless-body', 'H5', 'never'],
    fails('closed-early', /^closed early: the connection was reset in transfer: got 5 body bytes$/),
    (socket) => {
      socket.write(`${OK}\r\nhello`);
      setTimeout(() => socket.resetAndDestroy(), 50);
    },
  ),
  acts(['reset-after-body', 'H5', 'may'], passes, (socket) => {
    socket.write(healthy);
    setTimeout(() => socket.resetAndDestroy(), 50);
  }),

  sends(
    ['bytes-after-body', 'H6', 'may'],
    warns('invalid-response', /^5 unexpected bytes came after the response had ended$/),
    Buffer.concat([healthy, wire('extra')]),
  ),
  sends(
    ['second-response', 'H6', 'may'],
    warns('invalid-response', /^\d+ unexpected bytes came after the response had ended$/),
    Buffer.concat([healthy, whole('{"status":"down"}', [], 'HTTP/1.1 503 Down\r\n')]),
  ),
  acts(['kept-open-after-body', 'H6', 'may'], passes, (socket) => socket.write(healthy)),
  {
    name: 'answer-before-question',
    row: 'H6',
    healthy: 'may',
    expected: passes,
    open: async (stage) => ({ url: `http://127.0.0.1:${await stage.greeting((socket) => socket.end(healthy))}/` }),
  },

  sends(
    ['two-lengths', 'H7', 'never'],
    fails('invalid-response', /two different Content-Lengths: `5` and `4`$/),
    lengths('5', '4'),
  ),
  sends(['length-twice-alike', 'H7', 'may'], passes, lengths('5', '5')),
  sends(
    ['length-2abc', 'H7', 'never'],
    fails('invalid-response', /Content-Length `2abc` is not a number$/),
    lengths('2abc'),
  ),
  sends(
    ['length-negative', 'H7', 'never'],
    fails('invalid-response', /Content-Length `-5` is not a number$/),
    lengths('-5'),
  ),
  sends(
    ['length-and-chunked', 'H7', 'never'],
    fails('invalid-response', /both Content-Length and Transfer-Encoding$/),
    `${OK}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`,
  ),
  sends(
    ['chunked-not-last', 'H7', 'never'],
    fails('invalid-response', /chunked is not the last Transfer-Encoding: `chunked, identity`$/),
    `${OK}Transfer-Encoding: chunked, identity\r\n\r\n5\r\nhello\r\n0\r\n\r\n`,
  ),
  sends(
    ['unknown-transfer-coding', 'H7', 'never'],
    fails('invalid-response', /Transfer-Encoding `xchunked` was not asked for$/),
    `${OK}Transfer-Encoding: xchunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`,
  ),
  sends(
    ['chunk-size-bad', 'H7', 'never'],
    fails('invalid-response', /bad chunk size: `5x`$/),
    `${CHUNKED}5x\r\nhello\r\n`,
  ),
  sends(
    ['chunk-size-overflow', 'H7', 'never'],
    fails('invalid-response', /the chunk size overflows: `fffffffffffffffff`$/),
    `${CHUNKED}fffffffffffffffff\r\nhello\r\n`,
  ),
  sends(
    ['chunk-longer-than-size', 'H7', 'never'],
    fails('invalid-response', /a chunk is longer than its size$/),
    `${CHUNKED}3\r\nhello\r\n0\r\n\r\n`,
  ),
  acts(['chunk-extension-flood', 'H7', 'may'], overhead, (socket) => {
    socket.write(CHUNKED);
    flood(socket, wire(`1;${'x'.repeat(1000)}\r\na\r\n`));
  }),
  acts(['trailer-flood', 'H7', 'never'], overhead, (socket) => {
    socket.write(`${CHUNKED}5\r\nhello\r\n0\r\n`);
    flood(socket, wire(`X-Trailer: ${'x'.repeat(1000)}\r\n`));
  }),
  acts(
    ['last-chunk-withheld', 'H7', 'never'],
    fails('timeout', /^timed out after 1\.0 s in transfer: got 5 body bytes$/),
    (socket) => socket.write(`${CHUNKED}5\r\nhello\r\n`),
    impatient,
  ),
];
