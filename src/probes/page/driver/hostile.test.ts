import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startSite, type Route, type Site } from '../test-site.ts';
import { startVisits, type Visits } from './test-visits.ts';

let visits: Visits;

beforeAll(async () => {
  visits = await startVisits();
});

afterAll(() => visits.close());

const sites: Site[] = [];

const site = async (routes: { readonly [path: string]: Route }): Promise<Site> => {
  const started = await startSite(routes);
  sites.push(started);
  return started;
};

afterEach(() => {
  for (const { close } of sites.splice(0)) close();
});

test.each<[string, string, string, RegExp]>([
  ['asks for ever', '<script>for (;;) alert(1)</script>', 'page-error', /more than 50 dialogs/],
  ['loads itself again and again', '<script>location.reload()</script>', 'redirect-loop', /more than 50 documents/],
  ['freezes', `<script>onload = () => setTimeout(() => { for (;;); }, 50)</script>`, 'page-error', /is frozen/],
  [
    'leads to another scheme',
    '<script>location = "mailto:a@b"</script>',
    'redirect-bad-scheme',
    /leads to mailto:a@b:/,
  ],
  ['empties itself', '<script>location = "about:blank"</script>', 'redirect-bad-scheme', /leads to about:blank/],
])('a page that %s ends the visit', async (_what, body, code, message) => {
  const { origin } = await site({ '/': body });
  const failure = await visits.failureOf({ url: origin });
  expect(failure.message).toMatch(message);
  expect(failure.code).toBe(code);
});

test('what a page says is bounded and cannot act: consoles, titles, dialogs', async () => {
  const { origin } = await site({
    '/': `<title></title><script>document.title = 'x'.repeat(1e6);
      for (let i = 0; i < 70; i++) console.error('\\u001b[2J' + 'y'.repeat(1e5)); confirm('Sure?\\n\\u202eevil')</script>`,
  });
  const facts = await visits.factsOf({ url: origin });
  expect(String(facts['title']).length).toBe(1000);
  expect(facts['console-errors']).toHaveLength(50);
  expect(facts['counts']).toMatchObject({ 'console-errors': 70 });
  expect(JSON.stringify(facts['console-errors']).length).toBeLessThan(50 * 700);
  expect(JSON.stringify(facts)).not.toContain('\u001b');
  expect(facts['dialogs']).toEqual([String.raw`confirm: Sure?\u{a}\u{202e}evil`]);
});

test('a page with more text than we read has no text, rather than half of it', async () => {
  const { origin } = await site({ '/': `<script>document.write('z'.repeat(2 ** 20 + 1))</script>` });
  const facts = await visits.factsOf({ url: origin });
  expect(facts['status']).toBe(200);
  expect(facts['text']).toBeUndefined();
});

test('files, windows and downloads of a page are refused and told', async () => {
  const { origin } = await site({
    '/': `<title>Busy</title><a href="/file" download></a><h1>go</h1><script>
      document.querySelector('h1').onclick = () => {
        window.open('/other', '', 'noopener');
        document.querySelector('a').click();
        location = 'file:///etc/passwd';
      };
      navigator.serviceWorker.register('/sw.js');
      </script>`,
    '/file': (_, response) => response.writeHead(200, { 'content-type': 'application/zip' }).end('PK'),
    '/other': '<title>Other</title>',
  });
  const facts = await visits.factsOf({ url: origin, steps: [{ click: 'h1' }] });
  expect(facts).toMatchObject({
    title: 'Busy',
    'final-url': `${origin}/`,
    popups: [expect.any(String)],
    downloads: [`${origin}/file`],
  });
  expect(facts['console-errors']).toEqual([expect.stringContaining('Not allowed to load local resource: file:///')]);
});
