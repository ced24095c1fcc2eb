import { X509Certificate } from 'node:crypto';
import type { TlsOptions } from 'node:tls';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { type Authority, type Certificate, makeAuthority, makeCertificate } from '../../../tests/stack/certificates.ts';
import { startDnsServer } from '../../../tests/stack/dns-server.ts';
import type { Facts } from '../../model/observation.ts';
import { CouldNotLook } from '../probe.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';
import { contextFor, runRaw, type Running, runTls } from './test-servers.ts';
import { tls } from './kind.ts';

const DAY_MS = 86_400_000;
const days = (count: number): Date => new Date(Date.now() + count * DAY_MS);

let root: Authority;
let good: Certificate;
const open: Running[] = [];

beforeAll(async () => {
  root = await makeAuthority({ name: 'Test Root', notAfter: days(3000) });
  good = await makeCertificate({ authority: root, names: ['a.test', '127.0.0.1'], notAfter: days(60.5) });
});

afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

const kept = async (server: Promise<Running>): Promise<Running> => {
  const running = await server;
  open.push(running);
  return running;
};

const serve = (certificate: Pick<Certificate, 'chain' | 'key'>, options: TlsOptions = {}): Promise<Running> =>
  kept(runTls({ cert: certificate.chain, key: certificate.key, ...options }));

/** The spec for a server on loopback that is asked for as `a.test`. */
const specFor = ({ port }: Running, more: Partial<Spec> = {}): Spec => ({
  host: 'a.test',
  'connect-to': `127.0.0.1:${port}`,
  ca: root.cert,
  ...more,
});

const failureOf = async (spec: Spec, timeoutMs = 5000): Promise<CouldNotLook> => {
  const error: unknown = await look(spec, contextFor(timeoutMs)).catch((thrown: unknown) => thrown);
  if (error instanceof CouldNotLook) return error;
  throw new Error(`the look should have failed: ${JSON.stringify(error)}`, { cause: error });
};

/** The certificate as `a.test` would serve it: what was seen, and the sign that explains why it is not verified. */
const judged = async (certificate: Pick<Certificate, 'chain' | 'key'>, more: Partial<Spec> = {}) => {
  const spec = specFor(await serve(certificate), more);
  const facts = await look(spec, contextFor());
  const sign = tls.explain(facts, spec).find(({ fact }) => fact === 'verified');
  return { facts, told: sign === undefined ? 'verified' : `${sign.code}: ${sign.message}` };
};

test('a good certificate is told whole, with both expiries', async () => {
  const { facts, told } = await judged(good);
  expect(told).toBe('verified');
  expect(facts).toEqual({
    verified: true,
    protocol: 'TLSv1.3',
    cipher: 'TLS_AES_256_GCM_SHA384',
    subject: 'CN=a.test',
    issuer: 'CN=Test Root',
    sans: ['a.test', '127.0.0.1'],
    'valid-from': expect.stringMatching(/^\d{4}-.*Z$/),
    'valid-to': expect.stringMatching(/^\d{4}-.*Z$/),
    'days-left': 60,
    'path-days-left': 60,
    chain: ['CN=a.test'],
    path: ['CN=a.test', 'CN=Test Root'],
    fingerprint: new X509Certificate(good.cert).fingerprint256.replaceAll(':', '').toLowerCase(),
    'remote-address': '127.0.0.1',
    addresses: [{ address: '127.0.0.1', family: 4 }],
    timings: {
      connect: expect.any(Number),
      tls: expect.any(Number),
      other: expect.any(Number),
      total: expect.any(Number),
    },
    duration: expect.any(Number),
  });
});

type Wrong = {
  readonly name: string;
  readonly make: () => Promise<Pick<Certificate, 'chain' | 'key'>>;
  readonly told: RegExp;
  readonly facts?: Facts;
};

const leaf = (options: Partial<Parameters<typeof makeCertificate>[0]>): Promise<Certificate> =>
  makeCertificate({ authority: root, names: ['a.test'], ...options });

