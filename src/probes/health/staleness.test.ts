import { describe, expect, it } from 'vitest';
import type { Component } from './reading.ts';
import { stalenessOf } from './staleness.ts';

const at = new Date('2026-11-21T12:00:00Z');

const stale = (headers: { readonly [name: string]: string }, components: readonly Component[] = []): string | null =>
  stalenessOf({ status: 200, headers, body: '', json: undefined, at }, components);

const looked = (time: string): readonly Component[] => [{ name: 'db', status: 'pass', says: 'pass', time }];

describe('staleness', () => {
  it.each([
    [{ 'x-cache': 'HIT' }, 'a cache answered (x-cache: HIT)'],
    [{ 'x-cache': 'Hit from cloudfront' }, 'a cache answered (x-cache: HIT)'],
    [{ 'x-cache': 'MISS, HIT' }, 'a cache answered (x-cache: HIT)'],
    [{ 'x-cache': 'TCP_HIT' }, 'a cache answered (x-cache: HIT)'],
    [{ 'cf-cache-status': 'HIT' }, 'a cache answered (cf-cache-status: HIT)'],
    [{ age: '12' }, 'the answer was in a cache for 12 seconds (Age: 12)'],
    [{ age: '1', 'cache-control': 'max-age=3600' }, 'the answer was in a cache for 1 second (Age: 1)'],
    [
      { 'cache-control': 'public, max-age=3600', date: 'Sat, 21 Nov 2026 11:30:00 GMT' },
      'the answer is from 30 minutes ago, and Cache-Control lets it be kept (max-age 3600)',
    ],
  ])('%j is stale', (headers, expected) => {
    expect(stale(headers)).toBe(expected);
  });

  it.each([
    [{}],
    [{ age: '0' }],
    [{ age: 'old' }],
    [{ 'x-cache': 'Miss from cloudfront' }],
    [{ 'x-cache': 'RefreshHit from cloudfront' }],
    [{ 'cache-control': 'max-age=3600' }],
    [{ 'cache-control': 'max-age=3600', date: 'Sat, 21 Nov 2026 11:59:30 GMT' }],
    [{ 'cache-control': 'max-age=0', date: 'Sat, 21 Nov 2026 11:30:00 GMT' }],
    [{ 'cache-control': 'no-store', date: 'Sat, 21 Nov 2026 11:30:00 GMT' }],
    [{ 'cache-control': 'max-age=3600', date: 'yesterday' }],
  ])('%j is not', (headers) => {
    expect(stale(headers)).toBeNull();
  });

  it('sees a component that was last looked at more than five minutes ago', () => {
    expect(stale({}, looked('2026-11-10T11:00:00Z'))).toBe('db was last looked at 11 days ago');
    expect(stale({}, looked('2026-11-21T11:54:59+00:00'))).toBe('db was last looked at 5 minutes ago');
    expect(stale({}, looked('2026-11-21T11:55:00Z'))).toBeNull();
  });

  it('names the oldest component', () => {
    const older = { name: 'mq', status: 'pass', says: 'pass', time: '2026-11-20T11:00:00Z' } as const;
    expect(stale({}, [...looked('2026-11-21T11:00:00Z'), older])).toBe('mq was last looked at 1 day ago');
  });

  it.each(['soon', '2026-11-21', '2026-11-10T11:00:00', '2026-13-45T00:00:00Z'])(
    'makes nothing of a time that is not an instant: %s',
    (time) => {
      expect(stale({}, looked(time))).toBeNull();
    },
  );
});
