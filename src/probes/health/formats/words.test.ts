import { describe, expect, it } from 'vitest';
import { clip, words, worst } from './words.ts';

describe('worst', () => {
  it('orders fail, unknown, warn, pass', () => {
    expect(worst(['pass', 'warn'])).toBe('warn');
    expect(worst(['unknown', 'warn', 'pass'])).toBe('unknown');
    expect(worst(['warn', 'unknown'])).toBe('unknown');
    expect(worst(['fail', 'unknown'])).toBe('fail');
  });

  it('of nothing is unknown', () => {
    expect(worst([])).toBe('unknown');
  });
});

describe('words', () => {
  const read = words({ pass: ['ok'], warn: ['shutting_down'], fail: ['not_ok'] });

  it('takes case, blanks, dashes and underscores alike', () => {
    expect([' OK ', 'Shutting-Down', 'not  ok'].map(read)).toEqual(['pass', 'warn', 'fail']);
  });

  it('is unknown for everything else, names of Object included', () => {
    expect(['', 'okay', 'constructor', 'toString', 1, null, undefined, [], {}].map(read)).toEqual(
      Array.from({ length: 9 }, () => 'unknown'),
    );
  });
});

describe('clip', () => {
  it('keeps short text and cuts long text at 200 characters, never inside a pair', () => {
    expect(clip('short')).toBe('short');
    expect(clip('x'.repeat(500))).toHaveLength(200);
    expect(clip(`${'x'.repeat(198)}\u{1F600}${'x'.repeat(9)}`).isWellFormed()).toBe(true);
  });
});
