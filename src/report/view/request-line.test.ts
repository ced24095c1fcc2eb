import { expect, test } from 'vitest';
import { passed } from '../../../tests/golden/reports/build.ts';
import { requestLine } from './request-line.ts';

const line = (changes: Parameters<typeof passed>[2]) =>
  requestLine(passed('a', 1, { target: 'https://a/', ...changes }));

test('the method comes from the facts or from the first hop, the answer is a status or else the reason', () => {
  expect(line({ facts: { method: 'POST', status: 201, duration: 12 } })).toBe('POST https://a/  ->  201, 12 ms');
  expect(line({ facts: { chain: [{ method: 'GET' }], status: 308, duration: 12 } })).toBe(
    'GET https://a/  ->  308, 12 ms',
  );
  expect(line({ facts: {}, reasonCode: 'connect-refused' })).toBe('https://a/  ->  connect-refused, 84 ms');
});

test('a check that was never done has no answer and no time', () => {
  expect(line({ facts: {}, attempts: [], durationMs: null })).toBe('https://a/');
  expect(line({ target: '' })).toBe('');
});
