import { expect, test } from 'vitest';
import type { Facts } from '../../model/observation.ts';
import { codesOf } from './test-server.ts';

const SEEN: Facts = { connected: true, 'tool-count': 1, 'missing-tools': [], 'is-error': false, hits: 1 };

test('a good answer has no sign', () => {
  expect(codesOf(SEEN)).toEqual([]);
  expect(codesOf({})).toEqual([]);
});

test('a missing index explains the error, the missing hits and the bad output, and nothing else does', () => {
  const facts = { ...SEEN, 'is-error': true, 'index-signature': 'No index available', 'output-problem': 'none' };
  expect(codesOf(facts)).toEqual(['index-missing']);
  for (const fact of ['is-error', 'hits', 'text', 'json', 'output-valid']) {
    expect(codesOf(facts, fact)).toEqual(['index-missing']);
  }
});

test('an error without a signature is tool-error', () => {
  expect(codesOf({ ...SEEN, 'is-error': true, text: 'disk full' })).toEqual(['tool-error']);
});

test('no hits are index-empty, and index-degraded when the answer says that it is a fallback', () => {
  expect(codesOf({ ...SEEN, hits: 0 }, 'hits')).toEqual(['index-empty']);
  expect(codesOf({ ...SEEN, hits: 0, 'degraded-signature': 'fallback' }, 'hits')).toEqual(['index-degraded']);
});

test('a server without any tool is tool-missing', () => {
  expect(codesOf({ connected: true, tools: [], 'tool-count': 0, 'missing-tools': [] }, 'tool-count')).toEqual([
    'tool-missing',
  ]);
});

test('a failure explains what it kept from being seen and no more', () => {
  const facts = { ...SEEN, failure: 'http-5xx', 'failure-step': 'call', 'failure-message': 'HTTP 502' };
  expect(codesOf(facts, 'hits')).toEqual(['http-5xx']);
  expect(codesOf(facts, 'connected')).toEqual([]);
  expect(codesOf({ failure: 'no-such-code' })).toEqual([]);
});
