import { expect, it } from 'vitest';
import type { Json } from '../model/json.ts';
import type { Facts } from '../model/observation.ts';
import { readFact } from './fact.ts';

const FACTS: Facts = {
  status: 200,
  headers: { 'content-type': 'text/html', 'x.y': 'dotted', x: { y: 'nested', z: 'only nested' } },
  files: Array.from({ length: 101 }, (_, index) => ({ path: `f${index}` })),
  json: { a: [1], 'b.c': 2 },
  text: 'abc',
  nothing: null,
};

it.each<[string, Json | undefined]>([
  ['status', 200],
  ['nothing', null],
  ['headers.content-type', 'text/html'],
  ['headers.x.y', 'dotted'],
  ['headers.x.z', 'only nested'],
  ['headers.x.w', undefined],
  ['files.0.path', 'f0'],
  ['files.10.path', 'f10'],
  ['files.100.path', 'f100'],
  ['files.101', undefined],
  ['files.00.path', undefined],
  ['files.-1', undefined],
  ['files.0x1', undefined],
  ['files.1 ', undefined],
  ['files.length', undefined],
  ['text.0', undefined],
  ['status.0', undefined],
  ['nothing.a', undefined],
  ['constructor', undefined],
  ['', undefined],
  ['json.b.c', 2],
  ['$.a[0]', 1],
  ['$.a[1]', undefined],
])('the fact %j is %j', (name, value) => {
  expect(readFact(FACTS, name)).toEqual(value);
});

it('a path selects nothing where there is no fact json', () => {
  expect(readFact({ body: '{"a":1}' }, '$.a')).toBeUndefined();
  expect(readFact({ body: '{"a":1}' }, '$')).toBeUndefined();
});
