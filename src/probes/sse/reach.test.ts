import { createServer as createHttp2Server } from 'node:http2';
import { createServer } from 'node:https';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { makeAuthority, makeCertificate } from '../../../tests/stack/certificates.ts';
import { listen } from '../../../tests/stack/listen.ts';
import { startRawServer } from '../../../tests/stack/raw-server.ts';
import { assessAttempt } from '../../judge/assess.ts';
import { sse } from './kind.ts';
import type { Spec } from './schema.ts';
import { attemptAt } from './test-outcome.ts';
import { plays, startStream } from './test-streams.ts';

const stops: (() => unknown)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const attempt = async (spec: Spec, world = {}) => {
  const made = await attemptAt(sse, { for: '200ms', ...spec }, world);
  return { facts: made.observation.facts, ...assessAttempt(made) };
};

const serveSecurely = async () => {
  const authority = await makeAuthority();
  const { chain, key } = await makeCertificate({ authority, names: ['stream.test'] });
  const server = createServer({ cert: chain, key }, (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: 1\n\n');
  });
  const port = await listen(server);
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port, ca: authority.cert };
};

describe('over TLS', () => {
  test('a stream is read from a server whose certificate holds', async () => {
    const { port, ca } = await serveSecurely();
    const seen = await attempt({ url: 'https://stream.test/', 'connect-to': `127.0.0.1:${port}`, tls: { ca } });
    expect(seen).toMatchObject({ outcome: 'pass', facts: { events: 1, tls: { verified: true } } });
    expect(seen.facts['timings']).toHaveProperty('tls');
  });

  test('nothing is asked of a server whose certificate does not hold', async () => {
    const { port, ca } = await serveSecurely();
    const connectTo = { 'connect-to': `127.0.0.1:${port}` };
    expect(await attempt({ url: 'https://stream.test/', ...connectTo })).toMatchObject({
      outcome: 'fail',
      code: 'tls-untrusted',
    });
    expect(await attempt({ url: 'https://other.test/', ...connectTo, tls: { ca } })).toMatchObject({
      outcome: 'fail',
      code: 'tls-wrong-host',
    });
    const ignored = await attempt({ url: 'https://other.test/', ...connectTo, tls: { verify: false } });
    expect(ignored).toMatchObject({ outcome: 'pass', facts: { tls: { verified: false } } });
  });
});

test('a stream is read over HTTP/2, until it ends or the time is over', async () => {
  const server = createHttp2Server((request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: 1\n\n');
    if (request.url === '/ends') setTimeout(() => response.end('data: 2\n\n'), 60);
    if (request.url === '/breaks') setTimeout(() => response.stream.close(2), 60);
  });
  stops.push(() => server.close());
  const url = `http://127.0.0.1:${await listen(server)}`;
  expect(await attempt({ url: `${url}/`, http2: true })).toMatchObject({
    outcome: 'pass',
    facts: { events: 1, 'http-version': '2', lasted: 200 },
  });
  const ended = await attempt({ url: `${url}/ends`, http2: true });
  expect(ended).toMatchObject({ outcome: 'fail', code: 'stream-closed', facts: { events: 2 } });
  const broken = await attempt({ url: `${url}/breaks`, http2: true });
  expect(broken).toMatchObject({ outcome: 'fail', code: 'stream-closed' });
  expect(broken.message).toContain('RST_STREAM');
});

test('a proxy of the environment passes a stream on as it comes', async () => {
  const origin = await startStream(plays([50, 'data: 1\n\n']));
  stops.push(origin.stop);
  const proxy = await startRawServer((socket) => {
    const onwards = connect(Number(new URL(origin.url).port), '127.0.0.1');
    onwards.on('error', () => {});
    socket.pipe(onwards).pipe(socket);
  });
  stops.push(proxy.close);
  const world = { proxyEnvironment: { http_proxy: `http://127.0.0.1:${proxy.port}` } };
  const seen = await attempt({ url: 'http://origin.test/stream' }, world);
  expect(seen).toMatchObject({ outcome: 'pass', facts: { events: 1, proxy: `http://127.0.0.1:${proxy.port}` } });
});
