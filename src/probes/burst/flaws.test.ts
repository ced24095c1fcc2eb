import { expect, test } from 'vitest';
import { rateLimitFlaws } from './flaws.ts';
import type { Answered } from './shot.ts';

const CONNECTION = { resolved: [], cnames: [], tried: [], address: null, port: null, viaProxy: null, tls: null };

const answer = (number: number, status: number, headers: Answered['headers']): Answered => ({
  number,
  status,
  headers,
  connection: CONNECTION,
  latencyMs: 1,
  endedMs: number,
  endedAt: new Date(0),
});

/** Answers with what remains after each; the last is limited. */
const telling = (remaining: readonly number[], limit = 10): readonly Answered[] =>
  remaining.map((left, index) =>
    answer(index + 1, index === remaining.length - 1 ? 429 : 200, [
      ['ratelimit-limit', String(limit)],
      ['ratelimit-remaining', String(left)],
    ]),
  );

test.each([
  ['what remains falls to nothing', [3, 2, 1, 0, 0], []],
  ['a bucket fills a little on the way', [3, 2, 2, 1, 0, 0], []],
  ['two answers alone prove nothing', [3, 3, 0], []],
  ['what remains stays the same', [3, 3, 3, 0], ['3 remain after each of 3 answers']],
  ['a limited answer says that some remain', [2, 1, 0, 5], ['request 4 is limited, and 5 remain']],
  ['more remains than there is', [12, 1, 0, 0], ['request 1: 12 remain of 10']],
])('%s', (_what, remaining, flaws) => {
  expect(rateLimitFlaws(telling(remaining))).toEqual(flaws);
});

test('no headers have no flaws, and a flaw of all is told once', () => {
  expect(rateLimitFlaws([answer(1, 200, []), answer(2, 429, [])])).toEqual([]);
  const broken = [1, 2, 3].map((number) => answer(number, 200, [['ratelimit', '"a']]));
  expect(rateLimitFlaws(broken)).toEqual(['ratelimit: "\\"a" cannot be read']);
});

test('at most ten flaws are told', () => {
  expect(rateLimitFlaws(telling(Array.from({ length: 40 }, (_, index) => 100 - index)))).toHaveLength(10);
});
