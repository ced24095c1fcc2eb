import { describe, expect, it } from 'vitest';
import { jsonFlaw } from './json-flaw.ts';

const endless: { self?: unknown } = {};
endless.self = endless;

describe('jsonFlaw', () => {
  it.each([[null], [0], [-1.5], [''], [false], [[]], [{}], [{ a: [1, { b: 'c' }] }], [Object.create(null)]])(
    'finds nothing in %j',
    (value) => {
      expect(jsonFlaw(value)).toBeNull();
    },
  );

  it.each([
    [{ tls: { 'days-left': Number.NaN } }, '"tls.days-left" is NaN'],
    [[1, Number.POSITIVE_INFINITY], '"1" is Infinity'],
    [{ status: undefined }, '"status" is undefined'],
    [undefined, 'the whole is undefined'],
    [{ list: [new Date(0)] }, '"list.0" is an object of a class'],
    [{ map: new Map() }, '"map" is an object of a class'],
    [{ rows: 1n }, '"rows" is a bigint'],
    [{ run: () => {} }, '"run" is a function'],
    [{ [Symbol('a')]: 1 }, 'the whole has a symbol for a key'],
    [Array.from({ length: 1 }), '"0" is undefined'],
    [endless, 'is nested deeper than 500, or holds itself'],
  ])('names the place: %o', (value, flaw) => {
    expect(jsonFlaw(value)).toContain(flaw);
  });
});
