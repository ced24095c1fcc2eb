import { afterEach, expect, test } from 'vitest';
import { observe } from '../observe.ts';
import { testContext } from '../test-context.ts';
import { look } from './look.ts';
import { closeAll, failureOf, serve } from './test-servers.ts';

afterEach(closeAll);

test('a text is sent and its answer found, although it comes in pieces', async () => {
  const port = await serve((socket) => {
    socket.write('-hel');
    socket.once('data', (data) => {
      socket.write(`lo ${data.toString().trim()}, +PO`);
      setTimeout(() => socket.write('NG\r\nmore'), 20);
    });
  });
  const facts = await look({ host: `127.0.0.1:${port}`, send: 'PING\r\n', read: '+PONG' }, testContext());
  expect(facts).toMatchObject({ connected: true, found: true, banner: '-hello PING, +PONG\nmore', size: 24 });
  expect(facts['timings']).toMatchObject({ wait: expect.any(Number), transfer: expect.any(Number) });
});

test('an answer without the text fails with what came instead', async () => {
  const port = await serve((socket) => socket.end('-ERR no\u001b[31m\r\n'));
  const spec = { host: `127.0.0.1:${port}`, read: '+PONG' };
  const observation = await observe(
    { kind: 'tcp', spec, timeoutMs: 3000, asked: [] },
    testContext(),
    testContext().signal,
  );
  expect(observation.state).toBe('observed');
  expect(observation.facts).toMatchObject({ found: false, banner: String.raw`-ERR no\u{1b}[31m` });
  expect(observation.signs).toEqual([
    {
      code: 'assertion-failed',
      fact: 'found',
      message: String.raw`the answer does not contain "+PONG": it is "-ERR no\u{1b}[31m"`,
    },
  ]);
});

test('a half-open server that never answers ends in a timeout that names the phase and what came', async () => {
  const mute = await serve(() => {});
  const nothing = await failureOf({ host: `127.0.0.1:${mute}`, read: 'x' }, 200);
  expect(nothing).toMatchObject({ code: 'timeout', facts: { connected: true } });
  expect(nothing.message).toBe('timed out after 0.2 s in wait: got nothing');
  const slow = await serve((socket) => void socket.write('220 '));
  const some = await failureOf({ host: `127.0.0.1:${slow}`, read: 'ESMTP' }, 200);
  expect(some.message).toBe('timed out after 0.2 s in transfer: got 4 bytes');
  expect(some.facts).toMatchObject({ banner: '220 ', size: 4 });
});

test('a server that closes before it answers is told from one that answers something else', async () => {
  const port = await serve((socket) => socket.end());
  expect((await failureOf({ host: `127.0.0.1:${port}`, read: 'x' })).code).toBe('closed-early');
});

test('a banner that never ends is cut, and the text is not in it', async () => {
  const port = await serve((socket) => {
    const more = (): void => {
      while (!socket.destroyed && socket.write('0123456789abcdef'.repeat(64)));
    };
    socket.on('drain', more);
    more();
  });
  const facts = await look({ host: `127.0.0.1:${port}`, read: 'never' }, testContext());
  expect(facts).toMatchObject({ found: false, size: 65_536 });
  expect(String(facts['banner']).length).toBe(4097);
  const few = await look({ host: `127.0.0.1:${port}`, read: 10 }, testContext());
  expect(few).toMatchObject({ banner: '0123456789', size: 10 });
  expect(Object.hasOwn(few, 'found')).toBe(false);
});

test('a limit in bytes takes what comes before a pause, and shows bytes that are no text', async () => {
  const port = await serve((socket) => void socket.write(Buffer.from([0x4a, 0, 0xff, 0x0a])));
  const facts = await look({ host: `127.0.0.1:${port}`, read: 100 }, testContext());
  expect(facts).toMatchObject({ banner: String.raw`J\x00\xff\n`, size: 4 });
});

test('a line of many bytes is cut between characters', async () => {
  const port = await serve((socket) => socket.end(`x${'é'.repeat(4000)}`));
  const facts = await look({ host: `127.0.0.1:${port}`, read: 65_536 }, testContext());
  expect(facts['banner']).toBe(`x${'é'.repeat(2047)}…`);
});
