import { afterEach, expect, test } from 'vitest';
import { look } from './look.ts';
import {
  brokenDefaults,
  failureOf,
  keepingContext,
  startSite,
  visitContext,
  type Kept,
  type Route,
  type Site,
} from './test-site.ts';

const sites: Site[] = [];

const site = async (routes: { readonly [path: string]: Route }): Promise<Site> => {
  const started = await startSite(routes);
  sites.push(started);
  return started;
};

afterEach(() => {
  for (const { close } of sites.splice(0)) close();
});

const SHOP = `<title> The shop </title><link rel=canonical href="/shop"><h1>Welcome</h1><x-price></x-price><script>
  document.querySelector('x-price').attachShadow({ mode: 'open' }).innerHTML = '<p>12 euros</p><style>p { color: red }</style>';
</script>`;

test('a sound page is told in full, breaks no default and leaves no evidence', async () => {
  const { origin } = await site({ '/shop': SHOP });
  const kept: Kept = new Map();
  const spec = { url: `${origin}/shop?token=abc` };
  const facts = await look(spec, keepingContext(kept, { asked: ['status', 'redirects'] }));
  expect(facts).toMatchObject({
    status: 200,
    title: 'The shop',
    'final-url': `${origin}/shop?token=***`,
    text: 'Welcome\n12 euros',
    canonical: '/shop',
    redirects: 0,
    'same-site': true,
    requests: 1,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    browser: expect.stringMatching(/^Chromium \d+/),
  });
  const times = ['first-byte', 'dom-content-loaded', 'load', 'lcp', 'duration'];
  expect(times.filter((time) => !(Number(facts[time]) > 0))).toEqual([]);
  expect(brokenDefaults(spec, facts)).toEqual([]);
  expect(kept.size).toBe(0);
});

test('a page that does not load in time is a timeout that names what is open, with a screenshot', async () => {
  const { origin } = await site({
    '/': '<h1>Half</h1><img src="/never.png">',
    '/never.png': () => {},
  });
  const kept: Kept = new Map();
  const failure = await failureOf({ url: origin }, { ...keepingContext(kept), timeoutMs: 17_500 });
  expect(failure.code).toBe('timeout');
  expect(failure.message).toMatch(/^the page did not come to load within 2s: still open: .*\/never\.png$/);
  expect(failure.facts).toMatchObject({ status: 200, text: 'Half', screenshot: 'evidence/screenshot.png' });
  expect(
    Buffer.from(kept.get('screenshot.png') ?? '')
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG');
});

test('a check that asks for more than the defaults keeps a screenshot in any case', async () => {
  const { origin } = await site({ '/': '<h1>Fine</h1>' });
  const kept: Kept = new Map();
  await look({ url: origin }, keepingContext(kept, { asked: ['status', 'title'] }));
  expect([...kept.keys()]).toEqual(['screenshot.png']);
});

test('a browser that is missing, or does not start, is told with what to do', async () => {
  const url = 'http://127.0.0.1/';
  const missing = await failureOf({ url }, visitContext({ environment: { CHROMIUM_PATH: '/no/chromium' } }));
  expect(missing.code).toBe('browser-missing');
  expect(missing.message).toContain(
    'CHROMIUM_PATH names /no/chromium, which is not there: install one with `npx playwright-core install chromium`',
  );
  const environment = { CHROMIUM_PATH: process.execPath, PATH: '/usr/bin' };
  const broken = await failureOf({ url }, visitContext({ environment }));
  expect(broken.code).toBe('browser-missing');
  expect(broken.message).toMatch(/^the browser .* does not start: /);
});
