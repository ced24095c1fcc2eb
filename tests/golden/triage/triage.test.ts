import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { lexer, walkTokens } from 'marked';
import { describe, expect, test } from 'vitest';
import type { Run } from '../../../src/model/run.ts';
import { renderTriage } from '../../../src/report/triage/console.ts';
import { triageMarkdown } from '../../../src/report/triage/markdown.ts';
import { triageView, type TriageContext } from '../../../src/report/triage/view.ts';
import { blocked, passed, run } from '../reports/build.ts';
import { anyRun } from '../reports/random-run.ts';
import { SITUATIONS, type Situation } from './situations.ts';

const options = { colour: false, width: 100, unicode: true, sourceOf: () => null, root: '' };

const rendered = ({ run, context }: Situation): { readonly [file: string]: string } => ({
  'txt': renderTriage(triageView(run, context), run.run.name, options),
  'md': triageMarkdown(triageView(run, context), run.run.name),
});

describe.each([...SITUATIONS])('a triage of the kind %s', (name, situation) => {
  test.each(['txt', 'md'])('renders as the golden %s', (ending) => {
    const path = join(import.meta.dirname, `${name}.${ending}`);
    const text = rendered(situation)[ending] ?? '';
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, text);
    expect(text).toBe(readFileSync(path, 'utf8'));
  });
});

/** A context that says of everything what the run says of something. */
const hostileContext = (run: Run): TriageContext => {
  const [first] = run.checks;
  const text = first?.message ?? '';
  return {
    now: new Date('2026-11-21T02:14:20.000Z'),
    insights: run.blockers.map(({ cause }) => ({
      check: cause.check,
      lastGood: { run: text, at: text },
      firstBad: text,
      comparedWith: text,
      changes: [{ check: text, fact: text, before: text, after: [text] }],
      otherConfig: true,
      flapping: true,
      seenBefore: null,
    })),
    stakeOf: () => ({ gates: [text], neededBy: [text], needs: [] }),
    impactOf: () => text,
    cutOf: () => null,
    details: ['gonogo', 'report', text],
  };
};

test('no foreign text starts a line, commands a CI log, or leaves a character that acts', () => {
  const ours = /^(?:$| |(?:GOOD|HOLD|NO-GO)(?: {2}|$)|CONTRADICTION {2}|(?:beside|good|not seen|details) )/;
  fc.assert(
    fc.property(anyRun, fc.integer({ min: 1, max: 120 }), (run, width) => {
      const text = renderTriage(triageView(run, hostileContext(run)), run.run.name, { ...options, width });
      for (const line of text.split('\n')) {
        expect(line).toMatch(ours);
        expect(line).not.toMatch(/^\s*::|##\[|##vso\[|##teamcity\[/i);
      }
      expect(text).not.toMatch(/[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u);
    }),
    { numRuns: 200 },
  );
});

test('Markdown to paste holds no HTML, image, link or mention', () => {
  fc.assert(
    fc.property(anyRun, (run) => {
      const seen: string[] = [];
      const markdown = triageMarkdown(triageView(run, hostileContext(run)), run.run.name);
      walkTokens(lexer(markdown, { gfm: true }), (token) => {
        if (['html', 'image', 'link'].includes(token.type)) seen.push(token.raw);
        const leaf = !('tokens' in token) || token.tokens === undefined;
        if (leaf && token.type === 'text' && /(?:^|[^\w&])[@#]\w/.test(token.raw)) seen.push(token.raw);
      });
      expect(seen).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('what the time was over for is not seen, and no cause of its own', () => {
  const cut = { outcome: 'unknown', reasonCode: 'deadline-exceeded', layer: 'run', message: 'no time left' } as const;
  const search = passed('search', 1, { outcome: 'fail', reasonCode: 'http-5xx', layer: 'http', message: 'down' });
  const others = [passed('cart', 2, cut), passed('pay', 3, cut)];
  const all = run([search, ...others], {
    verdict: 'NO-GO',
    blockers: [blocked(search), ...others.map((one) => blocked(one, { verdict: 'HOLD' }))],
  });
  const view = triageView(all, hostileContext(all));
  expect(view.headline).toMatch(/^1 of 3 checks is not good, 1 root cause, 2 not seen in /);
  expect(view.causes.map(({ id }) => id)).toEqual(['search']);
  expect(view.notChecked).toEqual(['cart, pay: no time left']);
});

test('it never says GOOD of a run that is NO-GO or HOLD, and names every root cause or counts it', () => {
  fc.assert(
    fc.property(anyRun, (run) => {
      const view = triageView(run, hostileContext(run));
      expect(view.mark === 'GOOD').toBe(run.verdict === 'GO' || run.verdict === 'CONDITIONAL');
      const held = run.blockers.filter(({ verdict }) => verdict === 'NO-GO' || verdict === 'HOLD');
      const unseen = view.notChecked.length;
      if (held.length > 0) expect(view.causes.length + unseen).toBeGreaterThan(0);
      if (held.some(({ cause }) => !['deadline-exceeded', 'cancelled'].includes(cause.reasonCode)))
        expect(view.causes.length).toBeGreaterThan(0);
    }),
    { numRuns: 200 },
  );
});
