import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { listen, stop } from '../../../tests/stack/listen.ts';
import { testContext } from '../test-context.ts';
import { look } from './look.ts';
import { curlCommand } from './curl.ts';
import type { Spec } from './schema.ts';

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(stop));
});

/** A server, and what `Authorization` it was sent. */
const serve = async (listener: RequestListener) => {
  const seen: (string | null)[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers.authorization ?? null);
    listener(request, response);
  });
  servers.push(server);
  return { seen, url: `http://127.0.0.1:${await listen(server)}/` };
};

const challenges: RequestListener = (_request, response) => {
  response.writeHead(401, { 'www-authenticate': 'Digest realm="r", nonce="n", qop="auth"' }).end();
};

const asAda = (url: string, more: Partial<Spec> = {}): Spec => ({
  url,
  auth: { digest: { username: 'ada', password: 'canary-password' } },
  ...more,
});

test('a challenge is answered once, and a second one is the answer', async () => {
  const { url, seen } = await serve(challenges);
  const facts = await look(asAda(url), testContext());
  expect(facts).toMatchObject({ status: 401, redirects: 0, chain: [{ status: 401 }, { status: 401 }] });
  expect(seen).toEqual([null, expect.stringMatching(/^Digest username="ada", realm="r"/)]);
});

test('nothing is answered where nobody asks', async () => {
  const { url, seen } = await serve((_request, response) => response.writeHead(200).end('ok'));
  expect(await look(asAda(url), testContext())).toMatchObject({ status: 200, redirects: 0 });
  expect(seen).toEqual([null]);
});

test('a stranger that a redirect leads to gets no answer', async () => {
  const stranger = await serve(challenges);
  const { url } = await serve((_request, response) => response.writeHead(302, { location: stranger.url }).end());
  const facts = await look(asAda(url, { follow: true }), testContext());
  expect(facts).toMatchObject({ status: 401, redirects: 1 });
  expect(stranger.seen).toEqual([null]);
});

test('each hop of its own origin is answered with its own address', async () => {
  const { url, seen } = await serve((request, response) => {
    if (request.headers.authorization === undefined) challenges(request, response);
    else if (request.url === '/') response.writeHead(302, { location: '/next' }).end();
    else response.writeHead(200).end('ok');
  });
  expect(await look(asAda(url, { follow: true }), testContext())).toMatchObject({ status: 200, redirects: 1 });
  expect(seen.map((one) => /uri="([^"]*)"/.exec(one ?? '')?.[1] ?? null)).toEqual([null, '/', null, '/next']);
});

test('the command to try it shows no password', () => {
  expect(curlCommand(asAda('http://a.example/')).join(' ')).toContain('--digest -u ada:*** http://a.example/');
});
