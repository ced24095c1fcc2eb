import { describe, expect, test } from 'vitest';
import type { Outcome } from '../model/outcome.ts';
import { standingOf } from './kept-run.ts';
import type { Standing } from './store.ts';
import { minute } from './test-runs.ts';
import { durationTrend, isFlapping, outcomeMarks, percentile, sparkline, transitions, uptime } from './trends.ts';

const standings = (text: string): readonly { readonly standing: Standing }[] =>
  [...text].map((mark) => ({ standing: mark === '+' ? 'good' : mark === '-' ? 'bad' : null }));

const outcomes = (...all: readonly Outcome[]) => all.map((outcome, index) => ({ outcome, at: minute(index) }));

test.each([
  [[], ''],
  [[0, 0], '▁▁'],
  [[0, 50, 100], '▁▅█'],
  [[7, null, 7], '█ █'],
])('%j is drawn as "%s"', (values, line) => {
  expect(sparkline(values)).toBe(line);
});

test('each outcome has a mark of its own', () => {
  expect(outcomeMarks(outcomes('pass', 'warn', 'fail', 'unknown', 'blocked', 'skipped'))).toBe('.!x?- ');
});

describe('transitions', () => {
  test.each([
    ['', 0],
    ['+', 0],
    ['++++', 0],
    ['+-', 1],
    ['-+', 1],
    ['+-+-+', 4],
    ['+ + ', 0],
    ['+ - ', 1],
    [`+-+-+${'+'.repeat(16)}`, 3],
    [`+-+-+${'+'.repeat(19)}`, 0],
  ])('of "%s" there are %i', (marks, count) => {
    expect(transitions(standings(marks))).toBe(count);
  });

  test('four of them are flapping, three are not', () => {
    expect(isFlapping(standings('+-+-'))).toBe(false);
    expect(isFlapping(standings('+-+-+'))).toBe(true);
  });
});

describe('uptime', () => {
  test('is the share of looks that could tell, and says how many could not', () => {
    expect(uptime(outcomes('pass', 'warn', 'fail', 'pass', 'unknown', 'blocked', 'skipped'))).toEqual({
      ratio: 0.75,
      told: 4,
      untold: 3,
    });
  });

  test('of nothing that told anything is not known', () => {
    expect(uptime(outcomes('unknown', 'skipped'))).toEqual({ ratio: null, told: 0, untold: 2 });
    expect(uptime([])).toEqual({ ratio: null, told: 0, untold: 0 });
  });

  test('counts both ends of its window', () => {
    const points = outcomes('fail', 'pass', 'fail', 'pass');
    expect(uptime(points, { from: minute(1), to: minute(2) })).toEqual({ ratio: 0.5, told: 2, untold: 0 });
    expect(uptime(points, { from: minute(3), to: null })).toEqual({ ratio: 1, told: 1, untold: 0 });
  });
});

test.each([
  [[], 95, null],
  [[5], 95, 5],
  [[3, 1, 2], 50, 2],
  [Array.from({ length: 100 }, (_, index) => index + 1), 95, 95],
  [Array.from({ length: 20 }, (_, index) => index + 1), 95, 19],
])('of %j p%i is %j', (values, percent, value) => {
  expect(percentile(values, percent)).toBe(value);
});

describe('the trend of durations', () => {
  const points = (durations: readonly (number | null)[], standing: Standing = 'good') =>
    durations.map((durationMs, index) => ({ durationMs, standing, at: minute(index) }));

  test('needs five good results that were timed', () => {
    expect(durationTrend(points([1, 2, 3, 4]))).toBeNull();
    expect(durationTrend(points([1, 2, 3, 4, null]))).toBeNull();
    expect(durationTrend(points([1, 2, 3, 4, 5], 'bad'))).toBeNull();
    expect(durationTrend(points([1, 2, 3, 4, 5]))).toEqual({
      parts: [{ from: minute(0), to: minute(4), count: 5, p95Ms: 5 }],
      change: null,
    });
  });

  test('compares the last part with the first', () => {
    const trend = durationTrend(points([...Array<number>(10).fill(100), ...Array<number>(10).fill(150)]), 2);
    expect(trend?.parts.map(({ count, p95Ms }) => [count, p95Ms])).toEqual([
      [10, 100],
      [10, 150],
    ]);
    expect(trend?.change).toBeCloseTo(0.5);
  });

  test('puts every duration into one part', () => {
    const trend = durationTrend(points(Array.from({ length: 23 }, (_, index) => index)));
    expect(trend?.parts.map(({ count }) => count)).toEqual([5, 6, 6, 6]);
    expect(trend?.parts.at(-1)?.to).toBe(minute(22));
  });
});

test.each([
  ['pass', null, 'good'],
  ['warn', 'quality', 'good'],
  ['fail', 'http', 'bad'],
  ['unknown', 'auth', 'bad'],
  ['unknown', 'run', null],
  ['blocked', 'run', null],
  ['skipped', 'run', null],
] as const)('%s at the layer %s stands for %j', (outcome, layer, standing) => {
  expect(standingOf(outcome, layer)).toBe(standing);
});
