import { expect, test } from 'vitest';
import type { Insight } from '../../history/insight.ts';
import { changeTexts } from './earlier.ts';

const insight = (changes: Partial<Insight> = {}): Insight => ({
  check: 'search',
  lastGood: { run: 'r1', at: '2026-11-21T02:00:00.000Z' },
  firstBad: null,
  comparedWith: 'r1',
  changes: [],
  otherConfig: false,
  flapping: false,
  seenBefore: null,
  ...changes,
});
const version = { check: 'search', fact: 'server.version', before: '1', after: '2' };

test('that nothing changed is told, and is not the same as knowing nothing', () => {
  expect(changeTexts(insight())).toEqual(['nothing that these checks see']);
  expect(changeTexts(insight({ comparedWith: null }))).toEqual([]);
  expect(changeTexts(undefined)).toEqual([]);
});

test('a run that is not the last good one is named', () => {
  expect(changeTexts(insight({ comparedWith: 'r0', changes: [version], otherConfig: true }))).toEqual([
    'against r0: server.version "1" -> "2"',
    'the configuration itself is not the one of then',
  ]);
  expect(changeTexts(insight({ changes: [version] }))).toEqual(['server.version "1" -> "2"']);
});
