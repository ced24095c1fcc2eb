import { afterEach, beforeAll, expect, test } from 'vitest';
import { makeCertificate } from '../../../tests/stack/certificates.ts';
import { look } from './look.ts';
import { contextFor, runRaw, runTls } from './test-servers.ts';
import { failureOf, makeSite, type TestSite } from './test-site.ts';

let site: TestSite;

beforeAll(async () => {
  site = await makeSite();
});

afterEach(() => site.closeAll());

test('a handshake that stalls ends at the deadline, in tls', async () => {
  const server = await site.kept(runRaw(() => {}));
  const failure = await failureOf(site.specFor(server), 300);
  expect(failure.code).toBe('timeout');
  expect(failure.message).toBe('timed out after 0.3 s in tls');
  expect(failure.facts).toMatchObject({ 'remote-address': '127.0.0.1', timings: { tls: expect.any(Number) } });
});

test.each([
  ['plain HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n', 'tls-protocol', /does not speak TLS on this port/],
  ['SSH', 'SSH-2.0-OpenSSH_9.9\r\n', 'tls-protocol', /does not speak TLS on this port/],
  ['an alert', Buffer.from([0x15, 3, 3, 0, 2, 2, 40]), 'tls-handshake', /no cipher in common/],
])('%s on the TLS port has its own cause', async (_name, answer, code, message) => {
  const server = await site.kept(runRaw((socket) => void socket.once('data', () => socket.end(answer))));
  const failure = await failureOf(site.specFor(server));
  expect(failure.code).toBe(code);
  expect(failure.message).toMatch(message);
});

test('a server that hangs up or resets during the handshake is told so', async () => {
  const closing = await site.kept(runRaw((socket) => void socket.once('data', () => socket.end())));
  expect((await failureOf(site.specFor(closing))).message).toBe(
    'the server closed the connection during the handshake',
  );
  const reset = await site.kept(runRaw((socket) => void socket.once('data', () => socket.resetAndDestroy())));
  const failure = await failureOf(site.specFor(reset));
  expect(failure).toMatchObject({ code: 'connect-reset', message: 'the connection was reset in tls' });
});

test('a server without a cipher in common is told so', async () => {
  const server = await site.serve(site.good, { maxVersion: 'TLSv1.2', ciphers: 'NULL-SHA256:@SECLEVEL=0' });
  expect(await failureOf(site.specFor(server))).toMatchObject({
    code: 'tls-handshake',
    message: expect.stringMatching(/cipher/),
  });
});

test.each(['TLSv1.2', 'TLSv1.3'] as const)(
  'a client certificate required over %s is told, or shown',
  async (version) => {
    const server = await site.serve(site.good, {
      requestCert: true,
      ca: site.root.cert,
      minVersion: version,
      maxVersion: version,
    });
    const failure = await failureOf(site.specFor(server));
    expect(failure.code).toBe('tls-client-certificate');
    expect(failure.message).toMatch(/asks for a client certificate/);
    const client = await makeCertificate({ authority: site.root, names: ['me'], usage: 'client' });
    const facts = await look(site.specFor(server, { cert: client.cert, key: client.key }), contextFor());
    expect(facts['verified']).toBe(true);
    const stranger = await makeCertificate({ authority: null, names: ['me'], usage: 'client' });
    const refused = await failureOf(site.specFor(server, { cert: stranger.cert, key: stranger.key }));
    expect(refused.message).toMatch(/refuses our client certificate|closed the connection during the handshake/);
  },
);

test('the certificate is told although the server then asks for one of ours', async () => {
  const failure = await failureOf(site.specFor(await site.serve(site.good, { requestCert: true, ca: site.root.cert })));
  expect(failure.facts).toMatchObject({ verified: true, 'days-left': 60, path: ['CN=a.test', 'CN=Test Root'] });
});

test('an alert after the handshake is the cause', async () => {
  const server = await site.kept(
    runTls({
      cert: site.good.chain,
      key: site.good.key,
      SNICallback: (_name, done) => done(new Error('no such site')),
    }),
  );
  expect((await failureOf(site.specFor(server))).code).toMatch(/^(tls-handshake|connect-reset)$/);
});
