import { afterEach, expect, test } from 'vitest';
import { troubleOf } from '../../../tests/stack/requests.ts';
import { testContext } from '../test-context.ts';
import { explainGrpc } from './explain.ts';
import { look } from './look.ts';
import { message, reply, type Reply, type Running, SERVING, startStreams } from './test-servers.ts';

/** Servers that answer wrong: none of them may be seen as serving. */

const running: Running[] = [];

afterEach(() => {
  for (const server of running.splice(0)) server.stop();
});

const keep = <Server extends Running>(server: Server): Server => {
  running.push(server);
  return server;
};

const lookAt = ({ port }: { readonly port: number }) => look({ address: `127.0.0.1:${port}` }, testContext());

const answering = async (answer: Reply): Promise<Running> =>
  keep(await startStreams((stream) => reply(stream, answer)));

test('a right answer from a server of our own is seen as serving', async () => {
  expect(await lookAt(await answering({ body: SERVING }))).toMatchObject({ health: { status: 'SERVING' } });
});

test('an answer that comes byte by byte is the same', async () => {
  const server = await startStreams((stream) => {
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    void (async () => {
      for (const byte of SERVING) await new Promise((resolve) => stream.write(Buffer.of(byte), resolve));
      stream.end();
    })();
  });
  expect(await lookAt(keep(server))).toMatchObject({ health: { status: 'SERVING' } });
});

test.each<[string, Reply, string, string]>([
  [
    'no trailers behind SERVING',
    { body: SERVING, trailers: null },
    'invalid-response',
    'invalid response: the call ended without grpc-status: it has no trailers, so it is not known to have succeeded',
  ],
  [
    'trailers without a status',
    { body: SERVING, trailers: { other: '0' } },
    'invalid-response',
    'invalid response: the call ended without grpc-status: its trailers have none, so it is not known to have succeeded',
  ],
  [
    'the status in the head alone',
    { head: { 'grpc-status': '0' }, body: SERVING, trailers: null },
    'invalid-response',
    'invalid response: the call ended without grpc-status: it has no trailers, so it is not known to have succeeded',
  ],
  [
    'two statuses',
    { head: { 'grpc-status': '14' }, body: SERVING },
    'invalid-response',
    'invalid response: grpc-status comes with different values: 14 and 0',
  ],
  [
    'a status that is no number',
    { body: SERVING, trailers: { 'grpc-status': '0x0' } },
    'invalid-response',
    'invalid response: grpc-status is `0x0`, which is no number',
  ],
  [
    'an empty status',
    { body: SERVING, trailers: { 'grpc-status': '' } },
    'invalid-response',
    'invalid response: grpc-status is ``, which is no number',
  ],
  [
    'status 0 and no message',
    { head: { 'grpc-status': '0' }, trailers: null },
    'invalid-response',
    'invalid response: the call ended with status 0 and without a message',
  ],
  [
    'two messages',
    { body: Buffer.concat([SERVING, SERVING]) },
    'invalid-response',
    'invalid response: 7 bytes follow the message: a unary call has one',
  ],
  [
    'a message that ends early',
    { body: message([0x08, 0x01], 0, 10) },
    'invalid-response',
    'invalid response: the message ends after 2 of 10 bytes',
  ],
  [
    'a prefix that ends early',
    { body: SERVING.subarray(0, 3) },
    'invalid-response',
    'invalid response: the body ends in the prefix of a message, after 3 bytes',
  ],
  [
    'a length of 4 GB',
    { body: message([0x08, 0x01], 0, 0xffff_ffff) },
    'body-limit',
    'the message is announced with 4294967295 bytes, and a health answer has at most 64 KiB',
  ],
  [
    'a compressed message of a coding that nobody knows',
    { head: { 'grpc-encoding': 'snappy' }, body: message([0x08, 0x01], 1) },
    'decode-error',
    'the message is compressed, which was not asked for (grpc-encoding: snappy)',
  ],
  [
    'a compressed message without a coding',
    { body: message([0x08, 0x01], 1) },
    'decode-error',
    'the message is compressed, which was not asked for (no grpc-encoding says how)',
  ],
  [
    'a flag of its own',
    { body: message([0x08, 0x01], 7) },
    'invalid-response',
    'invalid response: the flag before the message is 7, which gRPC does not define',
  ],
  [
    'what is no protobuf',
    { body: message([0x08]) },
    'invalid-response',
    'invalid response: the message is no HealthCheckResponse: it has a number that ends after the message',
  ],
  [
    'both statuses in one message',
    { body: message([0x08, 0x02, 0x08, 0x01]) },
    'invalid-response',
    'invalid response: the message is no HealthCheckResponse: it has the status twice: NOT_SERVING and SERVING',
  ],
])('an answer with %s is no answer', async (_name, answer, code, text) => {
  const trouble = await troubleOf(lookAt(await answering(answer)));
  expect(trouble).toMatchObject({ code, message: text, facts: { service: '', status: 200, address: '127.0.0.1' } });
  expect(trouble.facts).not.toHaveProperty('health');
});

test('a message that says SERVING is nothing when the call failed', async () => {
  const facts = await lookAt(
    await answering({ body: SERVING, trailers: { 'grpc-status': '13', 'grpc-message': '%zz%20a' } }),
  );
  expect(facts).toMatchObject({ 'grpc-status': 13, 'grpc-message': '%zz a' });
  expect(facts).not.toHaveProperty('health');
});

test('a call that failed in the middle of its message is told by its status', async () => {
  expect(
    await lookAt(await answering({ body: SERVING.subarray(0, 6), trailers: { 'grpc-status': '14' } })),
  ).toMatchObject({ 'grpc-status': 14 });
});

test.each<[string, Reply, string, string]>([
  [
    'a page',
    { head: { 'content-type': 'text/html' }, body: '<html>SERVING</html>', trailers: null },
    'wrong-content-type',
    'the server answers HTTP 200 with text/html, which is not gRPC',
  ],
  [
    'gRPC for browsers',
    { head: { 'content-type': 'application/grpc-web' }, body: SERVING },
    'wrong-content-type',
    'the server answers HTTP 200 with application/grpc-web, which is not gRPC',
  ],
  [
    'the page of a proxy',
    { head: { ':status': 502, 'content-type': 'text/html' }, body: 'bad gateway', trailers: null },
    'http-5xx',
    'the server answers with HTTP status 502 (text/html), where gRPC always has 200',
  ],
  [
    'SERVING under 503',
    { head: { ':status': 503 }, body: SERVING },
    'http-5xx',
    'the server answers with HTTP status 503 (application/grpc), where gRPC always has 200',
  ],
  [
    'a 401',
    { head: { ':status': 401, 'content-type': 'text/plain' }, trailers: null },
    'auth-required',
    'the server answers with HTTP status 401 (text/plain), where gRPC always has 200',
  ],
])('%s is seen as what it is', async (_name, answer, code, text) => {
  const facts = await lookAt(await answering(answer));
  expect(facts).not.toHaveProperty('health');
  expect(explainGrpc(facts)).toContainEqual({ code, fact: 'health.status', message: text });
});
