import { expect, it } from 'vitest';
import type { Outcome } from '../model/outcome.ts';
import { repetitionTexts } from './repetitions.ts';

const rows = (id: string, outcomes: readonly (Outcome | 'flaky')[]) =>
  outcomes.map((outcome, at) => ({
    id: `${id}#${at + 1}`,
    outcome: outcome === 'flaky' ? ('pass' as const) : outcome,
    flaky: outcome === 'flaky',
  }));

it('counts what was not a clean pass, the worst first', () => {
  const texts = repetitionTexts([
    ...rows('smoke', ['pass', 'fail', 'unknown', 'fail', 'flaky', 'pass']),
    ...rows('slow[a]', ['warn', 'pass']),
  ]);
  expect(texts).toEqual([
    'smoke: 2 of 6 failed, 1 of 6 unknown, 1 of 6 passed only when tried again',
    'slow[a]: 1 of 2 warned',
  ]);
});

it('says in one sentence what passed every time', () => {
  expect(
    repetitionTexts([...rows('a', ['pass', 'pass']), ...rows('b', ['pass', 'pass']), ...rows('c', ['pass', 'fail'])]),
  ).toEqual(['c: 1 of 2 failed', 'passed 2 of 2 times: a, b']);
});

it('says nothing of what was not repeated', () => {
  expect(repetitionTexts([{ id: 'a', outcome: 'fail', flaky: false }])).toEqual([]);
});
