import * as h2 from '../../../src/probes/engine/http2-frames.ts';
import { frame, literal, settings, words } from '../../../src/probes/engine/http2-test-server.ts';
import { fails, passes, type Behaviour } from '../behaviour.ts';
import { behaves, data, healthyOverHttp2, ok, says } from './http2-wire.ts';

const PUSH_PROMISE = 0x5;
const WINDOW_UPDATE = 0x8;

const early = (how: string) => fails('closed-early', new RegExp(`^${how}$`));
const broken = fails('invalid-response', /^invalid response: it breaks a rule of HTTP\/2 \(/);

/** Servers that were asked for HTTP/2, and break off, or break its rules, or speak something else (H19). */
export const http2: readonly Behaviour[] = [
  behaves('h2-healthy', 'may', passes, (socket) => socket.write(Buffer.concat([settings(), ...healthyOverHttp2]))),
  behaves('h2-goes-on-after-it', 'may', passes, (socket) =>
    socket.write(Buffer.concat([settings(), ...healthyOverHttp2, frame(0x2a, 0, 1, 'what is this')])),
  ),
  behaves('h2-goaway-after-it', 'may', passes, (socket) =>
    socket.end(Buffer.concat([settings(), frame(h2.GOAWAY, 0, 0, words(1, 0)), ...healthyOverHttp2])),
  ),
  says(
    'h2-goaway',
    early(
      String.raw`the server ended the session \(GOAWAY, ENHANCE_YOUR_CALM, "calm\\u\{1b\}"\): got no byte of a response`,
    ),
    frame(h2.GOAWAY, 0, 0, Buffer.concat([words(1, 11), Buffer.from('calm\u001b')])),
  ),
  says(
    'h2-goaway-without-us',
    early(String.raw`the server ended the session \(GOAWAY, NO_ERROR\): got no byte of a response`),
    frame(h2.GOAWAY, 0, 0, words(0, 0)),
  ),
  says(
    'h2-reset-before-answer',
    early(String.raw`the server reset the stream \(RST_STREAM, REFUSED_STREAM\): got no byte of a response`),
    frame(h2.RST_STREAM, 0, 1, words(7)),
  ),
  says(
    'h2-reset-in-body',
    early(String.raw`the server reset the stream \(RST_STREAM, INTERNAL_ERROR\): got 17 body bytes`),
    ok(),
    data('{"status":"pass"}'),
    frame(h2.RST_STREAM, 0, 1, words(2)),
  ),
  says(
    'h2-reset-without-error',
    early(String.raw`the server reset the stream \(RST_STREAM, NO_ERROR\): got 17 body bytes`),
    ok(),
    data('{"status":"pass"}'),
    frame(h2.RST_STREAM, 0, 1, words(0)),
  ),
  behaves('h2-closed-in-body', 'never', early('closed early: got 17 body bytes'), (socket) =>
    socket.end(Buffer.concat([settings(), ok(), data('{"status":"pass"}')])),
  ),
  says('h2-body-too-short', broken, ok(literal('content-length', '99')), data('{"status":"pass"}', h2.END_STREAM)),
  says('h2-body-too-long', broken, ok(literal('content-length', '5')), data('{"status":"pass"}', h2.END_STREAM)),
  says('h2-hpack-garbage', broken, frame(h2.HEADERS, h2.END_HEADERS, 1, Buffer.alloc(6, 0xff))),
  says('h2-without-status', broken, frame(h2.HEADERS, h2.END_HEADERS, 1, literal('a', 'b'))),
  says('h2-frame-too-large', broken, frame(h2.DATA, 0, 1, Buffer.alloc(20_000))),
  says('h2-pushed', broken, frame(h2.SETTINGS, h2.ACK, 0), frame(PUSH_PROMISE, h2.END_HEADERS, 1, words(2))),
  says('h2-window-overflows', broken, frame(WINDOW_UPDATE, 0, 0, words(2 ** 31 - 1)), ok()),
  behaves(
    'h2-is-http-1',
    'never',
    fails('invalid-response', /^invalid response: this is HTTP\/1, not HTTP\/2: first bytes `HTTP\/1\.1 200 OK\\r\\n/),
    (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'),
    { greets: true },
  ),
  behaves(
    'h2-is-something-else',
    'never',
    fails('invalid-response', /^invalid response: not HTTP\/2: first bytes `220 mail\.test ESMTP\\r\\n`$/),
    (socket) => socket.write('220 mail.test ESMTP\r\n'),
    { greets: true },
  ),
];
