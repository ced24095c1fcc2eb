import { describe, expect, test } from 'vitest';
import type { Facts } from '../../../model/observation.ts';
import { pageMoves } from './page-moves.ts';
import { refreshSigns } from './refresh-signs.ts';

type Headers = { readonly [name: string]: string };

const moves = (
  text: string | null,
  headers: Headers = { 'content-type': 'text/html' },
  at = 'https://a.test/dir/',
): Facts =>
  pageMoves({
    url: new URL(at),
    text,
    header: (name) => (headers[name] === undefined ? [] : [headers[name]]),
  });

const meta = (content: string): string => `<meta http-equiv="refresh" content="${content}">`;
const WORDS = `<p>${'There is something to read here. '.repeat(10)}</p>`;

describe('a meta refresh', () => {
  test.each([
    ['0; url=/login', 'https://a.test/login', 0],
    ['5;URL=next', 'https://a.test/dir/next', 5000],
    ["0; url='https://b.test/?token=hush'", 'https://b.test/?token=***', 0],
    ['3, https://b.test/', 'https://b.test/', 3000],
    ['0.9;//b.test/x', 'https://b.test/x', 0],
    [' 10 ', 'https://a.test/dir/', 10_000],
    ['0; url=javascript:alert(1)', 'javascript:alert(1)', 0],
    ['0; url=data:text/html,hi', 'data:text/html,hi', 0],
    ['0; url=http://[', 'http://[', 0],
    ['0; url=&#47;x&amp;y=1', 'https://a.test/x&y=1', 0],
  ])('%s is told with its target and delay', (content, url, after) => {
    expect(moves(meta(content) + WORDS)).toMatchObject({ refresh: { url, after, source: 'meta', only: false } });
  });

  test.each(['', 'url=/login', 'now', '-1; url=/x', '0x'])('%j is none', (content) =>
    expect(moves(meta(content))).toEqual({}),
  );

  test('is the first of several, and goes by the base of the page', () => {
    const html = `<base href="https://b.test/x/"><base href="https://c.test/">${meta('no')}${meta('0; url=y')}${meta('0; url=z')}`;
    expect(moves(html)).toMatchObject({ refresh: { url: 'https://b.test/x/y', elsewhere: true } });
  });

  test.each([
    `<!-- ${meta('0; url=/x')} -->`,
    `<noscript>${meta('0; url=/x')}</noscript>`,
    `<title>${meta('0; url=/x')}</title>`,
    `<script>"${meta('0; url=/x')}"</script>`,
    `${' '.repeat(64 * 1024)}${meta('0; url=/x')}`,
  ])('is not looked for where no browser of today would see it, or far down', (html) =>
    expect(moves(html)).toEqual({}),
  );
});

describe('a page leads elsewhere', () => {
  test.each([
    ['https://b.test/', true],
    ['http://a.test/dir/', true],
    ['mailto:me@a.test', true],
    ['https://www.a.test/', false],
    ['https://a.test:8443/', false],
    ['/login', false],
  ])('with %s: %s', (target, elsewhere) =>
    expect(moves(meta(`0; url=${target}`))).toMatchObject({ refresh: { elsewhere } }),
  );
});

describe('a page is only there to lead on', () => {
  test.each([
    ['with nothing beside it', '<title>Moved</title>', true],
    ['with a sentence beside it', '<p>You are being redirected, <a href=/x>click here</a>.</p>', true],
    ['with something to read', WORDS, false],
    ['with something to fill in', '<form><input name=q></form>', false],
    ['with a picture', '<img src=/x>', false],
    ['with more than is read', `<!--${' '.repeat(70_000)}-->`, false],
  ])('%s: %s', (_, beside, only) => expect(moves(meta('0; url=/x') + beside)).toMatchObject({ refresh: { only } }));

  test('not when it only loads itself again', () => {
    expect(moves(meta('30'))).toMatchObject({ refresh: { url: 'https://a.test/dir/', only: false, elsewhere: false } });
  });
});

describe('the header Refresh', () => {
  test('counts before the page, whatever the body is', () => {
    expect(moves(meta('0; url=/meta'), { refresh: '7; url=/header' })).toMatchObject({
      refresh: { url: 'https://a.test/header', after: 7000, source: 'header' },
    });
    expect(moves('{"status":"pass"}', { refresh: '0; url=/x' })).toMatchObject({ refresh: { source: 'header' } });
    expect(moves(null, { refresh: '0; url=/x' })).toMatchObject({ refresh: { only: true } });
  });

  test('counts for nothing when it says nothing', () => {
    expect(moves(meta('0; url=/meta'), { 'content-type': 'text/html', refresh: 'soon' })).toMatchObject({
      refresh: { source: 'meta' },
    });
  });
});

describe('a script', () => {
  test.each([
    'location = "/x"',
    "window.location.href='/x';",
    'top.location.replace("/x")',
    'setTimeout(() => document.location.assign(`/x`), 1)',
  ])('that does nothing but lead on is seen: %s', (script) =>
    expect(moves(`<script>${script}</script>`)).toMatchObject({
      refresh: { url: 'https://a.test/x', source: 'script', only: true },
    }),
  );

  test.each(['if (location.href === "/x") go()', 'const allocation = "/x"', 'location = next', 'fetch("/x")'])(
    'that does something else is not: %s',
    (script) => expect(moves(`<script>${script}</script>`)).toEqual({}),
  );

  test('is not believed where there is something to see', () => {
    expect(moves(`<script>location = "/x"</script>${WORDS}`)).toEqual({});
  });
});

describe('a canonical address', () => {
  test.each([
    ['<link rel="canonical" href="https://b.test/?sig=hush">', {}, 'https://b.test/?sig=***'],
    ['<link href=/c rel="next CANONICAL"><link rel=canonical href=/d>', {}, 'https://a.test/c'],
    ['<p>', { link: '</style.css>; rel=preload, </e>; rel="canonical"' }, 'https://a.test/e'],
    ['<link rel=canonical href="javascript:x">', {}, 'javascript:x'],
  ])('is told: %s', (html, headers, canonical) => {
    expect(moves(html, { 'content-type': 'text/html', ...headers })).toEqual({ canonical });
  });

  test('is not one that is empty', () => expect(moves('<link rel=canonical href="">')).toEqual({}));
});

test('what is no page is left alone', () => {
  expect(moves(meta('0; url=/x'), { 'content-type': 'text/plain' })).toMatchObject({ refresh: { source: 'meta' } });
  expect(moves(`see ${meta('0; url=/x')}`, { 'content-type': 'text/plain' })).toEqual({});
  expect(moves(null)).toEqual({});
});

test('what it shows is told in a sentence each', () => {
  const signs = refreshSigns(moves(meta('5; url=https://b.test/')));
  expect(signs).toEqual([
    {
      code: 'redirect-unexpected',
      fact: 'refresh.only',
      message:
        'the page does nothing but lead on: to https://b.test/ after 5 s, by meta refresh, which is not followed',
    },
    {
      code: 'redirect-unexpected-target',
      fact: 'refresh.elsewhere',
      message:
        'the page leads its readers to another site: to https://b.test/ after 5 s, by meta refresh, which is not followed',
    },
  ]);
  expect(refreshSigns(moves(meta('5') + WORDS))).toEqual([]);
});