const WRONG: readonly Wrong[] = [
  {
    name: 'expired',
    make: () => leaf({ notBefore: days(-90), notAfter: days(-3.5) }),
    told: /^tls-expired: the certificate expired 3 days ago \(\d{4}-\d\d-\d\dT[\d:.]+Z\)$/,
    facts: { 'days-left': -4 },
  },
  {
    name: 'not yet valid',
    make: () => leaf({ notBefore: days(2.5), notAfter: days(90) }),
    told: /^tls-not-yet-valid: the certificate is not valid yet: it will be in 2 days/,
  },
  {
    name: 'for another host',
    make: () => leaf({ names: ['b.test', '*.c.test'], subject: 'CN=a.test' }),
    told: /^tls-wrong-host: the certificate is for b\.test, \*\.c\.test, not for a\.test$/,
    facts: { sans: ['b.test', '*.c.test'] },
  },
  {
    name: 'signed by itself',
    make: () => leaf({ authority: null }),
    told: /^tls-self-signed: the certificate is self-signed$/,
  },
  {
    name: 'of an untrusted root that is sent along',
    make: async () => {
      const other = await makeAuthority({ name: 'Other Root' });
      const made = await leaf({ authority: other });
      return { ...made, chain: `${made.chain}${other.cert}` };
    },
    told: /^tls-untrusted: the chain ends at Other Root, which is not trusted here$/,
    facts: { chain: ['CN=a.test', 'CN=Other Root'] },
  },
  {
    name: 'without its intermediate',
    make: async () => {
      const made = await leaf({ authority: await makeAuthority({ name: 'Middle', authority: root }) });
      return { ...made, chain: made.cert };
    },
    told: /^tls-incomplete-chain: the chain is incomplete: the server did not send its issuer Middle$/,
  },
  {
    name: 'with a common name only',
    make: () => leaf({ alternativeNames: false }),
    told: /^tls-wrong-host: .*only the common name a\.test.*not for a\.test$/,
    facts: { sans: [] },
  },
  {
    name: 'under an expired intermediate',
    make: async () => {
      const dates = { notBefore: days(-90), notAfter: days(-1.5) };
      return leaf({ authority: await makeAuthority({ name: 'Old Middle', authority: root, ...dates }) });
    },
    told: /^tls-expired: the issuing certificate Old Middle expired 1 day ago/,
    facts: { 'days-left': -2 },
  },
  {
    name: 'made for clients',
    make: () => leaf({ usage: 'client' }),
    told: /^tls-untrusted: the certificate is not made for servers/,
  },
];

test.each(WRONG)('a certificate $name has its own cause, and its facts', async ({ make, told, facts: more }) => {
  const seen = await judged(await make());
  expect(seen.told).toMatch(told);
  expect(seen.facts).toMatchObject({ verified: false, subject: 'CN=a.test', ...more });
  expect(Object.hasOwn(seen.facts, 'path-days-left')).toBe(false);
});

test('all that is wrong with a certificate is told, the time first', async () => {
  const made = await leaf({ authority: null, names: ['b.test'], notBefore: days(-90), notAfter: days(-1.5) });
  expect((await judged(made)).told).toMatch(/^tls-expired: .* expired .*; .* is for b\.test, .*; .* self-signed$/);
});

test('a chain out of order, without a subject, or with very many names is in order', async () => {
  const middle = await makeAuthority({ name: 'Middle', authority: root });
  const made = await leaf({ authority: middle });
  const mixed = await judged({ ...made, chain: `${made.cert}${root.cert}${middle.cert}` });
  expect(mixed.told).toBe('verified');
  expect(mixed.facts).toMatchObject({
    chain: ['CN=a.test', 'CN=Test Root', 'CN=Middle'],
    path: ['CN=a.test', 'CN=Middle', 'CN=Test Root'],
  });
  expect((await judged(await leaf({ subject: '' }))).told).toBe('verified');
  const names = Array.from({ length: 2000 }, (_, index) => `n${index}.test`);
  const many = await judged(await leaf({ names: ['a.test', ...names] }));
  expect(many.told).toBe('verified');
  expect(many.facts['sans']).toHaveLength(100);
});

