import { expect, test } from 'vitest';
import { startPulse } from './pulse.ts';

test('without any sign of life the whole time is a silence', () => {
  expect(startPulse(100).longest(400)).toEqual({ ms: 300, from: 100 });
});

test('the silence before the first sign counts, and that after the last', () => {
  const pulse = startPulse(0);
  pulse.beat(50);
  pulse.beat(60);
  expect(pulse.longest(70)).toEqual({ ms: 50, from: 0 });
  expect(pulse.longest(111)).toEqual({ ms: 51, from: 60 });
});

test('of two equal silences the first is told', () => {
  const pulse = startPulse(0);
  for (const at of [10, 20, 30]) pulse.beat(at);
  expect(pulse.longest(40)).toEqual({ ms: 10, from: 0 });
});

test('a sign that is noted late takes nothing back', () => {
  const pulse = startPulse(0);
  pulse.beat(30);
  pulse.beat(20);
  expect(pulse.longest(35)).toEqual({ ms: 30, from: 0 });
});
