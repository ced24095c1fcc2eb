import { describe, expect, test } from 'vitest';
import { SIGNATURES } from './signature-list.ts';
import { findSignatures, saysNoAnswer, saysNothingFound } from './signatures.ts';

describe('the maintained list', () => {
  test.each(SIGNATURES.map(({ says, specimen, pattern }) => [specimen, says, pattern] as const))(
    '%s is recognised as %s',
    (specimen, says, pattern) => {
      expect(pattern.test(specimen)).toBe(true);
      expect(Object.keys(findSignatures(specimen))).toContain(says);
    },
  );

  test.each([
    ['Index not found', 'missing'],
    ['Vector index `support` has not been built', 'missing'],
    ['The index was not loaded', 'missing'],
    ['index_not_found_exception: no such index [support]', 'missing'],
    ['Collection [jibberish] does not exists', 'missing'],
    ["ValueError('Collection foobar does not exist.')", 'missing'],
    ['FTS indexes missing, keyword search degraded', 'missing'],
    ['The index for filter path user was not found', 'missing'],
    ['0 docs', 'empty'],
    ['Knowledge base is currently empty', 'empty'],
    ['the embeddings come from an outdated snapshot', 'stale'],
    ['semantic search failed, fell back to full text', 'degraded'],
  ] as const)('%s says %s', (text, says) => {
    expect(Object.keys(findSignatures(text))).toContain(says);
  });

  test.each([
    'found in 10 documents',
    'searched 1,000 documents and 20 chunks',
    'An empty response form is sent back',
    'The index of articles lists refunds',
    'the mockingbird sings',
    'Refunds are not mentioned in the index of the handbook',
    'Class is out: no lessons were found',
  ])('%s says nothing of the kind', (text) => {
    expect(findSignatures(text)).toEqual({});
  });
});

describe('what the words are', () => {
  test('they are told as the answer has them, and conditions are told apart', () => {
    expect(findSignatures('No latest index found, OFFLINE FALLBACK results follow')).toEqual({
      missing: 'No latest index found',
      degraded: 'OFFLINE FALLBACK',
    });
  });

  test('deny: adds patterns of its own, which come first', () => {
    expect(findSignatures('Answered by PLAN-B')).toEqual({});
    expect(findSignatures('Answered by PLAN-B, a fallback', ['plan-[a-z]'])).toEqual({ degraded: 'PLAN-B' });
  });

  test('only a whole text that says so is nothing found', () => {
    expect(saysNothingFound('No relevant documents were found for your query: refunds')).toBe(true);
    expect(saysNothingFound('No refunds are paid after 30 days')).toBe(false);
    expect(saysNothingFound('Refunds\nNone\nPayouts')).toBe(false);
  });

  test('a text may say that it has no answer', () => {
    for (const text of [
      "I don't know.",
      'I could not find an article about this.',
      'This is not covered in the documents.',
    ]) {
      expect(saysNoAnswer(text)).toBe(true);
    }
    expect(saysNoAnswer('Refunds are paid within five days.')).toBe(false);
    expect(saysNoAnswer(`${'Refunds are paid within five days. '.repeat(20)}I don't know more.`)).toBe(false);
  });
});

describe('a text of a target does not slow us down', () => {
  test.each(SIGNATURES.map(({ specimen, pattern }) => [specimen, pattern] as const))('%s', (specimen, pattern) => {
    const words = specimen.split(' ');
    const beginnings = words.map((_, at) => words.slice(0, at + 1).join(' '));
    const fillers = [
      'a',
      ' ',
      '\n',
      'a ',
      'no ',
      '-',
      'index ',
      ...beginnings,
      ...beginnings.map((text) => `${text} `),
    ];
    for (const filler of fillers) {
      const text = filler.repeat(Math.ceil(65_536 / filler.length)).slice(0, 65_536);
      const startedMs = performance.now();
      pattern.test(text);
      expect(performance.now() - startedMs).toBeLessThan(150);
    }
  });

  test('nor does a pattern of a file that makes other engines hang', () => {
    const startedMs = performance.now();
    expect(findSignatures(`${'a'.repeat(60_000)}!`, ['^(a+)+$'])).toEqual({});
    expect(performance.now() - startedMs).toBeLessThan(2000);
  });
});
