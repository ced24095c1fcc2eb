import { describe, expect, test } from 'vitest';
import { type Behaviour, sends } from '../../../tests/stack/raw-server.ts';
import { assessAttempt } from '../../judge/assess.ts';
import type { Spec } from './schema.ts';
import { attemptAtRaw } from './test-raw.ts';
import { acceptFor, afterHandshake } from './test-sockets.ts';

const attempt = async (behave: Behaviour, spec: Omit<Spec, 'url'> = {}, timeoutMs = 3000) => {
  const { made } = await attemptAtRaw(behave, spec, { timeoutMs });
  return { facts: made.observation.facts, durationMs: made.durationMs, ...assessAttempt(made) };
};

const answers = (start: string, headers = ''): Behaviour =>
  sends(`HTTP/1.1 ${start}\r\nContent-Length: 0\r\n${headers}\r\n`);

describe('a handshake that is answered with another status', () => {
  test.each<[string, string, 'fail' | 'unknown', string, string]>([
    ['200 OK', '', 'fail', 'http-status', 'the server answers 200 and does not switch to WebSocket'],
    ['301 Moved', 'Location: /new\r\n', 'fail', 'redirect-unexpected', 'redirects (301) to /new'],
    ['400 Bad Request', '', 'fail', 'http-4xx', 'the server answers 400 Bad Request'],
    ['401 No', 'WWW-Authenticate: Bearer\r\n', 'unknown', 'auth-required', 'asks for credentials (401): Bearer'],
    ['403 No', '', 'unknown', 'auth-forbidden', 'refuses access (403)'],
    ['404 Not Found', '', 'fail', 'http-4xx', 'the server answers 404 Not Found'],
    ['426 Upgrade Required', 'Upgrade: h2c\r\n', 'fail', 'http-4xx', '426 Upgrade Required: it wants another protocol'],
    ['429 Slow', 'Retry-After: 5\r\n', 'unknown', 'rate-limited', 'Retry-After: 5'],
    ['502 Bad Gateway', '', 'fail', 'http-5xx', 'the server answers 502 Bad Gateway'],
  ])('%s %s', async (start, headers, outcome, code, message) => {
    const seen = await attempt(answers(start, headers), { send: 'x', for: '1s', heartbeat: '500ms' });
    const status = Number(start.slice(0, 3));
    expect(seen).toMatchObject({ outcome, code, facts: { state: 'refused', opened: false, status } });
    expect(seen.message).toContain(message);
    expect(seen.facts).not.toHaveProperty('messages');
    expect(seen.durationMs).toBeLessThan(2500);
  });
});

/** A 101 whose lines the test chooses; `ACCEPT` stands for the right value. */
const switches =
  (...lines: readonly string[]): Behaviour =>
  (socket) => {
    socket.once('data', (bytes: Buffer) => {
      const accept = acceptFor(bytes.toString('latin1'));
      const head = ['HTTP/1.1 101 Switching Protocols', 'Connection: Upgrade', ...lines, '', ''].join('\r\n');
      socket.write(head.replace('ACCEPT', accept));
    });
  };
const UPGRADE = 'Upgrade: websocket';
const ACCEPT = 'Sec-WebSocket-Accept: ACCEPT';

describe('a 101 that breaks a rule', () => {
  test.each<[string, Behaviour, Omit<Spec, 'url'>, string]>([
    ['has no accept', switches(UPGRADE), {}, 'the 101 has no Sec-WebSocket-Accept'],
    [
      'has the accept of another',
      switches(UPGRADE, 'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo='),
      {},
      'Sec-WebSocket-Accept does not fit the key that we sent',
    ],
    [
      'upgrades to something else',
      switches('Upgrade: h2c', ACCEPT),
      {},
      'the Upgrade header of the 101 is `h2c`, not websocket',
    ],
    ['upgrades to nothing', switches(ACCEPT), {}, 'the 101 has no Upgrade header'],
    [
      'chooses a subprotocol that was not offered',
      switches(UPGRADE, ACCEPT, 'Sec-WebSocket-Protocol: c'),
      { subprotocols: ['a', 'b'] },
      'the server chose the subprotocol `c`, and a, b was offered',
    ],
    [
      'chooses a subprotocol although none was offered',
      switches(UPGRADE, ACCEPT, 'Sec-WebSocket-Protocol: \u001b[2J'),
      {},
      'invalid response',
    ],
    [
      'chooses no subprotocol',
      switches(UPGRADE, ACCEPT),
      { subprotocols: ['a', 'b'] },
      'the server chose none of the subprotocols that were offered (a, b)',
    ],
    [
      'chooses an unknown extension',
      switches(UPGRADE, ACCEPT, 'Sec-WebSocket-Extensions: x-own'),
      {},
      'the server chose extensions that were not offered: `x-own`',
    ],
    [
      'has an extension with a parameter that is out of range',
      switches(UPGRADE, ACCEPT, 'Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99'),
      {},
      'the server chose extensions that were not offered: `permessage-deflate; server_max_window_bits=99`',
    ],
  ])('and %s', async (_, behave, spec, message) => {
    const seen = await attempt(behave, spec);
    expect(seen).toMatchObject({ outcome: 'fail', code: 'invalid-response' });
    expect(seen.message).toContain(message);
    expect(seen.durationMs).toBeLessThan(2500);
  });
});

describe('what is no answer to a handshake', () => {
  test.each<[string, Behaviour, string, string]>([
    ['silence', () => {}, 'timeout', 'timed out after 0.4 s in wait: got no answer to the handshake'],
    ['half a head', sends('HTTP/1.1 101 Swi', 'hold'), 'timeout', 'timed out after 0.4 s in wait'],
    [
      'another protocol',
      sends('SSH-2.0-OpenSSH_9.6\r\n', 'hold'),
      'invalid-response',
      'not HTTP: first bytes `SSH-2.0-OpenSSH_9.6\\r\\n`',
    ],
    [
      'bytes of no meaning',
      sends(Buffer.of(0, 1, 27, 255), 'hold'),
      'invalid-response',
      'not HTTP: first bytes `\\x00\\x01\\x1b\\xff`',
    ],
    ['a closed connection', sends('', 'close'), 'closed-early', 'the server closed the connection without answering'],
    ['a reset connection', sends('', 'reset'), 'connect-reset', 'the connection was reset'],
    [
      'a head without end',
      sends(`HTTP/1.1 101 S\r\n${'X-A: b\r\n'.repeat(20_000)}`, 'hold'),
      'header-limit',
      'the header section is over 64 KiB',
    ],
    [
      'interim answers without end',
      sends('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(9), 'hold'),
      'interim-flood',
      'too many interim responses (over 8)',
    ],
    [
      'a control character in a header',
      sends('HTTP/1.1 101 S\r\nX-A: a\u0000b\r\n\r\n', 'hold'),
      'invalid-response',
      'invalid response: ',
    ],
  ])('%s', async (_, behave, code, message) => {
    const seen = await attempt(behave, {}, 400);
    expect(seen).toMatchObject({ outcome: 'fail', code });
    expect(seen.message).toContain(message);
    expect(seen.durationMs).toBeLessThan(2500);
  });
});

test('a handshake may be followed by an answer in the same bytes', async () => {
  const behave = afterHandshake((socket) => socket.write(Buffer.from([0x81, 2, 0x68, 0x69])));
  expect(await attempt(behave, { answer: 'hi' })).toMatchObject({ outcome: 'pass', facts: { answer: 'hi' } });
});