test('a wildcard stands for one label', async () => {
  const certificate = await makeCertificate({ authority: root, names: ['*.w.test'] });
  expect((await judged(certificate, { servername: 'a.w.test' })).told).toBe('verified');
  expect((await judged(certificate, { servername: 'a.b.w.test' })).told).toMatch(
    /^tls-wrong-host: .*not for a\.b\.w\.test$/,
  );
  expect((await judged(certificate, { servername: 'w.test' })).told).toMatch(/^tls-wrong-host/);
});

test('an address must be among the addresses of the certificate', async () => {
  const server = await serve(good);
  const facts = await look({ host: `127.0.0.1:${server.port}`, ca: root.cert }, contextFor());
  expect(facts['verified']).toBe(true);
  const named = await serve(await makeCertificate({ authority: root, names: ['a.test'] }));
  const other = await look({ host: `127.0.0.1:${named.port}`, ca: root.cert }, contextFor());
  expect(other).toMatchObject({
    verified: false,
    code: 'tls-wrong-host',
    cause: expect.stringContaining('not for 127.0.0.1'),
  });
});

test('the expiry of the path is that of the trusted root when the presented chain lasts longer', async () => {
  const brief = await makeAuthority({ name: 'Brief Root', notAfter: days(10.5) });
  const { facts } = await judged(await makeCertificate({ authority: brief, names: ['a.test'], notAfter: days(60.5) }), {
    ca: brief.cert,
  });
  expect(facts).toMatchObject({ verified: true, 'days-left': 60, 'path-days-left': 10 });
});

test('hostile text in a certificate is told in visible characters', async () => {
  const certificate = await makeCertificate({
    authority: root,
    names: ['a.test', 'x\u0000.test', 'y\u001b[31m, forged.test'],
    subject: 'CN=a.test\u0000evil\u001b[31m<script>\u202e',
  });
  const { facts } = await judged(certificate);
  expect(facts['subject']).toContain('evil');
  expect(facts['sans']).not.toContain('forged.test');
  const shown = [facts['subject'], facts['sans']].flat().join('');
  expect(shown).not.toMatch(/[\p{C}]/u);
});

test.each([
  ['TLSv1.1', 'DEFAULT@SECLEVEL=0'],
  ['TLSv1', 'DEFAULT@SECLEVEL=0'],
] as const)('a server that speaks only %s is seen, with its certificate, and is too old', async (version, ciphers) => {
  const server = await serve(good, { minVersion: 'TLSv1', maxVersion: version, ciphers });
  const spec = specFor(server);
  const facts = await look(spec, contextFor());
  expect(facts).toMatchObject({ protocol: version, verified: true, 'days-left': 60 });
  expect(tls.explain(facts, spec)).toContainEqual({
    code: 'tls-protocol',
    fact: 'protocol',
    message: `the server speaks ${version}, older than TLSv1.2`,
  });
});

test('a minimum of TLS 1.3 makes TLS 1.2 too old', async () => {
  const spec = specFor(await serve(good, { maxVersion: 'TLSv1.2' }), { 'min-version': 'TLSv1.3' });
  const facts = await look(spec, contextFor());
  expect(facts['protocol']).toBe('TLSv1.2');
  expect(tls.explain(facts, spec).map(({ code }) => code)).toContain('tls-protocol');
  expect(tls.explain(facts, { ...spec, 'min-version': 'TLSv1.2' }).map(({ code }) => code)).not.toContain(
    'tls-protocol',
  );
});

test('a handshake that stalls ends at the deadline, in tls', async () => {
  const server = await kept(runRaw(() => {}));
  const failure = await failureOf(specFor(server), 300);
  expect(failure.code).toBe('timeout');
  expect(failure.message).toBe('timed out after 0.3 s in tls');
  expect(failure.facts).toMatchObject({ 'remote-address': '127.0.0.1', timings: { tls: expect.any(Number) } });
});

