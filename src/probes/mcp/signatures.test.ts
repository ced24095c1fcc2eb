import { expect, test } from 'vitest';
import { degradedSignature, indexSignature, saysNothingFound } from './signatures.ts';

test.each([
  'No latest index found',
  'Error: no index available.',
  'Index not found',
  'Vector index `support` has not been built',
  'The index was not loaded',
  "Not found: Collection `support` doesn't exist!",
  'relation "documents" does not exist',
  'searched 0 documents',
  'Offline chunks not found',
  'Empty Response',
  'index_not_found_exception',
])('%s says that the index is not there', (text) => {
  expect(indexSignature(text)).toBeDefined();
});

test.each(['found in 10 documents', 'An empty response form is sent back', 'The index of articles lists refunds'])(
  '%s says nothing of the kind',
  (text) => {
    expect(indexSignature(text)).toBeUndefined();
  },
);

test('fallbacks, mocks and canned answers are degraded, and deny: adds patterns of its own', () => {
  expect(degradedSignature('OFFLINE FALLBACK RESULTS for refunds', [])).toBe('OFFLINE FALLBACK');
  expect(degradedSignature('this is sample data', [])).toBe('sample data');
  expect(degradedSignature('the mockingbird sings', [])).toBeUndefined();
  expect(degradedSignature('Answered by PLAN-B', [])).toBeUndefined();
  expect(degradedSignature('Answered by PLAN-B', ['plan-[a-z]'])).toBe('PLAN-B');
});

test('a pattern that makes other engines hang is matched in linear time', () => {
  const startedMs = performance.now();
  expect(degradedSignature(`${'a'.repeat(50_000)}!`, ['^(a+)+$'])).toBeUndefined();
  expect(performance.now() - startedMs).toBeLessThan(2000);
});

test('only a whole text that says so is nothing found', () => {
  expect(saysNothingFound('No relevant documents were found for your query: refunds')).toBe(true);
  expect(saysNothingFound('No refunds are paid after 30 days')).toBe(false);
});
