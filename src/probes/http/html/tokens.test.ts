import { describe, expect, test } from 'vitest';
import { htmlTokens } from './tokens.ts';

/** `text`, `<name a=b>` and `{script: ...}`, one after the other. */
const read = (html: string): string =>
  [...htmlTokens(html)]
    .map((token) => {
      if (token.kind === 'text') return token.text.trim();
      if (token.kind === 'raw') return `{${token.element}: ${token.text}}`;
      return `<${[token.name, ...[...token.attributes].map(([name, value]) => `${name}=${value}`)].join(' ')}>`;
    })
    .join('|');

test.each([
  ['<p>Hello <b>you</b></p>', '<p>|Hello|<b>|you'],
  ['<META HTTP-EQUIV=Refresh Content="0; url=/a&amp;b">', '<meta http-equiv=Refresh content=0; url=/a&b>'],
  ["<a href='x y' href=z>", '<a href=x y>'],
  ['<br/><img src=/a/b/ alt>', '<br>|<img src=/a/b/ alt=>'],
  ['<a = b=1 "c">', '<a b=1 "c"=>'],
  ['a < b and c > d', 'a|<|b and c > d'],
  ['<!-- <meta> --><p><!-- no end <meta>', '<p>'],
  ['<!doctype html><?xml version="1.0"?></p><p>', '<p>'],
  ['<script>if (a<b) document.write("<meta>")</script><p>', '<script>|{script: if (a<b) document.write("<meta>")}|<p>'],
  ['<noscript><meta http-equiv=refresh></noscript>', '<noscript>|{noscript: <meta http-equiv=refresh>}'],
  ['<title>a <b> c</TITLE>d', '<title>|{title: a <b> c}|d'],
  ['<style>no end <p>', '<style>|{style: no end <p>}'],
  ['<p', ''],
  ['<a href="no end><p>', '<a href="no end=>|<p>'],
  ['<', '<'],
  ['', ''],
])('%s', (html, tokens) => expect(read(html)).toBe(tokens));

describe('HTML that is made to take long', () => {
  const size = 64 * 1024;
  test.each([
    '<',
    '<a',
    '<a ',
    '<a b="',
    "<a b='",
    '<!--',
    '</',
    '<a<a ',
    '<a =',
    '<a b=c ',
    '<script>',
    '<title',
    '&#',
    '<a b="<',
  ])('%s over and over, with an end and without', (part) => {
    const startedAt = performance.now();
    for (const end of ['', '>', '">', '-->']) read(part.repeat(size / part.length) + end);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });

  test('keeps 32 attributes of a tag and reads on', () => {
    const [first, ...rest] = htmlTokens(`<p ${Array.from({ length: 99 }, (_, at) => `a${at}=1`).join(' ')}>text`);
    expect(first?.kind === 'tag' && first.attributes.size).toBe(32);
    expect(rest).toEqual([{ kind: 'text', text: 'text' }]);
  });
});
