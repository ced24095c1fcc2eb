import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createServer, type Socket } from 'node:net';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { listen } from '../../../tests/stack/listen.ts';
import { assessAttempt } from '../../judge/assess.ts';
import { attemptAt } from '../sse/test-outcome.ts';
import { websocket } from './kind.ts';
import type { Spec } from './schema.ts';
import { attemptAtRaw } from './test-raw.ts';
import { afterHandshake, frame } from './test-sockets.ts';

const MiB = 1024 * 1024;
const TEXT = 0x81;
const PING = 0x89;
const CLOSE = 0x88;

const attempt = async (act: (socket: Socket) => void, spec: Omit<Spec, 'url'> = {}, headers = '') => {
  const { made, received } = await attemptAtRaw(afterHandshake(act, headers), spec);
  return { facts: made.observation.facts, durationMs: made.durationMs, received, ...assessAttempt(made) };
};

const writes =
  (...frames: readonly Uint8Array[]) =>
  (socket: Socket): void => {
    socket.write(Buffer.concat(frames));
  };

/** Repeats bytes until the peer has had enough, as fast as it reads. */
const repeats =
  (bytes: Uint8Array, start: Uint8Array = Buffer.of()) =>
  (socket: Socket): void => {
    const flow = (): void => {
      if (!socket.writable) return;
      if (socket.write(bytes)) setImmediate(flow);
      else socket.once('drain', flow);
    };
    socket.write(start);
    flow();
  };

describe('a frame that breaks a rule', () => {
  test.each<[string, Buffer, string, string]>([
    [
      'is masked',
      Buffer.concat([frame(TEXT, '', 0x80), Buffer.of(1, 2, 3, 4)]),
      'invalid-response',
      'the server masks its frames',
    ],
    ['has RSV1 set without compression', frame(TEXT | 0x40, 'a'), 'invalid-response', 'reserved bit RSV1'],
    ['has RSV2 set', frame(TEXT | 0x20, 'a'), 'invalid-response', 'reserved bits RSV2 or RSV3'],
    ['has RSV3 set', frame(TEXT | 0x10, 'a'), 'invalid-response', 'reserved bits RSV2 or RSV3'],
    ['has an unknown opcode', frame(0x83, 'a'), 'invalid-response', 'an opcode that may not come here'],
    ['continues nothing', frame(0x80, 'a'), 'invalid-response', 'an opcode that may not come here'],
    [
      'begins while another message is under way',
      Buffer.concat([frame(0x01, 'a'), frame(TEXT, 'b')]),
      'invalid-response',
      'an opcode that may not come here',
    ],
    ['is a ping in pieces', frame(0x09, 'a'), 'invalid-response', 'a control frame is fragmented'],
    ['is a ping of 126 bytes', frame(PING, 'x'.repeat(126)), 'invalid-response', 'a control frame has a length'],
    ['closes with half a code', frame(CLOSE, 'a'), 'invalid-response', 'a control frame has a length'],
    [
      'closes with a code that none may have',
      frame(CLOSE, Buffer.of(3, 237)),
      'invalid-response',
      'a close frame has a code',
    ],
    ['is no UTF-8', frame(TEXT, Buffer.of(0xc3, 0x28)), 'invalid-utf8', 'not valid UTF-8'],
    ['closes with a reason that is no UTF-8', frame(CLOSE, Buffer.of(3, 232, 0xff)), 'invalid-utf8', 'not valid UTF-8'],
  ])('and %s', async (_, bytes, code, message) => {
    const seen = await attempt(writes(bytes), { answer: 'never' });
    expect(seen).toMatchObject({ outcome: 'fail', code, facts: { opened: true, status: 101, messages: 0 } });
    expect(seen.message).toContain(message);
    expect(seen.durationMs).toBeLessThan(3000);
  });
});

describe('what is allowed', () => {
  test('a message in pieces, with a ping between them', async () => {
    const pieces = [frame(0x01, 'Gr\u00fc'), frame(PING, 'p'), frame(0x00), frame(0x80, '\u00dfe')];
    const seen = await attempt(writes(...pieces), { answer: 'Gr\u00fc\u00dfe' });
    expect(seen).toMatchObject({ outcome: 'pass', facts: { answer: 'Gr\u00fc\u00dfe', messages: 1, pings: 1 } });
  });

  test('a character that is split between two pieces', async () => {
    const bytes = Buffer.from('\u00fc');
    const seen = await attempt(writes(frame(0x01, bytes.subarray(0, 1)), frame(0x80, bytes.subarray(1))), {
      answer: '\u00fc',
    });
    expect(seen.outcome).toBe('pass');
  });

  test('a message of a mebibyte', async () => {
    const seen = await attempt(writes(frame(TEXT, 'x'.repeat(MiB))), { answer: 'x' });
    expect(seen).toMatchObject({ outcome: 'pass', facts: { size: MiB } });
  });
});

/** As `attempt`, at a server that never ends a connection by itself. */
const attemptAtHolder = async (act: (socket: Socket) => void, spec: Omit<Spec, 'url'>) => {
  const sockets: Socket[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket.on('error', () => {}));
    afterHandshake(act)(socket);
  });
  const url = `ws://127.0.0.1:${await listen(server)}/`;
  const made = await attemptAt(websocket, { ...spec, url });
  for (const socket of sockets) socket.destroy();
  server.close();
  return { facts: made.observation.facts, ...assessAttempt(made) };
};

