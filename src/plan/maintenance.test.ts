import { describe, expect, it } from 'vitest';
import type { Window } from '../config/config.ts';
import { activeWindow } from './maintenance.ts';

const weekly = (changes: Partial<Extract<Window, { kind: 'weekly' }>> = {}): Window => ({
  kind: 'weekly',
  title: 'reboot',
  days: ['sun'],
  from: '02:00',
  to: '04:00',
  zone: 'Europe/Berlin',
  ...changes,
});

const open = (window: Window, at: string): boolean => activeWindow([window], new Date(at)) !== null;

describe('a weekly window', () => {
  it.each([
    ['at its beginning', '2026-11-22T01:00:00Z', true],
    ['a minute before', '2026-11-22T00:59:59Z', false],
    ['at its end', '2026-11-22T03:00:00Z', false],
    ['on another day', '2026-11-23T01:30:00Z', false],
    ['in summer, an hour earlier by the world clock', '2026-07-05T00:30:00Z', true],
    ['in summer, when it would be open in winter', '2026-07-05T02:30:00Z', false],
  ])('is judged by the clock of its zone: %s', (_what, at, expected) => {
    expect(open(weekly(), at)).toBe(expected);
  });

  it.each([
    ['late on its day', '2026-11-22T22:30:00Z', true],
    ['early on the next', '2026-11-23T00:30:00Z', true],
    ['early on its own day', '2026-11-22T00:30:00Z', false],
    ['after its end on the next', '2026-11-23T04:00:00Z', false],
  ])('may end on the next day: %s', (_what, at, expected) => {
    expect(open(weekly({ from: '23:00', to: '04:00' }), at)).toBe(expected);
  });

  it('reaches from Saturday into Sunday', () => {
    expect(open(weekly({ days: ['sat'], from: '23:00', to: '01:00', zone: 'UTC' }), '2026-11-22T00:30:00Z')).toBe(true);
  });
});

describe('a single window', () => {
  const once: Window = {
    kind: 'once',
    title: 'move',
    fromMs: Date.parse('2026-12-01T22:00Z'),
    toMs: Date.parse('2026-12-02T02:00Z'),
  };

  it.each([
    ['2026-12-01T21:59:59Z', false],
    ['2026-12-01T22:00:00Z', true],
    ['2026-12-02T02:00:00Z', false],
  ])('at %s', (at, expected) => {
    expect(open(once, at)).toBe(expected);
  });
});
