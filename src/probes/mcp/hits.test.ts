import { expect, test } from 'vitest';
import type { Json } from '../../model/json.ts';
import { citationsOf, findHits } from './hits.ts';

const inJson = (json: Json, path?: string): readonly Json[] | null => findHits({ texts: ['a', 'b'], json }, path);

test.each<[string, Json, readonly Json[] | null]>([
  ['a list', ['a', 'b'], ['a', 'b']],
  ['the first list of an object', { entities: [], relations: ['r'] }, []],
  ['a list with a usual name before another one', { warnings: ['w'], results: [{ id: 1 }] }, [{ id: 1 }]],
  ['a list one level down', { data: { hits: ['a'] } }, ['a']],
  ['no list at all', { answer: 'in 30 days' }, null],
  ['entries that hold nothing', { hits: [null, '', ' ', {}, { id: null, tags: [] }] }, []],
])('the hits of structured content with %s', (_what, json, hits) => {
  expect(inJson(json)).toEqual(hits);
});

test('a JSONPath says where the hits are, and nothing there is no empty list', () => {
  expect(inJson({ a: [1], b: [2, 3] }, '$.b')).toEqual([2, 3]);
  expect(inJson({ b: [{ id: 1 }, { id: 2 }] }, '$.b[*].id')).toEqual([1, 2]);
  expect(inJson({ b: [] }, '$.b[*]')).toEqual([]);
  expect(inJson({ b: null }, '$.b')).toEqual([]);
  expect(inJson({ b: [1] }, '$.c')).toBeNull();
  expect(inJson({ total: 0 }, '$.total')).toBeNull();
  expect(findHits({ texts: ['a'], json: undefined }, '$.b')).toBeNull();
});

test('without JSON each text is a hit, unless it is blank or says that nothing was found', () => {
  const texts = ['An article', ' ', 'No matches found', '0 results.', 'I could not find any relevant article.'];
  expect(findHits({ texts, json: undefined }, undefined)).toEqual(['An article']);
});

test('citations are what the hits name as their source', () => {
  expect(citationsOf([{ id: 'a', title: 't' }, { title: 'b' }, { id: '' }, 'text', { url: 7 }])).toEqual([
    'a',
    'b',
    '7',
  ]);
});