describe('a goodbye', () => {
  test.each([
    [0, '1s'],
    [800, '1s'],
  ])('counts although the server leaves the connection open, also after %i ms of %s', async (ms, length) => {
    const leaves = (socket: Socket): void => void setTimeout(() => socket.write(frame(CLOSE, Buffer.of(3, 233))), ms);
    const seen = await attemptAtHolder(leaves, { for: length });
    expect(seen).toMatchObject({ outcome: 'fail', code: 'stream-closed', facts: { 'close-code': 1001 } });
    expect(seen.facts['lasted']).toBeGreaterThanOrEqual(ms - 5);
    expect(seen.facts['lasted']).toBeLessThan(1000);
  });

  test('without a code is told as that', async () => {
    const seen = await attempt(writes(frame(CLOSE)));
    expect(seen).toMatchObject({ code: 'stream-closed', facts: { 'close-code': 1005 } });
    expect(seen.message).toContain('without saying why (1005)');
  });

  test('is said by us at the end', async () => {
    const { received } = await attempt(() => {});
    const last = Buffer.from(received[0] ?? '', 'latin1').subarray(-8);
    expect([last[0], last[1]]).toEqual([CLOSE, 0x80 | 2]);
  });
});

describe('what has no end is bounded', () => {
  const header = (length: bigint): Buffer => {
    const bytes = Buffer.alloc(10);
    bytes.set([TEXT, 127]);
    bytes.writeBigUInt64BE(length, 2);
    return bytes;
  };
  const empty = Buffer.concat(Array.from({ length: 5000 }, () => frame(0x00)));
  const pings = Buffer.concat(Array.from({ length: 5000 }, () => frame(PING)));
  const pongs = Buffer.concat(Array.from({ length: 5000 }, () => frame(0x8a)));
  const small = Buffer.concat(Array.from({ length: 1000 }, () => frame(TEXT, 'x'.repeat(100))));

  test.each<[string, (socket: Socket) => void, Omit<Spec, 'url'>, string]>([
    ['a message that announces its length', writes(header(BigInt(MiB) + 1n)), {}, 'a message is over 1 MiB'],
    ['a message of 2^63 bytes', writes(header(2n ** 63n - 1n)), {}, 'a frame announces over 2^53 bytes'],
    [
      'a message in ever more pieces',
      repeats(frame(0x00, 'x'.repeat(60_000)), frame(0x01, 'x')),
      {},
      'a message is over 1 MiB',
    ],
    ['a message in ever more empty pieces', repeats(empty, frame(0x01, 'x')), {}, 'a message comes in too many pieces'],
    ['messages', repeats(small), { limits: { body: '2MiB' } }, 'what came is over 2 MiB'],
    ['pings', repeats(pings), {}, 'over 1000 pings came at once'],
    ['pongs', repeats(pongs), {}, 'over 1000 pings came at once'],
  ])('%s', async (_, act, limits, message) => {
    const before = process.memoryUsage().rss;
    const lag = monitorEventLoopDelay({ resolution: 5 });
    lag.enable();
    const seen = await attempt(act, { answer: 'never', ...limits });
    lag.disable();
    expect(seen).toMatchObject({ outcome: 'fail', code: 'body-limit', message });
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * MiB);
    expect(lag.max / 1e6).toBeLessThan(1000);
    expect(seen.durationMs).toBeLessThan(4000);
  });
});

describe('a compressed message', () => {
  const DEFLATE = 'Sec-WebSocket-Extensions: permessage-deflate\r\n';
  const compressed = (bytes: Uint8Array): Buffer =>
    frame(TEXT | 0x40, Buffer.concat([deflateRawSync(bytes, { finishFlush: 2 }).subarray(0, -4)]));

  test('is inflated', async () => {
    const seen = await attempt(writes(compressed(Buffer.from('hello'))), { answer: 'hello' }, DEFLATE);
    expect(seen).toMatchObject({ outcome: 'pass', facts: { answer: 'hello', extensions: 'permessage-deflate' } });
  });

  test('that inflates without end is bounded', async () => {
    const before = process.memoryUsage().rss;
    const bomb = compressed(Buffer.alloc(256 * MiB, 'x'));
    const seen = await attempt(writes(bomb), { answer: 'never' }, DEFLATE);
    expect(seen).toMatchObject({ outcome: 'fail', code: 'body-limit', message: 'a message is over 1 MiB' });
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * MiB);
    expect(seen.durationMs).toBeLessThan(4000);
  });

  test('of which many inflate to much is bounded by what comes in all', async () => {
    const bomb = compressed(Buffer.alloc(MiB, 'x'));
    const seen = await attempt(repeats(bomb), { answer: 'never', limits: { body: '8MiB' } }, DEFLATE);
    expect(seen).toMatchObject({ outcome: 'fail', code: 'body-limit', message: 'what came is over 8 MiB' });
  });

  test('that is none is a fault', async () => {
    const seen = await attempt(writes(frame(TEXT | 0x40, 'garbage!')), { answer: 'never' }, DEFLATE);
    expect(seen).toMatchObject({ outcome: 'fail', code: 'decode-error', message: 'a message cannot be decompressed' });
  });
});

test('a flood of pings makes us send little', async () => {
  const pings = Buffer.concat(Array.from({ length: 900 }, () => frame(PING, 'x'.repeat(100))));
  const { received, outcome } = await attempt(writes(pings));
  expect(outcome).toBe('pass');
  expect(received[0]?.length).toBeLessThan(20_000);
});
