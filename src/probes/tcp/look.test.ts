import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { Worker } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { makeAuthority, makeCertificate } from '../../../tests/stack/certificates.ts';
import { startDnsServer } from '../../../tests/stack/dns-server.ts';
import { observe } from '../observe.ts';
import { CouldNotLook, type ProbeContext } from '../probe.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';
import { testContext } from '../test-context.ts';

const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const portOf = async (server: Server): Promise<number> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};

const serve = (answer: (socket: Socket) => void): Promise<number> => portOf(createServer(answer));

/** A port on which nothing listens. */
const deadPort = async (): Promise<number> => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
};

const BLOCKED = `
const { createServer } = require('node:net');
const { parentPort } = require('node:worker_threads');
const server = createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  parentPort.postMessage(server.address().port);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});`;

/** A port that does not answer at all: nobody accepts, and its queue is full. */
const silentPort = async (): Promise<number> => {
  const worker = new Worker(BLOCKED, { eval: true });
  closers.push(() => worker.terminate());
  const [port] = await once(worker, 'message');
  for (let count = 0; count < 4; count += 1) {
    const { connect } = await import('node:net');
    const filler = connect({ port, host: '127.0.0.1' });
    filler.on('error', () => {});
    closers.push(() => filler.destroy());
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  return port;
};

const context = (timeoutMs = 5000): ProbeContext => testContext(timeoutMs);

const failureOf = async (spec: Spec, timeoutMs = 5000): Promise<CouldNotLook> => {
  const error: unknown = await look(spec, context(timeoutMs)).catch((thrown: unknown) => thrown);
  if (error instanceof CouldNotLook) return error;
  throw new Error(`the look should have failed: ${JSON.stringify(error)}`, { cause: error });
};

test('a port that answers is connected, with address, addresses and timings', async () => {
  const port = await serve(() => {});
  const facts = await look({ host: `127.0.0.1:${port}` }, context());
  expect(facts).toEqual({
    connected: true,
    address: '127.0.0.1',
    addresses: [{ address: '127.0.0.1', family: 4 }],
    timings: { connect: expect.any(Number), other: expect.any(Number), total: expect.any(Number) },
    duration: expect.any(Number),
  });
  expect(facts['duration']).toBeLessThan(50);
});

test('a name is looked up at the server of the check, and the dead one of two addresses is told', async () => {
  const port = await serve(() => {});
  const dns = await startDnsServer({ records: new Map([['a.test', { a: ['127.0.0.9', '127.0.0.1'] }]]) });
  closers.push(dns.close);
  const facts = await look({ host: 'a.test', port, resolver: dns.address }, context());
  expect(facts).toMatchObject({
    connected: true,
    address: '127.0.0.1',
    dns: { addresses: ['127.0.0.9', '127.0.0.1'] },
    addresses: [{ address: '127.0.0.9', error: 'refused the connection' }, { address: '127.0.0.1' }],
  });
});

test('a refused connection fails with the address', async () => {
  const port = await deadPort();
  const failure = await failureOf({ host: `127.0.0.1:${port}` });
  expect(failure.code).toBe('connect-refused');
  expect(failure.message).toContain('127.0.0.1 refused the connection');
  expect(failure.facts).toMatchObject({ connected: false });
});

test('a connection that is reset or closed at once is no success', async () => {
  const reset = await serve((socket) => socket.resetAndDestroy());
  expect((await failureOf({ host: `127.0.0.1:${reset}` })).code).toBe('connect-reset');
  const later = await serve((socket) => void setTimeout(() => socket.resetAndDestroy(), 15));
  expect(await failureOf({ host: `127.0.0.1:${later}` })).toMatchObject({
    code: 'connect-reset',
    message: 'the connection was accepted and broken at once',
    facts: { connected: true },
  });
  const closing = await serve((socket) => socket.destroy());
  expect(await failureOf({ host: `127.0.0.1:${closing}` })).toMatchObject({
    code: 'closed-early',
    message: 'the connection was accepted and closed at once, without a byte',
  });
});

test('a text is sent and its answer found, although it comes in pieces', async () => {
  const port = await serve((socket) => {
    socket.write('-hel');
    socket.once('data', (data) => {
      socket.write(`lo ${data.toString().trim()}, +PO`);
      setTimeout(() => socket.write('NG\r\nmore'), 20);
    });
  });
  const facts = await look({ host: `127.0.0.1:${port}`, send: 'PING\r\n', read: '+PONG' }, context());
  expect(facts).toMatchObject({ connected: true, found: true, banner: '-hello PING, +PONG\nmore', size: 24 });
  expect(facts['timings']).toMatchObject({ wait: expect.any(Number), transfer: expect.any(Number) });
});

test('an answer without the text fails with what came instead', async () => {
  const port = await serve((socket) => socket.end('-ERR no\u001b[31m\r\n'));
  const spec = { host: `127.0.0.1:${port}`, read: '+PONG' };
  const observation = await observe({ kind: 'tcp', spec, timeoutMs: 3000, expectations: [] }, context(), context().signal);
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
  const facts = await look({ host: `127.0.0.1:${port}`, read: 'never' }, context());
  expect(facts).toMatchObject({ found: false, size: 65_536 });
  expect(String(facts['banner']).length).toBe(4097);
  const few = await look({ host: `127.0.0.1:${port}`, read: 10 }, context());
  expect(few).toMatchObject({ banner: '0123456789', size: 10 });
  expect(Object.hasOwn(few, 'found')).toBe(false);
});

test('a limit in bytes takes what comes before a pause, and shows bytes that are no text', async () => {
  const port = await serve((socket) => void socket.write(Buffer.from([0x4a, 0, 0xff, 0x0a])));
  const facts = await look({ host: `127.0.0.1:${port}`, read: 100 }, context());
  expect(facts).toMatchObject({ banner: String.raw`J\x00\xff\n`, size: 4 });
});

test('a line of many bytes is cut between characters', async () => {
  const port = await serve((socket) => socket.end(`x${'é'.repeat(4000)}`));
  const facts = await look({ host: `127.0.0.1:${port}`, read: 65_536 }, context());
  expect(facts['banner']).toBe(`x${'é'.repeat(2047)}…`);
});

test('TLS is spoken when asked, and a certificate that does not hold stops before anything is sent', async () => {
  const authority = await makeAuthority();
  const certificate = await makeCertificate({ authority, names: ['127.0.0.1'] });
  let said = '';
  const port = await portOf(
    createTlsServer({ cert: certificate.chain, key: certificate.key }, (socket) => {
      socket.on('data', (data: Buffer) => {
        said += data.toString();
        socket.write('+PONG');
      });
      socket.on('error', () => {});
    }),
  );
  const spec = { host: `127.0.0.1:${port}`, send: 'AUTH hush', read: '+PONG' };
  const failure = await failureOf({ ...spec, tls: true });
  expect(failure.code).toBe('tls-untrusted');
  expect(failure.facts).toMatchObject({ tls: { verified: false, sans: ['127.0.0.1'] } });
  expect(said).toBe('');
  const facts = await look({ ...spec, tls: { ca: authority.cert } }, context());
  expect(facts).toMatchObject({ found: true, tls: { verified: true, protocol: 'TLSv1.3' } });
});

test('a closed port is an observation, and an open one is seen although it is reset', async () => {
  const closed = await look({ host: `127.0.0.1:${await deadPort()}`, closed: true }, context());
  expect(closed).toMatchObject({ connected: false, error: expect.stringMatching(/refused the connection/) });
  const port = await serve((socket) => socket.resetAndDestroy());
  const open = await look({ host: `127.0.0.1:${port}`, closed: true }, context());
  expect(open).toMatchObject({ connected: true, address: '127.0.0.1' });
});

test('a silent port is closed only when the silence was long enough', async () => {
  const port = await silentPort();
  const facts = await look({ host: `127.0.0.1:${port}`, closed: true }, context(2000));
  expect(facts).toMatchObject({ connected: false, error: expect.stringMatching(/^timed out after 1\.7 s in connect/) });
  const hasty = await failureOf({ host: `127.0.0.1:${port}`, closed: true }, 500);
  expect(hasty.code).toBe('connect-timeout');
  expect(hasty.message).toMatch(/a silence of less than 1.5 s does not show that a port is closed/);
});

test('a name that does not resolve is no proof that a port is closed', async () => {
  const dns = await startDnsServer({ records: new Map([['mute.test', { answers: 'silent' }]]) });
  closers.push(dns.close);
  const ask = (host: string) => failureOf({ host, port: 1, closed: true, resolver: dns.address }, 800);
  expect((await ask('no.test')).code).toBe('dns-nxdomain');
  expect((await ask('mute.test')).code).toBe('dns-timeout');
});

test('a port is not closed while one family of addresses is not known, and is open when one family is', async () => {
  const a = ['127.0.0.1'];
  const aaaa = ['::1'];
  const dns = await startDnsServer({
    records: new Map([
      ['half.test', { a, silentFor: ['aaaa' as const] }],
      ['four.test', { a }],
      ['both.test', { a, aaaa }],
    ]),
  });
  closers.push(dns.close);
  const closed = { port: await deadPort(), closed: true, resolver: dns.address };
  expect((await failureOf({ ...closed, host: 'half.test' }, 1000)).code).toBe('dns-timeout');
  expect(await look({ ...closed, host: 'four.test' }, context())).toMatchObject({
    connected: false,
    addresses: [{ address: '127.0.0.1', error: 'refused the connection' }],
  });
  const port = await serve(() => {});
  expect(await look({ ...closed, host: 'both.test', port }, context())).toMatchObject({ connected: true });
});

test('a stop of the run is passed on as it is', async () => {
  const controller = new AbortController();
  const port = await serve(() => {});
  const looking = look({ host: `127.0.0.1:${port}`, read: 'x' }, { ...context(), signal: controller.signal });
  setTimeout(() => controller.abort('cancelled'), 50);
  await expect(looking).rejects.toBe('cancelled');
});
