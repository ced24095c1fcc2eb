import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { outputText } from './output-text.ts';

test.each([
  ['plain text', [0x68, 0x69], 'hi'],
  ['a byte that no text has', [0x61, 0xff, 0x62], String.raw`a\xffb`],
  ['a character that ends too early', [0xe2, 0x82, 0x61], String.raw`\xe2\x82a`],
  ['a surrogate', [0xed, 0xa0, 0x80], String.raw`\xed\xa0\x80`],
  ['a character in more bytes than it needs', [0xc0, 0xaf], String.raw`\xc0\xaf`],
  ['good text around a bad byte', [0xc3, 0xa4, 0x80, 0xf0, 0x9f, 0x98, 0x80], String.raw`ä\x80😀`],
])('%s is shown', (_what, bytes, text) => {
  expect(outputText(Buffer.from(bytes))).toBe(text);
});

test('any text comes through as it is', () => {
  const whole = property(string({ unit: 'binary' }), (text) => {
    expect(outputText(Buffer.from(text))).toBe(text);
  });
  assert(whole);
});

test('a character that a cut went through is left out, wherever the cut is', () => {
  const text = 'aä€😀b';
  const bytes = Buffer.from(text);
  for (let at = 0; at <= bytes.length; at += 1) {
    const first = outputText(bytes.subarray(0, at), 'at-its-end');
    const last = outputText(bytes.subarray(at), 'at-its-start');
    expect(text.startsWith(first)).toBe(true);
    expect(text.endsWith(last)).toBe(true);
    expect(text.length - first.length - last.length).toBeLessThanOrEqual(2);
  }
});

test('bad bytes beside a cut are shown all the same', () => {
  expect(outputText(Buffer.from([0xff, 0x61, 0xe2]), 'at-its-end')).toBe(String.raw`\xffa`);
  expect(outputText(Buffer.from([0x82, 0x61, 0xff]), 'at-its-start')).toBe(String.raw`a\xff`);
});
