import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { RUNS } from '../../../tests/golden/reports/runs.ts';
import { passed, run } from '../../../tests/golden/reports/build.ts';
import type { ReportOptions } from '../reporter.ts';
import { html } from './markup.ts';
import { renderHtml } from './page.ts';

const options: ReportOptions = { colour: false, width: 100, unicode: true, sourceOf: () => null, root: '../../' };

test('the policy allows nothing but the style sheet of the page, by its hash', () => {
  const page = renderHtml(run([]), options);
  const style = /<style>(.*)<\/style>/s.exec(page)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  expect(page).toContain(
    `content="default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
  );
  expect(style).not.toMatch(/url\(|@import/);
});

test('the verdict is the first heading, before any detail', () => {
  const page = renderHtml(RUNS.get('no-go') ?? run([]), options);
  expect(page.indexOf('<h1>')).toBeLessThan(page.indexOf('<h2'));
  expect([...page.matchAll(/<h2 id="([^"]+)-title"/g)].map(([, id]) => id)).toEqual([
    'blockers',
    'contradictions',
    'findings',
    'gates',
    'checks',
    'not-checked',
  ]);
});

test('a link that could run is shown as text', () => {
  const section = { file: 'a.md', anchor: 'b', title: 'B', url: 'javascript:alert(1)', steps: [] };
  const page = renderHtml(
    run([passed('a', 1, { runbook: section, evidence: ['javascript:x', 'evidence/a.txt'] })]),
    options,
  );
  expect([...page.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual(['evidence/a.txt']);
});

test('a template encodes what is put in, and keeps markup', () => {
  expect(html`<p class="${'a"b'}">${'<b>'}${html`<i>${'&'}</i>`}${[1, null, 'x']}</p>`.markup).toBe(
    '<p class="a&quot;b">&lt;b&gt;<i>&amp;</i>1x</p>',
  );
});
