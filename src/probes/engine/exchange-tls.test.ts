import type { TlsOptions } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type Authority,
  type CertificateOptions,
  makeAuthority,
  makeCertificate,
} from '../../../tests/stack/certificates.ts';
import { type Behaviour, type RawServer, sends, startRawServer } from '../../../tests/stack/raw-server.ts';
import { getRequest, realContext, troubleOf } from '../../../tests/stack/requests.ts';
import { exchange } from './exchange.ts';
import { connectionFacts } from './facts.ts';
import { DEFAULT_TLS, type TlsRequest } from './request.ts';

const DAY_MS = 86_400_000;
const OK = sends('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
const NOW = Date.now();
const day = (days: number): Date => new Date(NOW + days * DAY_MS);

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

const ask = async (port: number, tls: Partial<TlsRequest> = {}, host = 'a.test') => {
  const request = {
    tls: { ...DEFAULT_TLS, ca: (await root).cert, ...tls },
    connectTo: { host: '127.0.0.1', port },
  };
  return exchange(getRequest(`https://${host}/`, request), realContext());
};

type Made = Partial<Omit<CertificateOptions, 'authority'>> & { readonly authority?: Authority | null };

const serve = async (made: Made, sendChain = true): Promise<RawServer> => {
  const { authority = await root, ...rest } = made;
  const { cert, chain, key } = await makeCertificate({ authority, names: ['a.test'], ...rest });
  return start({ cert: sendChain ? chain : cert, key });
};

describe('a certificate that holds', () => {
  it('is told with its names, dates and chain', async () => {
    const authority = await makeAuthority({ name: 'Middle', authority: await root, notAfter: day(20.5) });
    const { port } = await serve({
      authority,
      names: ['a.test', '*.b.test', '10.0.0.1'],
      subject: 'CN=a.test, O=Example',
    });
    const { connection, timings } = await ask(port);
    expect(connection.tls).toMatchObject({
      protocol: 'TLSv1.3',
      cipher: expect.stringMatching(/^TLS_/),
      verified: true,
      cause: null,
      code: null,
      subject: 'O=Example, CN=a.test',
      issuer: 'CN=Middle',
      sans: ['a.test', '*.b.test', '10.0.0.1'],
      daysLeft: 20,
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      chain: ['O=Example, CN=a.test', 'CN=Middle'],
    });
    expect(timings).toMatchObject({ connect: expect.any(Number), tls: expect.any(Number), wait: expect.any(Number) });
    expect(connectionFacts(connection, timings)['tls']).toMatchObject({ 'days-left': 20, verified: true });
  });

  it.each([
    ['www.b.test', true],
    ['b.test', false],
    ['x.www.b.test', false],
    ['10.0.0.1', true],
    ['10.0.0.2', false],
    ['a.test.', true],
    ['A.TEST', true],
  ])('is for %s: %s', async (host, valid) => {
    const { port } = await serve({ names: ['a.test', '*.b.test', '10.0.0.1'] });
    const { connection } = await ask(port, { verify: false }, host);
    expect([connection.tls?.verified, connection.tls?.code]).toEqual([valid, valid ? null : 'tls-wrong-host']);
  });

  it('is asked for by the name that the check gives', async () => {
    const { port } = await serve({});
    expect((await ask(port, { servername: 'a.test' }, 'other.test')).connection.tls?.verified).toBe(true);
  });
});

describe('a certificate that does not hold', () => {
  const faults: readonly (readonly [string, () => Promise<RawServer>, string, RegExp])[] = [
    [
      'expired',
      () => serve({ notBefore: day(-9), notAfter: day(-3) }),
      'tls-expired',
      /^the certificate expired 3 days ago \(\d{4}-\d\d-\d\dT[\d:.]+Z\)$/,
    ],
    [
      'not valid yet',
      () => serve({ notBefore: day(3.1) }),
      'tls-not-yet-valid',
      /^the certificate is not valid yet: it will be in 3 days \(/,
    ],
    [
      'for another host',
      () => serve({ names: ['b.test', 'c.test'] }),
      'tls-wrong-host',
      /^the certificate is for b\.test, c\.test, not for a\.test$/,
    ],
    [
      'for many other hosts',
      () => serve({ names: Array.from({ length: 200 }, (_, index) => `n${index}.test`) }),
      'tls-wrong-host',
      /^the certificate is for n0\.test, n1\.test, n2\.test, n3\.test, n4\.test and 195 more, not for a\.test$/,
    ],
    [
      'with a common name alone',
      () => serve({ alternativeNames: false }),
      'tls-wrong-host',
      /only the common name a\.test/,
    ],
    ['self-signed', () => serve({ authority: null }), 'tls-self-signed', /^the certificate is self-signed$/],
    [
      'self-signed, expired and for another host',
      () => serve({ authority: null, notBefore: day(-9), notAfter: day(-3), names: ['b.test'] }),
      'tls-expired',
      /^the certificate expired 3 days ago \(.*\); the certificate is for b\.test, not for a\.test; the certificate is self-signed$/,
    ],
    [
      'without its intermediate',
      async () => serve({ authority: await makeAuthority({ name: 'Middle', authority: await root }) }, false),
      'tls-incomplete-chain',
      /^the chain is incomplete: the server did not send its issuer Middle$/,
    ],
    [
      'under an expired intermediate',
      async () =>
        serve({ authority: await makeAuthority({ name: 'Middle', authority: await root, notAfter: day(-0.5) }) }),
      'tls-expired',
      /^the issuing certificate Middle expired 12 hours ago/,
    ],
    [
      'from another root',
      async () => {
        const other = await makeAuthority({ name: 'Other Root' });
        return serve({ authority: await makeAuthority({ name: 'Middle', authority: other }) });
      },
      'tls-untrusted',
      /^the chain ends at Other Root, which is not trusted here$/,
    ],
    [
      'made for something else',
      () => serve({ usage: 'code-signing' }),
      'tls-untrusted',
      /^the certificate is not made for servers/,
    ],
  ];

  it.each(faults)('is refused when it is %s, before anything is sent', async (_, make, code, cause) => {
    const server = await make();
    const trouble = await troubleOf(ask(server.port));
    expect(trouble.code).toBe(code);
    expect(trouble.message).toMatch(cause);
    expect(trouble.facts['tls']).toMatchObject({
      verified: false,
      code,
      cause: trouble.message,
      'days-left': expect.any(Number),
    });
    expect(server.received().join('')).toBe('');
  });

  it.each(faults)('is told but not refused when it is %s and the check says so', async (_, make, code) => {
    const { port } = await make();
    const { status, connection } = await ask(port, { verify: false });
    expect([status, connection.tls?.verified, connection.tls?.code]).toEqual([200, false, code]);
  });

  it('is from a root that nobody trusts when the check brings none', async () => {
    const { port } = await serve({});
    const trouble = await troubleOf(ask(port, { ca: null }));
    expect([trouble.code, trouble.message]).toEqual([
      'tls-untrusted',
      'the certificate is issued by Root, which is not trusted here',
    ]);
  });

  it('is judged by the clock of the check', async () => {
    const { port } = await serve({});
    const tls = { ...DEFAULT_TLS, ca: (await root).cert };
    const request = getRequest('https://a.test/', { tls, connectTo: { host: '127.0.0.1', port } });
    const trouble = await troubleOf(exchange(request, realContext(5000, { now: () => day(100.5) })));
    expect([trouble.code, trouble.facts['tls']]).toMatchObject(['tls-expired', { 'days-left': -11 }]);
  });

  it('shows no byte of its text as it came', async () => {
    const { port } = await serve({ authority: null, subject: String.raw`CN=evil\0A\1B[31m<b>\E2\80\AE` });
    const { facts } = await troubleOf(ask(port));
    // oxlint-disable-next-line no-control-regex -- these are what must not be there
    expect(JSON.stringify(facts['tls'])).not.toMatch(/\\n|\\u001b|[\u0000-\u001f\u202e]/);
  });
});
