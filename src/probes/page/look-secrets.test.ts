import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { look } from './look.ts';
import { failureOf, keepingContext, startSite, visitContext, type Kept, type Route, type Site } from './test-site.ts';

const closers: (() => unknown)[] = [];

const site = async (routes: { readonly [path: string]: Route }): Promise<Site> => {
  const started = await startSite(routes);
  closers.push(started.close);
  return started;
};

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const SECRET = 'hunter2-not-for-you';
const redact = (text: string): string => text.replaceAll(SECRET, '***');

const FORM = `<title>Sign in</title><form action="/in" method=post>
  <label>User <input name=user></label><label>Password <input name=password type=password></label>
  <button type=button onclick="throw new Error('no')">Go</button></form>`;

const signIn = (user: string): object[] => [
  { fill: { label: 'User', value: user } },
  { fill: { label: 'Password', value: `${user}!` } },
  { click: 'button' },
];

test('a screenshot is the same whatever was typed, and the facts do not hold it', async () => {
  const { origin } = await site({ '/': FORM });
  const pictures: string[] = [];
  for (const typed of [SECRET, 'something-else']) {
    const kept: Kept = new Map();
    const spec = { url: origin, steps: signIn(typed), trace: true };
    const facts = await look(spec, keepingContext(kept, { redact }));
    expect(facts['page-errors']).toHaveLength(1);
    expect(JSON.stringify(facts)).not.toContain(typed);
    pictures.push(Buffer.from(kept.get('screenshot.png') ?? '').toString('base64'));
    expect(kept.has('trace.zip')).toBe(typed !== SECRET);
    expect(facts['withheld']).toEqual(
      typed === SECRET ? ['trace: the check holds a secret or credentials'] : undefined,
    );
  }
  expect(pictures[0]).not.toBe('');
  expect(pictures[0]).toBe(pictures[1]);
});

test('a screenshot on which a secret could be read is withheld', async () => {
  const { origin } = await site({ '/': `<h1>Hello</h1><script>throw new Error('x')</script><p>${SECRET}</p>` });
  const kept: Kept = new Map();
  const facts = await look({ url: origin }, keepingContext(kept, { redact }));
  expect(facts['page-errors']).toHaveLength(1);
  expect(kept.size).toBe(0);
  expect(facts['withheld']).toEqual(['screenshot: the page shows a secret']);
});

test('headers and credentials go to the first origin and to nobody else, not even along a redirect and back', async () => {
  const back: { url: string } = { url: '' };
  const other = await site({
    '/style.css': (_, response) => response.writeHead(200, { 'content-type': 'text/css' }).end(),
    '/out': (_, response) => response.writeHead(302, { location: back.url }).end(),
    '/frame': '<p>frame</p>',
  });
  const home = await site({
    '/': `<link rel=stylesheet href="${other.origin}/style.css"><link rel=stylesheet href="/leave">
      <script src="/own.js"></script><iframe src="${other.origin}/frame"></iframe>`,
    '/own.js': (_, response) => response.writeHead(200, { 'content-type': 'text/javascript' }).end(),
    '/leave': (_, response) => response.writeHead(302, { location: `${other.origin}/out` }).end(),
    '/back': (_, response) => response.writeHead(200, { 'content-type': 'text/css' }).end(),
  });
  back.url = `${home.origin}/back`;
  const spec = {
    url: `${home.origin.replace('//', '//ann:pa55word@')}/`,
    headers: { 'X-Api-Key': 'key-1' },
  };
  await look(spec, visitContext());
  const basic = `Basic ${Buffer.from('ann:pa55word').toString('base64')}`;
  const seen = home.requests.map(({ url, headers }) => [url, headers['x-api-key'], headers.authorization]);
  expect(seen).toEqual(
    expect.arrayContaining([
      ['/', 'key-1', basic],
      ['/own.js', 'key-1', basic],
      ['/leave', 'key-1', basic],
    ]),
  );
  expect(seen).toContainEqual(['/back', undefined, undefined]);
  expect(other.requests.map(({ url }) => url)).toEqual(expect.arrayContaining(['/style.css', '/out', '/frame']));
  for (const { headers } of other.requests) {
    expect(JSON.stringify(headers)).not.toMatch(/key-1|authorization|pa55word/i);
  }
});

test('a storage state signs in; one that is missing or is none is a missing credential', async () => {
  const { origin, port } = await site({
    '/': (request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end(`<p>${request.headers.cookie ?? 'nobody'}</p>`);
    },
  });
  const folder = await mkdtemp(join(tmpdir(), 'auth-state-'));
  closers.push(() => rm(folder, { recursive: true }));
  const cookie = {
    name: 'session',
    value: 'abc',
    domain: '127.0.0.1',
    path: '/',
    expires: -1,
    httpOnly: true,
    secure: false,
    sameSite: 'Lax',
  };
  await writeFile(join(folder, 'state.json'), JSON.stringify({ cookies: [cookie], origins: [] }));
  await writeFile(join(folder, 'other.json'), '{}');
  const context = visitContext({ folder });
  expect(port).toBeGreaterThan(0);
  expect(await look({ url: origin, 'auth-state': 'state.json' }, context)).toMatchObject({ text: 'session=abc' });
  expect(await failureOf({ url: origin, 'auth-state': 'gone.json' }, context)).toMatchObject({
    code: 'missing-credential',
    message: 'auth-state: there is no file gone.json',
  });
  expect(await failureOf({ url: origin, 'auth-state': 'other.json' }, context)).toMatchObject({
    code: 'missing-credential',
  });
});
