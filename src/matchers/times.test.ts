import { describe, expect, it } from 'vitest';
import type { Json } from '../model/json.ts';
import { parseInstant } from './instant.ts';
import { fate } from './test-look.ts';

const at = (iso: string): number => Date.parse(iso);

describe('an instant', () => {
  it.each<[Json, string]>([
    ['2026-12-01', '2026-12-01T00:00:00.000Z'],
    ['2026-12-01T09:30Z', '2026-12-01T09:30:00.000Z'],
    ['2026-12-01T09:30:15Z', '2026-12-01T09:30:15.000Z'],
    ['2026-12-01t09:30:15z', '2026-12-01T09:30:15.000Z'],
    ['2026-12-01 09:30:15Z', '2026-12-01T09:30:15.000Z'],
    ['2026-12-01T09:30:15.123456789Z', '2026-12-01T09:30:15.123Z'],
    ['2026-12-01T09:30:00+02:00', '2026-12-01T07:30:00.000Z'],
    ['2026-12-01T09:30:00-0530', '2026-12-01T15:00:00.000Z'],
    ['Tue, 01 Dec 2026 09:30:00 GMT', '2026-12-01T09:30:00.000Z'],
    [1, '1970-01-01T00:00:01.000Z'],
    [1_796_083_200, '2026-12-01T00:00:00.000Z'],
    [99_999_999_999, '5138-11-16T09:46:39.000Z'],
    [100_000_000_000, '1973-03-03T09:46:40.000Z'],
    [99_999_999_999_999, '5138-11-16T09:46:39.999Z'],
  ])('is read from %j', (written, iso) => {
    expect(new Date(parseInstant(written) ?? Number.NaN).toISOString()).toBe(iso);
  });

  it.each<[Json]>([
    ['2026-12-01T09:30:00'],
    ['2026-12-01T09Z'],
    ['2026-12-01T'],
    ['2026-02-31'],
    ['2026-13-01'],
    ['2026-12-01T25:00:00Z'],
    ['2026-12-01T09:30:00+2'],
    ['2026-12-01T09:30:00+99:99'],
    ['2026-12-01T09:30:15.Z'],
    ['12026-12-01'],
    [' 2026-12-01'],
    ['2026-12-01 '],
    ['2026-12-01T09:30:00Z[UTC]'],
    ['1 December 2026'],
    ['Die, 01 Dec 2026 09:30:00 GMT'],
    ['Tue, 01 Dec 2026 09:30:00 GMT+2'],
    ['On Tue, 01 Dec 2026 09:30:00 GMT'],
    ['Tue, 99 Dec 2026 09:30:00 GMT'],
    [''],
    [0],
    [-1],
    [100_000_000_000_000],
    [Number.POSITIVE_INFINITY],
    [Number.NaN],
    [null],
    [true],
    [['2026-12-01']],
  ])('is not guessed from %j', (written) => {
    expect(parseInstant(written)).toBeNull();
  });
});

describe('the age of a time', () => {
  it.each<[Json, Json, string]>([
    ['2026-11-21T11:50:00Z', { 'newer-than': '15m' }, 'held'],
    ['2026-11-21T11:40:00Z', { 'newer-than': '15m' }, 'different'],
    ['2026-11-21T11:45:00Z', { 'newer-than': '15m' }, 'different'],
    ['2026-11-21T11:45:00.001Z', { 'newer-than': '15m' }, 'held'],
    ['2026-11-21T14:50:00+03:00', { 'newer-than': '15m' }, 'held'],
    [at('2026-11-21T11:50:00Z'), { 'newer-than': '15m' }, 'held'],
    [at('2026-11-21T11:50:00Z') / 1000, { 'newer-than': '15m' }, 'held'],
    ['Sat, 21 Nov 2026 11:50:00 GMT', { 'newer-than': '15m' }, 'held'],
    ['2026-11-21T11:40:00Z', { 'older-than': '15m' }, 'held'],
    ['2026-11-21T11:45:00Z', { 'older-than': '15m' }, 'different'],
    ['2026-11-21T11:44:59.999Z', { 'older-than': '15m' }, 'held'],
    ['2026-11-21T11:50:00Z', { 'older-than': '15m' }, 'different'],
  ])('is compared to the millisecond: %j against %j', (value, written, result) => {
    expect(fate(value, written)).toBe(result);
  });

  it.each<[Json, string]>([
    ['2026-11-21T12:05:00Z', 'held'],
    ['2026-11-21T12:05:00.001Z', 'different'],
    ['9999-12-31T00:00:00Z', 'different'],
  ])('proves nothing when it lies more than five minutes ahead: %j', (value, result) => {
    expect(fate(value, { 'newer-than': '15m' })).toBe(result);
  });

  it.each(['newer-than', 'older-than'])('is not known of a day alone, whatever is asked: %s', (matcher) => {
    for (const day of ['2026-11-21', '2026-11-20', '2020-01-01', '0001-01-01']) {
      expect(fate(day, { [matcher]: '15m' })).toBe('type');
    }
    expect(fate('2026-11-21T00:00Z', { 'newer-than': '15h' })).toBe('held');
  });

  it.each<[Json]>([['2026-11-21T11:50:00'], ['yesterday'], [0], [true], [null], [['2026-11-21']]])(
    'is not known of %j',
    (value) => {
      expect(fate(value, { 'newer-than': '15m' })).toBe('type');
      expect(fate(value, { 'older-than': '15m' })).toBe('type');
    },
  );
});

it('the age of an element of a list is asked of the same moment', () => {
  const times = ['2026-11-21T11:50:00Z', '2026-11-21T11:40:00Z'];
  expect(fate(times, { every: { 'newer-than': '15m' } })).toBe('different');
  expect(fate(times, { some: { 'newer-than': '15m' } })).toBe('held');
  expect(fate(times, { every: { not: { 'newer-than': '5m' } } })).toBe('held');
});

describe('a time against another', () => {
  it.each<[Json, Json, string]>([
    ['2026-12-24', { 'newer-than': '2026-12-01' }, 'held'],
    ['2026-12-01', { 'newer-than': '2026-12-01' }, 'different'],
    ['2026-11-30', { 'older-than': '2026-12-01' }, 'held'],
    ['2026-12-01', { 'older-than': '2026-12-01' }, 'different'],
    ['2999-01-01T00:00:00Z', { 'newer-than': '2026-12-01' }, 'held'],
    ['soon', { 'newer-than': '2026-12-01' }, 'type'],
  ])('is before or after it, days alone included: %j against %j', (value, written, result) => {
    expect(fate(value, written)).toBe(result);
  });
});
