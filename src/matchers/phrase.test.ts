import { expect, it } from 'vitest';
import type { FactType } from '../model/fact.ts';
import type { Json } from '../model/json.ts';
import { parseMatcher } from './parse.ts';
import { phraseAll, phrase } from './phrase.ts';
import { expectation } from './test-look.ts';

it.each<[Json, FactType, says: string, denied: string]>([
  ['x', 'string', 'is "x"', 'is not "x"'],
  [200, 'status', 'is 200', 'is not 200'],
  [[200, '5xx'], 'status', 'is 200 or 5xx', 'is not 200 or 5xx'],
  [{ in: ['a', 5] }, 'json', 'is one of "a", 5', 'is none of "a", 5'],
  [{ not: { above: 3 } }, 'number', 'is something else than what is above 3', 'is what is above 3'],
  [{ contains: 'x' }, 'string', 'contains "x"', 'does not contain "x"'],
  [{ 'not-contains': 'x' }, 'string', 'does not contain "x"', 'contains "x"'],
  [{ matches: '^a' }, 'string', 'matches /^a/', 'does not match /^a/'],
  [{ 'starts-with': 'a' }, 'string', 'starts with "a"', 'does not start with "a"'],
  [{ 'ends-with': 'a' }, 'string', 'ends with "a"', 'does not end with "a"'],
  [{ above: 3 }, 'number', 'is above 3', 'is not above 3'],
  [{ below: 3 }, 'number', 'is below 3', 'is not below 3'],
  [{ 'at-least': 3 }, 'number', 'is at least 3', 'is not at least 3'],
  [{ 'at-most': 3 }, 'number', 'is at most 3', 'is not at most 3'],
  [{ between: [1, 2] }, 'number', 'is between 1 and 2', 'is not between 1 and 2'],
  [{ exists: true }, 'json', 'is there', 'is not there'],
  [{ exists: false }, 'json', 'is absent', 'is not absent'],
  [{ empty: true }, 'list', 'is empty', 'is not empty'],
  [{ empty: false }, 'list', 'is filled', 'is not filled'],
  [{ length: { above: 2 } }, 'list', 'has a length that is above 2', 'has no length that is above 2'],
  [{ type: 'string' }, 'json', 'is of type string', 'is not of type string'],
  [
    { every: { above: 2 } },
    'list',
    'has only elements of which each is above 2',
    'has not only elements of which each is above 2',
  ],
  [{ some: 'ok' }, 'list', 'has an element that is "ok"', 'has no element that is "ok"'],
  [{ all: [{ above: 2 }, { below: 5 }] }, 'number', 'is above 2 and is below 5', 'not is above 2 and is below 5'],
  [{ any: [1, { above: 2 }] }, 'number', 'is 1 or is above 2', 'not is 1 or is above 2'],
  [{ 'newer-than': '15m' }, 'time', 'is newer than 15m', 'is not newer than 15m'],
  [
    { 'older-than': '2026-12-01' },
    'time',
    'is older than 2026-12-01T00:00:00.000Z',
    'is not older than 2026-12-01T00:00:00.000Z',
  ],
  [{ schema: { type: 'string' } }, 'json', 'fits the schema', 'does not fit the schema'],
])('%j under %s "%s", denied "%s"', (written, type, says, denied) => {
  const clause = expectation('value', written, type);
  expect(phrase(clause, null)).toBe(says);
  expect(phrase(clause, null, true)).toBe(denied);
});

it('shows numbers with their unit, but no length', () => {
  const said = (written: Json, type: FactType) => {
    const parsed = parseMatcher(written, type);
    return 'clauses' in parsed ? phraseAll(parsed.clauses, 'ms') : '';
  };
  expect(said({ above: '1s', below: '2s' }, 'duration')).toBe('is above 1000 ms and is below 2000 ms');
  expect(said({ in: ['1s', '2s'] }, 'duration')).toBe('is one of 1000 ms, 2000 ms');
  expect(said({ between: ['1s', '2s'] }, 'duration')).toBe('is between 1000 ms and 2000 ms');
  expect(said({ not: { above: '1s' } }, 'duration')).toBe('is something else than what is above 1000 ms');
  expect(said({ any: ['1s'] }, 'duration')).toBe('is 1000 ms');
  expect(said({ length: 3 }, 'list')).toBe('has a length that is 3');
});
