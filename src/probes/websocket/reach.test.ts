import { createServer } from 'node:https';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { makeAuthority, makeCertificate } from '../../../tests/stack/certificates.ts';
import { listen } from '../../../tests/stack/listen.ts';
import { sends, startRawServer } from '../../../tests/stack/raw-server.ts';
import { assessAttempt } from '../../judge/assess.ts';
import { attemptAt } from '../sse/test-outcome.ts';
import { websocket } from './kind.ts';
import type { Spec } from './schema.ts';
import { startSockets } from './test-sockets.ts';

const stops: (() => unknown)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const attempt = async (spec: Spec, world = {}) => {
  const made = await attemptAt(websocket, { send: 'hi', ...spec }, world);
  return { facts: made.observation.facts, ...assessAttempt(made) };
};

const serveSecurely = async () => {
  const authority = await makeAuthority();
  const { chain, key } = await makeCertificate({ authority, names: ['socket.test'] });
  const server = createServer({ cert: chain, key });
  new WebSocketServer({ server }).on('connection', (socket) =>
    socket.on('message', (data) => socket.send(String(data))),
  );
  server.on('tlsClientError', () => {});
  const port = await listen(server);
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port, ca: authority.cert };
};

/** A proxy that makes tunnels, to one port whatever is asked. */
const startProxy = async (port: number) => {
  const proxy = await startRawServer((socket) => {
    socket.once('data', () => {
      const onwards = connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        socket.pipe(onwards).pipe(socket);
      });
      onwards.on('error', () => {});
      socket.on('close', () => onwards.destroy());
    });
  });
  stops.push(proxy.close);
  return proxy;
};

describe('over TLS', () => {
  test('a server is talked to whose certificate holds', async () => {
    const { port, ca } = await serveSecurely();
    const seen = await attempt({ url: 'wss://socket.test/', 'connect-to': `127.0.0.1:${port}`, tls: { ca } });
    expect(seen).toMatchObject({ outcome: 'pass', facts: { answer: 'hi', tls: { verified: true } } });
    expect(Object.keys(Object(seen.facts['timings']))).toEqual(
      expect.arrayContaining(['connect', 'tls', 'wait', 'transfer', 'total']),
    );
  });

  test('nothing is asked of one whose certificate does not hold', async () => {
    const { port, ca } = await serveSecurely();
    const to = { 'connect-to': `127.0.0.1:${port}` };
    expect(await attempt({ url: 'wss://socket.test/', ...to })).toMatchObject({
      outcome: 'fail',
      code: 'tls-untrusted',
    });
    expect(await attempt({ url: 'wss://other.test/', ...to, tls: { ca } })).toMatchObject({ code: 'tls-wrong-host' });
    expect(await attempt({ url: 'wss://other.test/', ...to, tls: { verify: false } })).toMatchObject({
      outcome: 'pass',
      facts: { tls: { verified: false } },
    });
  });

  test('a server without TLS is told as that', async () => {
    const { url, stop } = await startSockets(() => {});
    stops.push(stop);
    expect(await attempt({ url: url.replace('ws:', 'wss:') })).toMatchObject({ outcome: 'fail', code: 'tls-protocol' });
  });
});

describe('through a proxy', () => {
  test.each(['ws', 'wss'])('%s is a tunnel, in which the proxy reads nothing', async (scheme) => {
    const secure = await serveSecurely();
    const plain = await startSockets((socket) => socket.on('message', (data) => socket.send(String(data))));
    stops.push(plain.stop);
    const proxy = await startProxy(scheme === 'wss' ? secure.port : Number(new URL(plain.url).port));
    const address = `http://me:hush@127.0.0.1:${proxy.port}`;
    const world = { proxyEnvironment: { http_proxy: address, https_proxy: address } };
    const seen = await attempt({ url: `${scheme}://socket.test/`, tls: { ca: secure.ca } }, world);
    expect(seen).toMatchObject({
      outcome: 'pass',
      facts: { answer: 'hi', proxy: `http://127.0.0.1:${proxy.port}` },
    });
    const port = scheme === 'wss' ? 443 : 80;
    expect(proxy.received()[0]).toMatch(new RegExp(`^CONNECT socket\\.test:${port} HTTP/1\\.1\\r\\n`));
    expect(JSON.stringify(seen)).not.toContain('hush');
  });

  test('that refuses it is unknown: the target was not seen', async () => {
    const proxy = await startRawServer(sends('HTTP/1.1 403 Forbidden\r\n\r\n'));
    stops.push(proxy.close);
    const seen = await attempt({ url: 'ws://socket.test/', proxy: `http://127.0.0.1:${proxy.port}` });
    expect(seen).toMatchObject({ outcome: 'unknown', code: 'proxy-error' });
    expect(seen.message).toContain('refused the tunnel to socket.test:80: 403 Forbidden');
  });
});

test('a server that is not there is no look at one', async () => {
  const { url, stop } = await startSockets(() => {});
  await stop();
  expect(await attempt({ url })).toMatchObject({ outcome: 'fail', code: 'connect-refused' });
});
