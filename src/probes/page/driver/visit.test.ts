import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makeCertificate } from '../../../../tests/stack/certificates.ts';
import { brokenDefaults, startSite, type Route, type Site } from '../test-site.ts';
import { startVisits, type Visits } from './test-visits.ts';

let visits: Visits;

beforeAll(async () => {
  visits = await startVisits();
});

afterAll(() => visits.close());

const sites: Site[] = [];

const site = async (routes: { readonly [path: string]: Route }, tls?: { cert: string; key: string }): Promise<Site> => {
  const started = await startSite(routes, tls);
  sites.push(started);
  return started;
};

afterEach(() => {
  for (const { close } of sites.splice(0)) close();
});

const listOf = (fact: unknown): readonly unknown[] => (Array.isArray(fact) ? fact : []);

test('what is broken in a page is told, and breaks the defaults with the reason codes of a page', async () => {
  const other = await site({});
  const { port } = await site({
    '/': (_, response) => {
      response.writeHead(503, {
        'content-type': 'text/html',
        'content-security-policy': `default-src 'self' http://127.0.0.1:*; script-src-elem 'self' 'unsafe-inline'`,
        'content-security-policy-report-only': "img-src 'none'",
      });
      response.end(`<!doctype html><title>Broken</title>
<script>console.error('oops', 1); setTimeout(() => { throw new TypeError('late') }, 30)</script>
<script src="/gone.js?session=1"></script><img src="http://127.0.0.1:${other.port}/elsewhere.png">
<p onclick="alert(1)">x</p><script>Promise.reject(new Error('unhandled'))</script>`);
    },
  });
  const spec = { url: `http://localhost:${port}/` };
  const facts = await visits.factsOf(spec);
  expect([...listOf(facts['page-errors'])].toSorted()).toEqual([
    expect.stringMatching(/^Error: unhandled \(http:\/\/localhost:\d+\/:4:\d+\)$/),
    expect.stringMatching(/^TypeError: late \(http:\/\/localhost:\d+\/:2:\d+\)$/),
  ]);
  expect(facts['console-errors']).toEqual([expect.stringMatching(/^oops 1 \(http:\/\/localhost:\d+\/:2:\d+\)$/)]);
  expect(facts['failed-requests']).toEqual([
    { url: `http://localhost:${port}/gone.js?session=***`, why: 'answers 404', status: 404 },
  ]);
  expect(facts['csp-violations']).toEqual([expect.objectContaining({ directive: 'script-src-attr' })]);
  expect(facts['csp-reports']).toEqual([expect.objectContaining({ directive: 'img-src' })]);
  expect(facts['counts']).toMatchObject({ 'failed-third-party': 1, 'failed-requests': 1 });
  expect(brokenDefaults(spec, facts)).toEqual([
    'expect status: http-5xx',
    'expect page-errors: page-error',
    'expect csp-violations: page-csp',
    'expect failed-requests: page-request-failed',
    'warn console-errors: page-error',
  ]);
});

test('what a check allows does not count, but for how often it was', async () => {
  const { origin } = await site({
    '/': '<script>console.error("known one"); setTimeout(() => { throw new Error("known two") })</script><script src="/gone.js"></script>',
  });
  const spec = { url: origin, 'allow-console': ['known o'], 'allow-errors': ['two'], 'allow-requests': ['gone\\.js$'] };
  const facts = await visits.factsOf(spec);
  expect(brokenDefaults(spec, facts)).toEqual([]);
  expect(facts['counts']).toMatchObject({ allowed: 3, 'console-errors': 0, 'page-errors': 0, 'failed-requests': 0 });
});

test('redirects of HTTP and of the page are one chain, and a warning; another site is a failure', async () => {
  const other = await site({ '/in': '<title>Sign in</title>' });
  const { port } = await site({
    '/old': (_, response) => response.writeHead(302, { location: '/new' }).end(),
    '/new': '<meta http-equiv=refresh content="0; url=/script">',
    '/script': `<script>location.replace('http://127.0.0.1:${other.port}/in?code=1')</script>`,
  });
  const spec = { url: `http://localhost:${port}/old` };
  const facts = await visits.factsOf(spec);
  expect(facts).toMatchObject({ status: 200, title: 'Sign in', redirects: 3, 'same-site': false });
  expect(facts['chain-text']).toBe(
    `http://localhost:${port}/old --302--> http://localhost:${port}/new --200--> http://localhost:${port}/script --200--> http://127.0.0.1:${other.port}/in?code=***  (200)`,
  );
  expect(brokenDefaults(spec, facts)).toEqual([
    'expect same-site: redirect-unexpected-target',
    'warn redirects: redirect-unexpected',
  ]);
  const meant = { ...spec, follow: true, 'first-party': ['127.0.0.1'] };
  expect(brokenDefaults(meant, await visits.factsOf(meant))).toEqual([]);
});

test('a page that waits for something of its own is asked when that can be seen', async () => {
  const { origin } = await site({
    '/': `<div id=app></div><script>setTimeout(() => { app.innerHTML = '<b class=ready>here</b>' }, 200)</script>`,
  });
  expect(await visits.factsOf({ url: origin, 'wait-for': '.ready' })).toMatchObject({ text: 'here' });
});

const deadPort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
};

test('a port on which nobody listens is connect-refused, also where a script leads to it', async () => {
  const dead = `http://127.0.0.1:${await deadPort()}/`;
  const refused = { code: 'connect-refused', message: `${dead}: nobody listens there (ERR_CONNECTION_REFUSED)` };
  expect(await visits.failureOf({ url: dead })).toEqual(refused);
  const { origin } = await site({ '/': `<script>location = '${dead}'</script>` });
  expect(await visits.failureOf({ url: origin })).toEqual(refused);
});

test('an untrusted certificate is a failure, unless the check accepts any', async () => {
  const { cert, key } = await makeCertificate({ authority: null, names: ['127.0.0.1'] });
  const { origin } = await site({ '/': '<h1>Secure</h1>' }, { cert, key });
  expect(await visits.failureOf({ url: origin })).toMatchObject({ code: 'tls-untrusted' });
  expect(await visits.factsOf({ url: origin, tls: { verify: false } })).toMatchObject({ status: 200, text: 'Secure' });
});

test('an answer without a page is what it is: a status, a file, a loop, half of a page', async () => {
  const { origin } = await site({
    '/empty': (_, response) => response.writeHead(500).end(),
    '/401': (_, response) => response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end(),
    '/204': (_, response) => response.writeHead(204).end(),
    '/file': (_, response) => response.writeHead(200, { 'content-type': 'application/zip' }).end('PK'),
    '/loop': (_, response) => response.writeHead(302, { location: '/loop' }).end(),
    '/scheme': (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    '/half': (request, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-length': '1000' }).write('<h1>Half');
      setTimeout(() => request.socket.destroy(), 50);
    },
  });
  expect(await visits.factsOf({ url: `${origin}/empty` })).toMatchObject({ status: 500 });
  expect(await visits.factsOf({ url: `${origin}/401` })).toMatchObject({ status: 401 });
  const codeOf = async (path: string) => (await visits.failureOf({ url: `${origin}${path}` })).code;
  expect(await codeOf('/204')).toBe('http-status');
  expect(await codeOf('/file')).toBe('wrong-content-type');
  expect(await codeOf('/loop')).toBe('redirect-loop');
  expect(await codeOf('/scheme')).toBe('redirect-bad-scheme');
  expect(await codeOf('/half')).toBe('closed-early');
});