test.each([
  ['plain HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n', 'tls-protocol', /does not speak TLS on this port/],
  ['SSH', 'SSH-2.0-OpenSSH_9.9\r\n', 'tls-protocol', /does not speak TLS on this port/],
  ['an alert', Buffer.from([0x15, 3, 3, 0, 2, 2, 40]), 'tls-handshake', /no cipher in common/],
])('%s on the TLS port has its own cause', async (_name, answer, code, message) => {
  const server = await kept(runRaw((socket) => void socket.once('data', () => socket.end(answer))));
  const failure = await failureOf(specFor(server));
  expect(failure.code).toBe(code);
  expect(failure.message).toMatch(message);
});

test('a server that hangs up or resets during the handshake is told so', async () => {
  const closing = await kept(runRaw((socket) => void socket.once('data', () => socket.end())));
  expect((await failureOf(specFor(closing))).message).toBe('the server closed the connection during the handshake');
  const reset = await kept(runRaw((socket) => void socket.once('data', () => socket.resetAndDestroy())));
  const failure = await failureOf(specFor(reset));
  expect(failure).toMatchObject({ code: 'connect-reset', message: 'the connection was reset in tls' });
});

test('a server without a cipher in common is told so', async () => {
  const server = await serve(good, { maxVersion: 'TLSv1.2', ciphers: 'NULL-SHA256:@SECLEVEL=0' });
  expect(await failureOf(specFor(server))).toMatchObject({
    code: 'tls-handshake',
    message: expect.stringMatching(/cipher/),
  });
});

test.each(['TLSv1.2', 'TLSv1.3'] as const)(
  'a client certificate required over %s is told, or shown',
  async (version) => {
    const server = await serve(good, { requestCert: true, ca: root.cert, minVersion: version, maxVersion: version });
    const failure = await failureOf(specFor(server));
    expect(failure.code).toBe('tls-client-certificate');
    expect(failure.message).toMatch(/asks for a client certificate/);
    const client = await makeCertificate({ authority: root, names: ['me'], usage: 'client' });
    const facts = await look(specFor(server, { cert: client.cert, key: client.key }), contextFor());
    expect(facts['verified']).toBe(true);
    const stranger = await makeCertificate({ authority: null, names: ['me'], usage: 'client' });
    const refused = await failureOf(specFor(server, { cert: stranger.cert, key: stranger.key }));
    expect(refused.message).toMatch(/refuses our client certificate|closed the connection during the handshake/);
  },
);

test('the certificate is told although the server then asks for one of ours', async () => {
  const failure = await failureOf(specFor(await serve(good, { requestCert: true, ca: root.cert })));
  expect(failure.facts).toMatchObject({ verified: true, 'days-left': 60, path: ['CN=a.test', 'CN=Test Root'] });
});

test('an alert after the handshake is the cause', async () => {
  const server = await kept(
    runTls({ cert: good.chain, key: good.key, SNICallback: (_name, done) => done(new Error('no such site')) }),
  );
  expect((await failureOf(specFor(server))).code).toMatch(/^(tls-handshake|connect-reset)$/);
});

test('the name is looked up, and what fails before TLS keeps its own reason', async () => {
  const server = await serve(good);
  const dns = await startDnsServer({
    records: new Map([
      ['a.test', { cname: 'b.test' }],
      ['b.test', { a: ['127.0.0.1'] }],
    ]),
  });
  const spec: Spec = { host: 'a.test', port: server.port, ca: root.cert, resolver: dns.address };
  const facts = await look(spec, contextFor());
  expect(facts).toMatchObject({
    verified: true,
    dns: { addresses: ['127.0.0.1'] },
    timings: { dns: expect.any(Number) },
  });
  const missing = await failureOf({ ...spec, host: 'no.test' });
  expect(missing.code).toBe('dns-nxdomain');
  await dns.close();
  server.close();
  expect((await failureOf({ host: `127.0.0.1:${server.port}` })).code).toBe('connect-refused');
});

test("roots that cannot be read are our trouble and not the server's", async () => {
  const failure = await failureOf({ host: '127.0.0.1:1', ca: '/nowhere/ca.pem' });
  expect(failure.code).toBe('missing-credential');
});
