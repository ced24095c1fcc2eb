import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Metadata, ServerCredentials, status } from '@grpc/grpc-js';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { makeAuthority, makeCertificate, type Authority, type Certificate } from '../../../tests/stack/certificates.ts';
import { troubleOf } from '../../../tests/stack/requests.ts';
import { testContext } from '../test-context.ts';
import { explainGrpc } from './explain.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';
import { type Handler, type Running, startGrpc } from './test-servers.ts';

/** The real counterpart: servers of @grpc/grpc-js. */

let authority: Authority;
let certificate: Certificate;
const running: Running[] = [];

beforeAll(async () => {
  authority = await makeAuthority();
  certificate = await makeCertificate({ authority, names: ['health.test', '127.0.0.1'] });
});

afterEach(() => {
  for (const server of running.splice(0)) server.stop();
});

const start = async (check: Handler | null, credentials?: ServerCredentials): Promise<string> => {
  const server = await startGrpc(check, credentials);
  running.push(server);
  return `127.0.0.1:${server.port}`;
};

const secure = (): ServerCredentials =>
  ServerCredentials.createSsl(null, [
    { private_key: Buffer.from(certificate.key), cert_chain: Buffer.from(certificate.chain) },
  ]);

const answering =
  (value: number): Handler =>
  (_call, done) =>
    done(null, value);

const failing =
  (code: status, details?: string): Handler =>
  (_call, done) =>
    done(details === undefined ? { code } : { code, details });

const lookAt = (address: string, spec: Partial<Spec> = {}) => look({ address, ...spec }, testContext());

test('a server that serves is seen serving, with everything that its connection shows', async () => {
  const address = await start(answering(1));
  const facts = await lookAt(address);
  expect(facts).toMatchObject({
    service: '',
    health: { status: 'SERVING' },
    'grpc-status': 0,
    status: 200,
    'content-type': 'application/grpc+proto',
    address: '127.0.0.1',
    addresses: [{ address: '127.0.0.1', family: 4 }],
    unreachable: [],
  });
  expect(facts['duration']).toBeTypeOf('number');
  expect(facts['timings']).toMatchObject({ connect: expect.any(Number), wait: expect.any(Number) });
  expect(facts).not.toHaveProperty('remote-address');
  expect(explainGrpc(facts)).toEqual([]);
});

test.each([
  [0, 'UNKNOWN', 'health-fail health.status: the service shop.v1.Orders is UNKNOWN'],
  [2, 'NOT_SERVING', 'health-fail health.status: the service shop.v1.Orders is NOT_SERVING'],
  [
    3,
    'SERVICE_UNKNOWN',
    'component-missing health.status: the server does not know the service shop.v1.Orders: it answers SERVICE_UNKNOWN',
  ],
  [9, '9', 'health-unrecognised health.status: the status is 9, a number that the health protocol does not define'],
])('the status %i is seen as %s', async (value, name, sign) => {
  const facts = await lookAt(await start(answering(value)), { service: 'shop.v1.Orders' });
  expect(facts).toMatchObject({ service: 'shop.v1.Orders', health: { status: name }, 'grpc-status': 0 });
  expect(explainGrpc(facts).map(({ code, fact, message }) => `${code} ${fact}: ${message}`)).toEqual([sign]);
});

test('each service is asked about by its own name', async () => {
  const address = await start((call, done) => done(null, call.request.service === 'sh\u00f6p.v1.Orders' ? 1 : 2));
  expect(await lookAt(address, { service: 'sh\u00f6p.v1.Orders' })).toMatchObject({ health: { status: 'SERVING' } });
  expect(await lookAt(address, { service: 'other' })).toMatchObject({ health: { status: 'NOT_SERVING' } });
});

