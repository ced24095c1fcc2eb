import { createServer as createTlsServer } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { makeAuthority, makeCertificate } from '../../../tests/stack/certificates.ts';
import { startDnsServer } from '../../../tests/stack/dns-server.ts';
import { testContext } from '../test-context.ts';
import { look } from './look.ts';
import { closeAll, deadPort, failureOf, onClose, portOf, serve } from './test-servers.ts';

afterEach(closeAll);

test('a port that answers is connected, with address, addresses and timings', async () => {
  const port = await serve(() => {});
  const facts = await look({ host: `127.0.0.1:${port}` }, testContext());
  expect(facts).toEqual({
    connected: true,
    address: '127.0.0.1',
    addresses: [{ address: '127.0.0.1', family: 4 }],
    unreachable: [],
    timings: { connect: expect.any(Number), other: expect.any(Number), total: expect.any(Number) },
    duration: expect.any(Number),
  });
  expect(facts['duration']).toBeLessThan(50);
});

test('a name is looked up at the server of the check, and the dead one of two addresses is told', async () => {
  const port = await serve(() => {});
  const dns = await startDnsServer({ records: new Map([['a.test', { a: ['127.0.0.9', '127.0.0.1'] }]]) });
  onClose(dns.close);
  const facts = await look({ host: 'a.test', port, resolver: dns.address }, testContext());
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
  const facts = await look({ ...spec, tls: { ca: authority.cert } }, testContext());
  expect(facts).toMatchObject({ found: true, tls: { verified: true, protocol: 'TLSv1.3' } });
});

test('a stop of the run is passed on as it is', async () => {
  const controller = new AbortController();
  const port = await serve(() => {});
  const looking = look({ host: `127.0.0.1:${port}`, read: 'x' }, { ...testContext(), signal: controller.signal });
  setTimeout(() => controller.abort('cancelled'), 50);
  await expect(looking).rejects.toBe('cancelled');
});
