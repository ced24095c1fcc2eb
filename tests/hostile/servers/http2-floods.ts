import * as h2 from '../../../src/probes/engine/http2-frames.ts';
import { frame, literal, settings, STATUS_200, words } from '../../../src/probes/engine/http2-test-server.ts';
import { cannotTell, fails, impatient, type Behaviour } from '../behaviour.ts';
import { behaves, data, floods, ok, says } from './http2-wire.ts';

const PING = 0x6;

const emptyFlood = (last: string) =>
  fails(
    'invalid-response',
    new RegExp(`^invalid response: a flood of frames that carry nothing \\(over 1000; the last is ${last}\\)$`),
  );
/** Stream 3 is idle, which breaks a rule by itself: whichever of the two is seen first is the cause. */
const idleResets = fails(
  'invalid-response',
  /^invalid response: (?:a flood of frames that carry nothing \(over 1000; the last is RST_STREAM\)$|it breaks a rule of HTTP\/2 \(GOAWAY, PROTOCOL_ERROR, "RST_STREAM: stream in idle"\))/,
);
const afterASecond = (how: string) => new RegExp(`^timed out after 1\\.0 s in \\w+: got ${how}`);
const heldUp = (how: string) => fails('timeout', afterASecond(how));
/** What was posted may have been done. */
const uncertain = (how: string) => cannotTell('timeout', afterASecond(how));

/** Servers that were asked for HTTP/2, and flood, or hold up (H19). */
export const http2Floods: readonly Behaviour[] = [
  floods(
    'h2-continuation-flood',
    fails('header-limit', /^the header section has over 8 CONTINUATION frames$/),
    [frame(h2.HEADERS, 0, 1, STATUS_200)],
    frame(h2.CONTINUATION, 0, 1, literal('a', 'b')),
  ),
  says(
    'h2-header-bomb',
    fails('header-limit', /^the header section is over 64 KiB$/),
    // One field goes into the table; each further byte repeats it (RFC 7541, 6.1 and 6.2.1).
    frame(
      h2.HEADERS,
      h2.END_HEADERS,
      1,
      Buffer.concat([
        STATUS_200,
        Buffer.from([0x40]),
        literal('n', 'v'.repeat(120)).subarray(1),
        Buffer.alloc(2000, 0xbe),
      ]),
    ),
  ),
  says(
    'h2-300-fields',
    fails('header-limit', /^the header section has more than 256 fields$/),
    ok(...Array.from({ length: 300 }, () => literal('n', 'v'))),
  ),
  says(
    'h2-interim-flood',
    fails('interim-flood', /^too many interim responses \(over 8\)$/),
    ...Array.from({ length: 9 }, () => frame(h2.HEADERS, h2.END_HEADERS, 1, literal(':status', '103'))),
  ),
  floods('h2-endless-body', fails('body-limit', /^the body is over 10 MiB$/), [ok()], data('x'.repeat(10_000))),
  floods('h2-ping-flood', emptyFlood('PING'), [ok()], frame(PING, 0, 0, words(0, 0))),
  floods('h2-settings-flood', emptyFlood('SETTINGS'), [ok()], settings()),
  floods('h2-empty-data-flood', emptyFlood('DATA without data'), [ok()], data('')),
  floods('h2-reset-flood', idleResets, [ok()], frame(h2.RST_STREAM, 0, 3, words(8))),
  behaves(
    'h2-no-streams-allowed',
    'never',
    heldUp('no byte of a response: the server allows no streams at all$'),
    (socket) => socket.write(settings([h2.MAX_CONCURRENT_STREAMS, 0])),
    { ...impatient, greets: true },
  ),
  behaves(
    'h2-window-stays-shut',
    'never',
    uncertain(
      String.raw`no byte of a response: the server's window lets only \d+ of 100000 bytes of the request through; `,
    ),
    (socket) => socket.write(Buffer.concat([settings([4, 10]), frame(h2.SETTINGS, h2.ACK, 0)])),
    { ...impatient, greets: true, spec: { method: 'POST', body: 'x'.repeat(100_000) } },
  ),
  behaves(
    'h2-never-answers',
    'never',
    heldUp(String.raw`no byte of a response \(not even the SETTINGS of HTTP/2\)$`),
    () => {},
    { ...impatient, greets: true },
  ),
  behaves(
    'h2-stops-in-body',
    'never',
    heldUp('5 of 10 body bytes$'),
    (socket) => socket.write(Buffer.concat([settings(), ok(literal('content-length', '10')), data('hello')])),
    impatient,
  ),
];
