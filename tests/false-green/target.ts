import { createServer, type RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { makeAuthority, makeCertificate } from '../stack/certificates.ts';
import { listen, stop } from '../stack/listen.ts';
import { startRawServer, type RawServer } from '../stack/raw-server.ts';
import type { Urls } from './case.ts';

const LOGIN = '<!doctype html><title>Sign in</title><form action="/login"><input name="password"></form>';
const counts = new Map<string, number>();

const nth = (path: string): number => {
  const count = (counts.get(path) ?? 0) + 1;
  counts.set(path, count);
  return count;
};

/** A body of which the first half arrives. */
const half = (body: Uint8Array): Uint8Array => body.subarray(0, Math.floor(body.length / 2));

const JSON_ANSWERS: { readonly [path: string]: unknown } = {
  '/ok': { status: 'pass', items: [1, 2, 3], state: 'ready', count: 3, error: null },
  '/text-number': { count: '1' },
  '/no-items': { items: [], total: 0 },
  '/health-fails': { status: 'fail' },
  '/health-contradicts': { status: 'pass', checks: { 'db:connected': [{ status: 'fail' }] } },
  '/tool-error': { isError: true, content: [{ type: 'text', text: 'it broke' }] },
  '/no-index': { answer: 'No latest index found', hits: [] },
  '/fallback': { answer: 'OFFLINE FALLBACK RESULTS: refunds take 5 days', hits: [{ id: 'a' }], isError: false },
  '/no-hits': { answer: 'I do not know', hits: [] },
};

const handle: RequestListener = (request, response) => {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  const html = (text: string) => response.writeHead(200, { 'content-type': 'text/html' }).end(text);
  const json = (status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  const body = JSON_ANSWERS[path];
  if (body !== undefined) json(200, body);
  else if (path === '/login') html(LOGIN);
  else if (path === '/needs-login') response.writeHead(302, { location: '/login' }).end();
  else if (path === '/error-page') html('<title>502 Bad Gateway</title><h1>502 Bad Gateway</h1>');
  else if (path === '/huge') html('x'.repeat(40 * 1024 * 1024));
  else if (path === '/once-bad') json(nth(path) === 1 ? 503 : 200, { status: 'pass' });
  else if (path === '/third-bad') json(nth(path) === 3 ? 500 : 200, { status: 'pass' });
  else if (path === '/slow') setTimeout(() => json(200, { status: 'pass' }), 2500);
  else if (path === '/secret') json(request.headers.authorization === 'Bearer good' ? 200 : 401, {});
  else if (path === '/cut') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
    response.write('{"status":"pass"', () => response.destroy());
  } else if (path === '/cut-gzip') {
    const packed = half(gzipSync(JSON.stringify({ status: 'pass', text: 'x'.repeat(5000) })));
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(packed);
  } else json(404, { error: 'no such path' });
};

/** The servers that the cases look at: one that answers by path, and some whose certificates are wrong. */
export const startTargets = async (): Promise<{ readonly urls: Urls; readonly close: () => Promise<void> }> => {
  const server = createServer(handle);
  const port = await listen(server);
  const authority = await makeAuthority();
  const [past, present] = [new Date('2025-01-01'), new Date(Date.now() + 30 * 86_400_000)];
  const tls = async (names: readonly string[], notAfter: Date): Promise<RawServer> => {
    const { chain, key } = await makeCertificate({ authority, names, notBefore: new Date('2024-01-01'), notAfter });
    return startRawServer(() => {}, { cert: chain, key });
  };
  const raw = [await tls(['127.0.0.1'], past), await tls(['other.example'], present)];
  const [expired, otherHost] = raw.map((one) => `127.0.0.1:${one.port}`);
  return {
    urls: {
      TARGET: `http://127.0.0.1:${port}`,
      EXPIRED: expired ?? '',
      OTHER_HOST: otherHost ?? '',
      AUTHORITY: authority.cert,
    },
    close: async () => {
      await stop(server);
      await Promise.all(raw.map((one) => one.close()));
    },
  };
};
