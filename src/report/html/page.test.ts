import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { RUNS } from '../../../tests/golden/reports/runs.ts';
import { blocked, passed, run } from '../../../tests/golden/reports/build.ts';
import type { CheckResult } from '../../model/run.ts';
import type { ReportOptions } from '../reporter.ts';
import { html } from './markup.ts';
import { renderHtml } from './page.ts';
import { SCRIPT } from './script.ts';

const options: ReportOptions = { colour: false, width: 100, unicode: true, sourceOf: () => null, root: '../../' };

test('the policy allows the style sheet and the script of the page, by their hashes, and pictures beside it', () => {
  const page = renderHtml(run([passed('a', 1)]), options);
  const hashOf = (name: string): string => {
    const text = new RegExp(`<${name}>(.*)</${name}>`, 's').exec(page)?.[1] ?? '';
    expect(text).not.toMatch(/url\(|@import|https?:/);
    return `&#39;sha256-${createHash('sha256').update(text).digest('base64')}&#39;`;
  };
  expect(page).toContain(
    `content="default-src &#39;none&#39;; style-src ${hashOf('style')}; script-src ${hashOf('script')}; img-src &#39;self&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
  );
});

test('the script makes no HTML out of text, runs no text, and asks nobody for anything', () => {
  expect(SCRIPT).not.toMatch(
    /innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\(|fetch|XMLHttp|import|WebSocket|sendBeacon/,
  );
});

test('a picture that was kept is shown, and only one from beside the page', () => {
  const evidence = ['evidence/a/page.png', 'https://evil.example/a.png', '//evil.example/b.png', 'evidence/a/log.txt'];
  const page = renderHtml(run([passed('a', 1, { evidence })]), options);
  expect([...page.matchAll(/<img src="([^"]*)"/g)].map(([, src]) => src)).toEqual(['evidence/a/page.png']);
});

const many = (count: number, changes: Partial<CheckResult> = {}) =>
  run(
    Array.from({ length: count }, (_, at) =>
      passed(`check-${at}`, at + 1, at === 7 ? { outcome: 'fail', message: 'it broke' } : changes),
    ),
  );

test('of a large run a clean pass is a line, and everything else is there in full', () => {
  const page = renderHtml(many(1001), options);
  expect(page.match(/<p class="brief">/g)).toHaveLength(1000);
  expect(page.match(/<details>\s*<summary>\s*<span class="badge/g)).toHaveLength(1);
  expect(page).toContain('run.json has all that was seen');
  expect(renderHtml(many(1000), options)).not.toContain('class="brief"');
});

test('of a large run in which everything is broken nothing is left out, and the page stays small', () => {
  const page = renderHtml(many(3000, { outcome: 'fail', reasonCode: 'timeout', message: 'no answer' }), options);
  expect(page.match(/<article class="card/g)).toHaveLength(200);
  for (const id of ['check-0', 'check-1500', 'check-2999']) expect(page.split(`>${id}<`).length).toBeGreaterThan(2);
  expect(page.length).toBeLessThan(6_000_000);
});

describe('the timeline', () => {
  const at = (ms: number, durationMs: number, outcome: CheckResult['outcome'] = 'pass') => ({
    number: 1,
    outcome,
    reasonCode: null,
    startedAt: new Date(Date.parse('2026-11-21T02:14:07Z') + ms).toISOString(),
    durationMs,
  });

  test('has a bar for each attempt, in the order of their beginning, on one scale', () => {
    const page = renderHtml(
      run([
        passed('late', 1, { attempts: [at(500, 500)] }),
        passed('twice', 2, { attempts: [at(0, 100, 'fail'), at(300, 200)] }),
      ]),
      options,
    );
    const [, timeline = ''] = /<ol class="timeline">(.*?)<\/ol>/s.exec(page) ?? [];
    expect([...timeline.matchAll(/<code>([^<]*)<\/code>/g)].map(([, id]) => id)).toEqual(['twice', 'late']);
    expect([...timeline.matchAll(/<rect x="(\d+)" y="0" width="(\d+)"/g)].map(([, x, width]) => [x, width])).toEqual([
      ['0', '100'],
      ['300', '200'],
      ['500', '500'],
    ]);
    expect(timeline).toContain('500 ms, after 0 ms, 2 attempts');
  });

  test('is left out where there is nothing to compare, and shows the longest of many', () => {
    expect(renderHtml(run([passed('a', 1)]), options)).not.toContain('id="timeline"');
    const checks = Array.from({ length: 50 }, (_, index) =>
      passed(`c${index}`, 1, { attempts: [at(index, 1 + index)] }),
    );
    const page = renderHtml(run(checks), options);
    expect(page).toContain('The 40 that took longest, of 50.');
    expect(page.match(/<rect /g)).toHaveLength(40);
    expect(/<ol class="timeline">(.*?)<\/ol>/s.exec(page)?.[1]).not.toContain('<code>c9</code>');
  });
});

test('the verdict is the first heading, before any detail', () => {
  const page = renderHtml(RUNS.get('no-go') ?? run([]), options);
  expect(page.indexOf('<h1>')).toBeLessThan(page.indexOf('<h2'));
  expect([...page.matchAll(/<h2 id="([^"]+)-title"/g)].map(([, id]) => id)).toEqual([
    'blockers',
    'contradictions',
    'findings',
    'gates',
    'timeline',
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

test('work stands under its groups, which are no work themselves', () => {
  const about = {
    owner: null,
    deadline: null,
    deadlineState: null,
    estimateMs: null,
    optional: false,
    claimedDone: null,
  } as const;
  const item = (id: string, state: 'done' | 'ready') => ({
    ...about,
    ...{ id, title: id, group: 'Convoy 1', state, blockedBy: [], missing: [] },
    source: { file: 'launch.yaml', line: 1, column: 1 },
  });
  const criticalPath = {
    ...{ ids: [], totalMs: 0, unestimated: [] },
    ...{ deadline: null, leftMs: null, deadlineState: null },
  };
  const items = [item('shop', 'done'), item('help', 'ready')];
  const work = { items, criticalPath, startable: ['help'], withoutIds: [] };
  const page = renderHtml(run([passed('a', 1)], { work }), options).replaceAll(/\s+/g, ' ');
  expect(page).toContain('Work <span class="count">2</span>');
  expect(page).toContain('Way to the launch <span class="count"></span>');
  expect(page).toMatch(
    /<li class="doubt heading">\s*<span class="state">1\/2<\/span> <span><strong>Convoy 1<\/strong>.*<li class="good">\s*<span class="state">done<\/span> <span><strong>shop<\/strong>/,
  );
});

test('a blocker shows what was kept of it: pictures in place, anything else as a link', () => {
  const bad = passed('a', 1, {
    outcome: 'fail',
    reasonCode: 'page-error',
    evidence: ['evidence/a/1.png', 'evidence/a/2.md'],
  });
  const page = renderHtml(run([bad], { verdict: 'NO-GO', blockers: [blocked(bad)] }), options);
  const card = page.slice(page.indexOf('id="blockers"'), page.indexOf('id="checks"'));
  expect(card).toContain('<img src="evidence/a/1.png" alt="evidence/a/1.png" loading="lazy" />');
  expect(card).toContain('<a href="evidence/a/2.md"');
  expect(card.match(/<img /g)).toHaveLength(1);
});

test.each([
  ['a service level', { overdue: true, dueAt: '2026-11-20T06:14:01.000Z' }],
  ['a deadline', { deadline: '2026-11-20', deadlineState: 'over' }],
] as const)('a blocker whose time is over (%s) stands out, with whom to call', (_what, given) => {
  const owner = { id: 'shop', contact: '#shop', escalation: ['head of shop'] };
  const late = renderHtml(run([], { blockers: [blocked(passed('api', 1), { owner, ...given })] }), options);
  expect(late).toContain('<strong class="urgency over">');
  expect(late).toContain('Escalate now');
  const early = renderHtml(run([], { blockers: [blocked(passed('api', 1), { owner, priority: 'P0' })] }), options);
  expect(early).not.toContain('<strong class="urgency over">');
  expect(early).not.toContain('Escalate now');
});
