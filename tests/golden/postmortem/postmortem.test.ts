import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lexer, walkTokens } from 'marked';
import { expect, test } from 'vitest';
import { reviewRuns } from '../../../src/history/incident.ts';
import { keptRun } from '../../../src/history/kept-run.ts';
import type { KeptRun } from '../../../src/history/store.ts';
import { runOf, type Ending } from '../../../src/history/test-runs.ts';
import type { PostmortemContext } from '../../../src/report/postmortem/actions.ts';
import { postmortemMarkdown } from '../../../src/report/postmortem/markdown.ts';
import { HOSTILE } from '../reports/hostile.ts';

const checks = { search: { component: 'shop' }, cart: { component: 'shop' } };
const ran = (at: number, endings: Readonly<Record<string, Ending>>): KeptRun =>
  keptRun(runOf(`run-${at}`, at, endings, { checks }), 'gonogo.yaml');
const tls = (outcome: 'pass' | 'fail', fingerprint: string): Ending => ({ outcome, facts: { tls: { fingerprint } } });

const context = (changes: Partial<PostmortemContext> = {}): PostmortemContext => ({
  name: 'Shop',
  file: 'gonogo.yaml',
  which: ['-c', 'checks/my shop.yaml'],
  untold: { interrupted: 0, running: 0 },
  mendedLater: () => null,
  owners: ['shop'],
  waivers: [],
  runbookOf: () => null,
  seenBefore: () => null,
  ...changes,
});

const over = reviewRuns(
  [
    ran(10, { search: tls('fail', 'new'), cart: 'pass' }),
    ran(11, { search: tls('fail', 'new'), cart: 'fail' }),
    ran(12, { search: tls('pass', 'newest'), cart: 'pass' }),
  ],
  [ran(0, { search: tls('pass', 'old'), cart: 'pass' })],
);

/** A run that said that we may go, although something was bad. */
const accepting: KeptRun = { ...ran(8, { search: 'pass', cart: 'pass', old: 'fail' }), verdict: 'CONDITIONAL' };

const waiver = {
  check: 'cart',
  reasonCode: 'assertion-failed',
  reason: 'known since the move',
  owner: 'shop',
  approvedBy: 'cto',
  expires: '2026-12-15',
} as const;

test.each([
  [
    'over',
    postmortemMarkdown(
      over,
      context({
        waivers: [waiver],
        runbookOf: (check) => (check === 'search' ? 'docs/runbooks/shop.md#search' : null),
        seenBefore: (check) => (check === 'search' ? '2026-10-01T02:00:00.000Z' : null),
      }),
    ),
  ],
  ['going-on', postmortemMarkdown(reviewRuns([ran(10, { search: 'fail' })], []), context({ owners: [] }))],
  [
    'cut',
    postmortemMarkdown(
      reviewRuns(
        [ran(10, { search: 'fail', cart: 'fail', old: 'fail' }), ran(11, { search: 'fail', old: 'fail' })],
        [accepting, ran(9, { search: 'fail', cart: 'pass', old: 'fail' })],
      ),
      context({
        untold: { interrupted: 1, running: 1 },
        mendedLater: (check) => (check === 'search' ? { at: '2026-11-21T12:30:00.000Z', run: 'run-30' } : null),
      }),
    ),
  ],
])('a review of the kind %s is as recorded', (name, text) => {
  const path = join(import.meta.dirname, `${name}.md`);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, 'utf8'));
});

test('what a target said is only ever text in it', () => {
  const run = ran(1, { search: tls('fail', HOSTILE) });
  const hostile = { ...run, checks: run.checks.map((check) => ({ ...check, message: HOSTILE, component: HOSTILE, reasonCode: HOSTILE })) };
  const text = postmortemMarkdown(
    reviewRuns([hostile], [ran(0, { search: tls('pass', 'x') })]),
    context({ name: HOSTILE, file: HOSTILE, which: [HOSTILE], owners: [HOSTILE], waivers: [{ ...waiver, reason: HOSTILE }], runbookOf: () => HOSTILE }),
  );
  const seen: string[] = [];
  walkTokens(lexer(text, { gfm: true }), (token) => {
    if (['html', 'image', 'link'].includes(token.type)) seen.push(token.raw);
  });
  expect(seen).toEqual([]);
  expect(text).not.toMatch(/[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u);
});
