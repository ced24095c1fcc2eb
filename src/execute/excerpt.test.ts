import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../model/json.ts';
import { excerptFacts, excerptText, excerptValue } from './excerpt.ts';

const bytesOf = (value: Json): number => Buffer.byteLength(JSON.stringify(value));

const nested = (depth: number): Json => (depth === 0 ? 1 : { in: nested(depth - 1) });

describe('excerptFacts', () => {
  it('leaves small facts as they are', () => {
    const facts = { status: 200, headers: { 'content-type': 'text/html' }, redirects: [], json: null };
    expect(excerptFacts(facts)).toEqual(facts);
  });

  it('cuts long texts and says how much is gone', () => {
    expect(excerptText('x'.repeat(4096))).toHaveLength(4096);
    expect(excerptText('x'.repeat(5000))).toBe(`${'x'.repeat(4096)}… (cut: 904 more characters)`);
  });

  it('does not cut a character in two', () => {
    expect(excerptText(`${'x'.repeat(4095)}😀😀`)).toBe(`${'x'.repeat(4095)}… (cut: 4 more characters)`);
  });

  it('cuts long lists, large objects and deep nesting, and says so', () => {
    const list = Array.from({ length: 105 }, (_, index) => index);
    const object = Object.fromEntries(list.concat(list.map((n) => n + 200)).map((n) => [`k${n}`, n]));
    const facts = excerptFacts({ list, object, deep: nested(30) });
    expect(facts['list']).toEqual([...list.slice(0, 100), '(cut: 5 more items)']);
    expect(Object.keys(facts['object'] ?? {})).toHaveLength(201);
    expect(facts['object']).toMatchObject({ '(cut)': '10 more keys' });
    expect(JSON.stringify(facts['deep'])).toContain('(cut: nested deeper than 20)');
    expect(JSON.stringify(facts['deep']).split('in').length - 1).toBe(20);
  });

  it('makes the largest fact give way, not the small ones', () => {
    const rows = Array.from({ length: 100 }, () => ({ text: 'x'.repeat(3000) }));
    const facts = excerptFacts({ status: 200, body: 'y'.repeat(4000), json: { rows } });
    expect(bytesOf(facts)).toBeLessThanOrEqual(64 * 1024);
    expect(facts).toMatchObject({ status: 200, body: 'y'.repeat(4000) });
  });

  it('never exceeds its bounds, and is JSON, whatever it gets', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 8 })),
        fc.integer({ min: 1, max: 9000 }),
        (facts, times) => {
          const all = { ...facts, text: 'é"'.repeat(times), list: Array.from({ length: times }, () => facts) };
          const cut = excerptFacts(JSON.parse(JSON.stringify(all)));
          expect(bytesOf(cut)).toBeLessThanOrEqual(64 * 1024);
          expect(JSON.parse(JSON.stringify(cut))).toEqual(cut);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('bounds thousands of facts with long names', () => {
    const facts = Object.fromEntries(
      Array.from({ length: 3000 }, (_, n) => [`${n}${'ü'.repeat(5000)}`, 'x'.repeat(5000)]),
    );
    expect(bytesOf(excerptFacts(facts))).toBeLessThanOrEqual(64 * 1024);
  });

  it('keeps names that JavaScript gives a meaning', () => {
    const facts = JSON.parse('{"headers":{"__proto__":"x"}}');
    expect(JSON.stringify(excerptFacts(facts))).toBe('{"headers":{"__proto__":"x"}}');
  });
});

describe('excerptValue', () => {
  it('keeps a value beside an expectation under 4 KiB of JSON', () => {
    const value = Array.from({ length: 90 }, () => ({ text: 'ü'.repeat(200) }));
    expect(bytesOf(excerptValue(value))).toBeLessThanOrEqual(4096);
    expect(excerptValue('short')).toBe('short');
  });
});