test.each([
  [
    status.NOT_FOUND,
    'component-missing',
    'the server does not know the server as a whole: NOT_FOUND (5), "why \u00fc"',
  ],
  [status.UNAUTHENTICATED, 'auth-required', 'the server asks for credentials: UNAUTHENTICATED (16), "why \u00fc"'],
  [status.PERMISSION_DENIED, 'auth-forbidden', 'the server refuses access: PERMISSION_DENIED (7), "why \u00fc"'],
  [status.UNAVAILABLE, 'health-fail', 'the call failed: UNAVAILABLE (14), "why \u00fc"'],
  [
    status.DEADLINE_EXCEEDED,
    'timeout',
    'the server did not answer the call in time: DEADLINE_EXCEEDED (4), "why \u00fc"',
  ],
  [
    status.RESOURCE_EXHAUSTED,
    'rate-limited',
    'the server takes no more calls from us: RESOURCE_EXHAUSTED (8), "why \u00fc"',
  ],
  [status.INTERNAL, 'health-fail', 'the call failed: INTERNAL (13), "why \u00fc"'],
])('a call that ends with status %i has no health, and is %s', async (code, reason, sentence) => {
  const facts = await lookAt(await start(failing(code, 'why \u00fc')));
  expect(facts).toMatchObject({ 'grpc-status': code, 'grpc-message': 'why \u00fc', status: 200 });
  expect(facts).not.toHaveProperty('health');
  expect(explainGrpc(facts)).toEqual([
    { code: reason, fact: 'health.status', message: sentence },
    { code: reason, fact: 'grpc-status', message: sentence },
  ]);
});

test('a gRPC server without a health service is told as that', async () => {
  const facts = await lookAt(await start(null));
  expect(facts).toMatchObject({ 'grpc-status': status.UNIMPLEMENTED });
  expect(explainGrpc(facts)[0]).toMatchObject({
    code: 'health-unrecognised',
    message: expect.stringMatching(
      /^the server speaks gRPC but has no health service \(grpc\.health\.v1\.Health\): UNIMPLEMENTED \(12\), "/,
    ),
  });
});

test('metadata, authority and deadline reach the server', async () => {
  const seen: { metadata: Metadata; host: string; deadline: unknown }[] = [];
  const address = await start((call, done) => {
    seen.push({ metadata: call.metadata, host: call.getHost(), deadline: call.getDeadline() });
    done(null, 1);
  });
  const before = Date.now();
  await lookAt(address, { metadata: { Authorization: 'Bearer hush', 'x-count': 3 }, authority: 'health.test:1' });
  const [{ metadata, host, deadline } = { metadata: new Metadata(), host: '', deadline: null }] = seen;
  expect(metadata.get('authorization')).toEqual(['Bearer hush']);
  expect(metadata.get('x-count')).toEqual(['3']);
  expect(metadata.get('user-agent')).toEqual(['gonogo/0.0.0']);
  expect(host).toBe('health.test:1');
  expect(Number(deadline) - before).toBeGreaterThan(4500);
  expect(Number(deadline) - before).toBeLessThan(6000);
});

test('over TLS the certificate is seen, for the name of the authority', async () => {
  const address = await start(answering(1), secure());
  const facts = await lookAt(address, { tls: { ca: authority.cert }, authority: 'health.test' });
  expect(facts).toMatchObject({ health: { status: 'SERVING' }, tls: { verified: true, protocol: 'TLSv1.3' } });
});

test('the path of a PEM file starts at the folder of the check', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gonogo-grpc-'));
  await writeFile(join(folder, 'roots.pem'), authority.cert);
  const spec: Spec = { address: await start(answering(1), secure()), tls: { ca: 'roots.pem' } };
  expect(await look(spec, testContext(5000, { folder }))).toMatchObject({ tls: { verified: true } });
  await rm(folder, { recursive: true });
  expect(await troubleOf(look(spec, testContext(5000, { folder })))).toMatchObject({ code: 'missing-credential' });
});

test('nothing is sent to a server whose certificate is for another name', async () => {
  let calls = 0;
  const address = await start((_call, done) => {
    calls += 1;
    done(null, 1);
  }, secure());
  const trouble = await troubleOf(lookAt(address, { tls: { ca: authority.cert }, authority: 'other.test' }));
  expect(trouble).toMatchObject({ code: 'tls-wrong-host', facts: { address: '127.0.0.1', tls: { verified: false } } });
  expect(calls).toBe(0);
});

test('a certificate that is accepted unverified is still told', async () => {
  const address = await start(answering(1), secure());
  const facts = await lookAt(address, { tls: { verify: false } });
  expect(facts).toMatchObject({ health: { status: 'SERVING' }, tls: { verified: false } });
  expect(explainGrpc(facts)).toEqual([expect.objectContaining({ fact: 'tls.verified' })]);
});

test('TLS to a server without it, and the other way round, are told as that', async () => {
  expect(await troubleOf(lookAt(await start(answering(1)), { tls: true }))).toMatchObject({ code: 'tls-protocol' });
  expect(await troubleOf(lookAt(await start(answering(1), secure())))).toMatchObject({ code: 'closed-early' });
});
