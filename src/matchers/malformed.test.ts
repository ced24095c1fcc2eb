import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../model/json.ts';
import { evaluate } from './evaluate.ts';
import { MATCHERS, type MatcherName } from './matcher.ts';
import { NOW } from './test-look.ts';

/** A clause as a file that was edited by hand may have it: no parser has seen its operand. */
const hold = (matcher: MatcherName, expected: Json, facts: { readonly [name: string]: Json }) =>
  evaluate({ fact: 'value', matcher, expected, level: 'expect', code: null, source: null }, facts, NOW);

const VALUES: readonly Json[] = ['x', '', 5, 0, true, null, [], ['x'], {}, { x: 1 }, '2026-11-21T11:59:00Z'];

/** What no parser lets stand behind a matcher. */
const MALFORMED: readonly (readonly [MatcherName, readonly Json[]])[] = [
  ['in', [null, 'x', 5, [], { x: 1 }]],
  ['not', [null, 'x', 5, [], [5], [{ matcher: 'equals' }], [{ expected: 1 }], [{ matcher: 'is', expected: 1 }]]],
  ['contains', [7, null, [], {}]],
  ['matches', [null, 5, '(', [], {}]],
  ['starts-with', [null, 5, [], ['x']]],
  ['ends-with', [null, 5, [], ['x']]],
  ['above', [null, '', '1', [], {}]],
  ['below', [null, '', '9', [], {}]],
  ['at-least', [null, '', '1', [], {}]],
  ['at-most', [null, '', '9', [], {}]],
  ['between', [null, 5, [], [0], ['0', 9], [0, '9'], [null, null]]],
  ['exists', [null, 'true', 1, []]],
  ['length', [null, 1, [], [1]]],
  ['type', [null, 5, 'text', []]],
  ['every', [null, 'x', [], ['x'], [null]]],
  ['some', [null, 'x', [], ['x'], [null]]],
  ['all', [null, 'x', [], [[]], [['x']]]],
  ['any', [null, 'x', [], [[]], [['x']]]],
  ['newer-than', [null, 'soon', true, []]],
  ['older-than', [null, 'soon', true, []]],
  ['schema', [null, 'x', 5, [], { type: 'text' }, { typ: 'string' }]],
  ['status', [null, 200, '2xx', [], ['200', 'xx']]],
];

describe('a clause that no parser has read', () => {
  it.each(MALFORMED)('%s holds for nothing', (matcher, operands) => {
    for (const operand of operands) {
      const held = VALUES.filter((value) => hold(matcher, operand, { value }).held);
      expect([operand, held]).toEqual([operand, []]);
    }
  });

  it('is explained as what is wrong with it', () => {
    const why = (matcher: MatcherName, expected: Json) => hold(matcher, expected, { value: 'x' });
    expect(why('matches', 5)).toMatchObject({
      break: 'type',
      explanation: 'the pattern cannot be used: it is not text',
    });
    expect(why('matches', '(')).toMatchObject({
      break: 'type',
      explanation: 'the pattern cannot be used: missing closing ): `(`',
    });
    expect(why('schema', 5)).toMatchObject({
      break: 'type',
      explanation: 'the schema cannot be used: it is not a mapping',
    });
    expect(why('not', 5)).toMatchObject({ break: 'missing', explanation: 'nothing is expected of the value' });
    expect(why('in', 5)).toMatchObject({
      break: 'type',
      explanation: 'string "x" is none of: types are never converted',
    });
    expect(why('newer-than', 'soon').break).toBe('type');
    expect(why('older-than', 'soon').break).toBe('type');
  });

  it('never makes judging fall over, and never holds for a value that is missing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...MATCHERS), fc.jsonValue(), fc.jsonValue(), (matcher, operand, value) => {
        const [expected, seen]: Json[] = JSON.parse(JSON.stringify([operand, value]));
        const missing = hold(matcher, expected ?? null, {});
        expect(missing.held && !(matcher === 'exists' && expected === false)).toBe(false);
        expect(typeof hold(matcher, expected ?? null, { value: seen ?? null }).held).toBe('boolean');
      }),
    );
  });
});
