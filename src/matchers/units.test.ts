import { describe, expect, it } from 'vitest';
import { hasUnit, parseBytes, parseDuration, parsePercentage, showDuration } from './units.ts';

describe('an amount with its unit', () => {
  it.each([
    ['300ms', 300],
    ['5s', 5000],
    ['15m', 900_000],
    ['2h', 7_200_000],
    ['30d', 2_592_000_000],
    ['1.5s', 1500],
    ['0.000000001d', 0.0864],
    ['5 s', 5000],
  ])('is a duration: %s', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
    expect(parseBytes(text)).toBeNull();
    expect(parsePercentage(text)).toBeNull();
    expect(hasUnit(text)).toBe(true);
  });

  it.each([
    ['512B', 512],
    ['2kB', 2000],
    ['2KB', 2000],
    ['3MB', 3_000_000],
    ['4GB', 4_000_000_000],
    ['64KiB', 65_536],
    ['1MiB', 1_048_576],
    ['2GiB', 2_147_483_648],
  ])('is a size: %s', (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes);
    expect(parseDuration(text)).toBeNull();
    expect(hasUnit(text)).toBe(true);
  });

  it.each([
    ['99.9%', 0.999],
    ['0%', 0],
    ['100 %', 1],
    ['12.25%', 0.1225],
  ])('is a ratio: %s', (text, ratio) => {
    expect(parsePercentage(text)).toBe(ratio);
    expect(parseBytes(text)).toBeNull();
    expect(hasUnit(text)).toBe(true);
  });

  it.each(['5', 's', '', '5 parsecs', 'in 5s', '5s.', '-5s', '1,5s', '5  s', '.5s', '5.s', '1234567890123s', '5S'])(
    'is nothing else: %j',
    (text) => {
      expect([parseDuration(text), parseBytes(text), parsePercentage(text)]).toEqual([null, null, null]);
      expect(hasUnit(text)).toBe(false);
    },
  );
});

it.each([
  [0, '0ms'],
  [1, '1ms'],
  [999, '999ms'],
  [1000, '1s'],
  [1500, '1500ms'],
  [90_000, '90s'],
  [120_000, '2m'],
  [5_400_000, '90m'],
  [7_200_000, '2h'],
  [86_400_000, '1d'],
  [0.5, '0.5ms'],
])('%d milliseconds are shown as %s, the largest unit that stays whole', (milliseconds, shown) => {
  expect(showDuration(milliseconds)).toBe(shown);
});
