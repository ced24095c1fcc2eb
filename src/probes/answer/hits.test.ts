import { expect, test } from 'vitest';
import type { Json } from '../../model/json.ts';
import { hitsInJson, hitsInTexts } from './hits.ts';
import type { AnswerPaths } from './paths.ts';

const values = (json: Json, paths: AnswerPaths = {}) => hitsInJson(json, paths)?.map(({ value }) => value) ?? null;

test.each<[string, Json, readonly Json[] | null]>([
  ['a list', ['a', 'b'], ['a', 'b']],
  ['the first list of an object', { entities: [], relations: ['r'] }, []],
  ['a list with a usual name before another one', { tags: ['w'], results: [{ id: 1 }] }, [{ id: 1 }]],
  ['a list one level down', { data: { hits: ['a'] } }, ['a']],
  ['no list at all', { answer: 'in 30 days' }, null],
  ['nothing but lists about the answer', { warnings: ['no index'], errors: [], debug: { steps: ['a'] } }, null],
  ['entries that hold nothing', { hits: [null, '', ' ', {}, { id: null, tags: [] }] }, []],
])('the hits of JSON with %s', (_what, json, hits) => {
  expect(values(json)).toEqual(hits);
});

test('a JSONPath says where the hits are, and nothing there is no empty list', () => {
  expect(values({ a: [1], b: [2, 3] }, { hits: ['$.b'] })).toEqual([2, 3]);
  expect(values({ b: [{ id: 1 }, { id: 2 }] }, { hits: ['$.b[*].id'] })).toEqual([1, 2]);
  expect(values({ b: [] }, { hits: ['$.b[*]'] })).toEqual([]);
  expect(values({ b: null }, { hits: ['$.b'] })).toEqual([]);
  expect(values({ b: [1] }, { hits: ['$.c'] })).toBeNull();
  expect(values({ total: 0 }, { hits: ['$.total'] })).toBeNull();
});

test('of several paths the first that is there counts', () => {
  const paths = { hits: ['$.result.points', '$.result'] };
  expect(values({ result: { points: [1] } }, paths)).toEqual([1]);
  expect(values({ result: [2] }, paths)).toEqual([2]);
});

test('a hit has the id and the score that it gives, or those at their paths', () => {
  const json = { hits: [{ title: 't', score: 0.5, meta: { doc: 7, rank: 2 } }, { url: 'u' }, 'text'] };
  expect(hitsInJson(json, {})).toEqual([
    { value: json.hits[0], id: 't', score: 0.5 },
    { value: { url: 'u' }, id: 'u' },
    { value: 'text' },
  ]);
  expect(hitsInJson(json, { id: ['$.meta.doc'], score: ['$.meta.rank'] })?.[0]).toMatchObject({ id: '7', score: 2 });
});

test('ids and scores in lists of their own belong to the hits beside them, also where a hit holds nothing', () => {
  const json = { ids: [['a', 'b']], distances: [[0.1, 0.2]], documents: [[null, 'two']] };
  const paths = { hits: ['$.documents[0]', '$.ids[0]'], ids: ['$.ids[0]'], scores: ['$.distances[0]'] };
  expect(hitsInJson(json, paths)).toEqual([
    { value: null, id: 'a', score: 0.1 },
    { value: 'two', id: 'b', score: 0.2 },
  ]);
  expect(hitsInJson({ ids: [[]], documents: [[]] }, paths)).toEqual([]);
});

test('each text is a hit, unless it is blank or says that nothing was found', () => {
  const texts = ['An article', ' ', 'No matches found', '0 results.', 'I could not find any relevant article.'];
  expect(hitsInTexts(texts)).toEqual([{ value: 'An article' }]);
});
