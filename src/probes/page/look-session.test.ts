import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { newSession } from '../session.ts';
import { cookiesFor, storeCookies } from '../engine/cookies.ts';
import { look } from './look.ts';
import { makeOrder } from './make-order.ts';
import { startSite, visitContext, type Site } from './test-site.ts';

const sites: Site[] = [];
afterEach(() => sites.splice(0).forEach(({ close }) => close()));

const started = async (...parameters: Parameters<typeof startSite>): Promise<Site> => {
  const site = await startSite(...parameters);
  sites.push(site);
  return site;
};

const redirect =
  (target: () => string, cookie: string) =>
  (_request: IncomingMessage, response: ServerResponse): void =>
    void response.writeHead(302, { location: target(), 'set-cookie': cookie }).end();

const HOME = `<!doctype html><h1>Home</h1><script>document.cookie = 'theme=dark; path=/';</script>`;

test('the page of a scenario has the cookies of the steps before it, and leaves its own to those after it', async () => {
  const addresses = { home: '', other: '' };
  const other = await started({ '/out': redirect(() => addresses.home, 'tracker=1; Path=/') });
  const site = await started({
    '/start': redirect(() => addresses.other, 'seen=yes; Path=/; HttpOnly'),
    '/home': (_, response) => {
      const headers = { 'content-type': 'text/html', 'set-cookie': 'old=; Path=/; Max-Age=0' };
      response.writeHead(200, headers).end(HOME);
    },
  });
  addresses.home = `${site.origin}/home`;
  addresses.other = `${other.origin.replace('127.0.0.1', 'localhost')}/out`;
  const url = new URL(`${site.origin}/start`);
  const session = newSession();
  session.jar = storeCookies([], url, ['sid=from-http; Path=/; HttpOnly', 'old=1; Path=/'], Date.now());
  session.jar = storeCookies(session.jar, new URL('http://127.0.0.1:1/'), ['port=1; Path=/'], Date.now());

  const facts = await look({ url: url.href, follow: true }, visitContext({ session }));

  expect(facts['text']).toContain('Home');
  const sent = site.requests.filter(({ url: path }) => path === '/home').map(({ headers }) => headers.cookie);
  expect(sent).toEqual(['sid=from-http; old=1; seen=yes']);
  expect(JSON.stringify(facts)).not.toContain('from-http');
  expect(cookiesFor(session.jar, url, Date.now())).toEqual([
    ['sid', 'from-http'],
    ['seen', 'yes'],
    ['theme', 'dark'],
  ]);
  expect(session.jar.map(({ name }) => name)).not.toContain('tracker');
  expect(session.jar).toMatchObject([{ name: 'port', port: '1' }, {}, {}, {}]);
  const order = await makeOrder({ url: url.href, trace: true }, '/tmp', visitContext({ session }));
  expect(order.trace).toBe(false);
});
