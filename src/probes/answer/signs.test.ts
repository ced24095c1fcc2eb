import { expect, test } from 'vitest';
import type { Facts } from '../../model/observation.ts';
import { answerDefaults } from './defaults.ts';
import { answerFactTable } from './fact-table.ts';
import { answerSigns } from './signs.ts';

const SEEN: Facts = { 'is-error': false, hits: 1 };

const codesOf = (facts: Facts, fact?: string): readonly string[] => [
  ...new Set(
    answerSigns(facts, 'the tool', 'isError: true')
      .filter((sign) => fact === undefined || sign.fact === fact)
      .map(({ code }) => code),
  ),
];

test('a good answer has no sign', () => {
  expect(codesOf(SEEN)).toEqual([]);
  expect(codesOf({})).toEqual([]);
});

test('a missing index explains the error and all that is not seen, and nothing else does', () => {
  const facts = {
    ...SEEN,
    'is-error': true,
    'index-signature': 'No index available',
    'empty-signature': '0 documents',
  };
  for (const fact of ['is-error', 'hits', 'text', 'json', 'age', 'documents', 'empty-signature']) {
    expect(codesOf(facts, fact)).toEqual(['index-missing']);
  }
});

test('an index that says that it is empty is index-empty, with or without an error', () => {
  expect(codesOf({ ...SEEN, 'is-error': true, 'empty-signature': '0 documents' })).toEqual(['index-empty']);
  expect(codesOf({ ...SEEN, hits: 0, 'empty-signature': '0 documents' }, 'hits')).toEqual(['index-empty']);
  expect(codesOf({ ...SEEN, hits: 0 })).toEqual(['index-empty']);
  expect(codesOf({ ...SEEN, documents: 0 })).toEqual(['index-empty']);
});

test('an error without a signature is tool-error', () => {
  expect(codesOf({ ...SEEN, 'is-error': true, text: 'disk full' })).toEqual(['tool-error']);
});

test('no hits of a fallback are index-degraded', () => {
  expect(codesOf({ ...SEEN, hits: 0, 'degraded-signature': 'fallback' }, 'hits')).toEqual(['index-degraded']);
});

test('an old index is index-stale, by its words, its age or its sentinel', () => {
  expect(codesOf({ ...SEEN, 'stale-signature': 'out of date' })).toEqual(['index-stale']);
  expect(codesOf({ ...SEEN, 'built-at': '2026-11-01T00:00:00Z', age: 1e9 }, 'age')).toEqual(['index-stale']);
  expect(codesOf({ ...SEEN, 'built-at-problem': 'in the future' }, 'age')).toEqual(['index-stale']);
  expect(codesOf({ ...SEEN, 'sentinel-found': false })).toEqual(['index-stale']);
  expect(codesOf({ ...SEEN, hits: 0, 'sentinel-found': false }, 'sentinel-found')).toEqual(['index-empty']);
});

test('every fact that a default asks about is in the table', () => {
  const asked = answerDefaults({ 'built-at': '$.b', documents: '$.d', sentinel: 'abc' });
  expect(asked.length).toBeGreaterThan(8);
  for (const { fact } of asked) expect(Object.keys(answerFactTable)).toContain(fact);
});
