import type { TlsOptions } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { makeAuthority, makeCertificate } from '../../../tests/stack/certificates.ts';
import { type Behaviour, type RawServer, sends, startRawServer } from '../../../tests/stack/raw-server.ts';
import { getRequest, realContext, troubleOf } from '../../../tests/stack/requests.ts';
import { exchange } from './exchange.ts';
import { DEFAULT_TLS, type TlsRequest } from './request.ts';

const OK = sends('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
const root = makeAuthority({ name: 'Root' });
let servers: RawServer[] = [];

afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
});

const start = async (options: TlsOptions | null, behave: Behaviour = OK): Promise<RawServer> => {
  const server = await startRawServer(behave, options);
  servers.push(server);
  return server;
};

const ask = async (port: number, tls: Partial<TlsRequest> = {}) => {
  const request = {
    tls: { ...DEFAULT_TLS, ca: (await root).cert, ...tls },
    connectTo: { host: '127.0.0.1', port },
  };
  return exchange(getRequest('https://a.test/', request), realContext());
};

describe('a handshake that fails', () => {
  const plain = (behave: Behaviour) => async (): Promise<RawServer> => start(null, behave);
  const alert = (number: number) => plain(sends(Buffer.from([21, 3, 3, 0, 2, 2, number])));
  const options = (more: TlsOptions) => async (): Promise<RawServer> => {
    const { chain, key } = await makeCertificate({ authority: await root, names: ['a.test'] });
    return start({ cert: chain, key, ...more });
  };

  it.each([
    ['plain HTTP', plain(sends('HTTP/1.1 400 Bad Request\r\n\r\n')), 'tls-protocol', /does not speak TLS on this port/],
    [
      'an SSH banner',
      plain((socket) => socket.write('SSH-2.0-x\r\n')),
      'tls-protocol',
      /does not speak TLS on this port/,
    ],
    [
      'TLS 1.1 alone',
      options({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
      'tls-protocol',
      /accepts neither TLS 1\.2 nor TLS 1\.3/,
    ],
    [
      'no common cipher',
      options({ maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' }),
      'tls-handshake',
      /no cipher in common/,
    ],
    ['HTTP/2 alone', options({ ALPNProtocols: ['h2'] }), 'tls-handshake', /does not offer HTTP\/1\.1 over TLS/],
    ['a name that it does not know', alert(112), 'tls-handshake', /knows no site of this name \(SNI\)/],
    ['an error of its own', alert(80), 'tls-handshake', /^the handshake failed: internal error$/],
    [
      'the end of the connection',
      plain((socket) => socket.once('data', () => socket.end())),
      'tls-handshake',
      /^the server closed the connection during the handshake$/,
    ],
    [
      'a reset',
      plain((socket) => socket.once('data', () => socket.resetAndDestroy())),
      'connect-reset',
      /^the connection was reset in tls$/,
    ],
    [
      'a demand for a certificate (1.2)',
      options({ requestCert: true, maxVersion: 'TLSv1.2' }),
      'tls-client-certificate',
      /client certificate/,
    ],
    [
      'a demand for a certificate (1.3)',
      options({ requestCert: true }),
      'tls-client-certificate',
      /^the server asks for a client certificate$/,
    ],
  ] as const)('says so in words for %s', async (_, make, code, message) => {
    const trouble = await troubleOf(ask((await make()).port));
    expect(trouble.code).toBe(code);
    expect(trouble.message).toMatch(message);
    expect(trouble.message).not.toMatch(/error:0A|openssl|ERR_/i);
  });

  it('names the phase of a deadline', async () => {
    const { port } = await start(null, (socket) => socket.resume());
    const request = getRequest('https://a.test/', { connectTo: { host: '127.0.0.1', port } });
    const trouble = await troubleOf(exchange(request, realContext(150)));
    expect([trouble.code, trouble.message]).toEqual(['timeout', 'timed out after 0.1 s in tls']);
    expect(Object.keys(trouble.facts['timings'] ?? {})).not.toContain('request');
  });

  it('shows a client certificate where one is asked for', async () => {
    const authority = await root;
    const mine = await makeCertificate({ authority, names: ['me'], usage: 'client' });
    const { port } = await options({ requestCert: true, ca: authority.cert })();
    expect((await ask(port, { cert: mine.cert, key: mine.key })).status).toBe(200);
  });

  it('says when it is our own certificate or root that cannot be used', async () => {
    const { port } = await options({})();
    const trouble = await troubleOf(ask(port, { cert: 'no PEM', key: 'hush' }));
    expect([trouble.code, trouble.message]).toEqual([
      'tls-client-certificate',
      'the CA, client certificate or key of the check cannot be used',
    ]);
  });
});
