import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../model/json.ts';
import { checkFit } from './validator.ts';

const never = new AbortController().signal;
const fit = (schema: JsonObject, value: Json) => checkFit(schema, value, never);
const SLOW = { type: 'string', pattern: '^(a+)+$' };
const LONG = `${'a'.repeat(40)}!`;

test.each<[string, JsonObject, Json, string]>([
  ['a type', { properties: { a: { type: 'string' } } }, { a: 1 }, '/a must be string'],
  ['a missing property', { required: ['q'] }, {}, "it must have required property 'q'"],
  ['one too many', { additionalProperties: false }, { qery: 1 }, 'it must NOT have additional properties ("qery")'],
  [
    'a choice',
    { properties: { a: { enum: ['x', 'y'] } } },
    { a: 'z' },
    '/a must be equal to one of the allowed values: ["x","y"]',
  ],
  ['2020-12', { properties: { a: { prefixItems: [{ type: 'number' }] } } }, { a: ['x'] }, '/a/0 must be number'],
  [
    'draft-07',
    { $schema: 'http://json-schema.org/draft-07/schema#', properties: { a: { items: [{ type: 'number' }] } } },
    { a: ['x'] },
    '/a/0 must be number',
  ],
  [
    '2019-09',
    { $schema: 'https://json-schema.org/draft/2019-09/schema', unevaluatedProperties: false },
    { b: 1 },
    'it must NOT have unevaluated properties ("b")',
  ],
])('what does not fit is named with its place: %s', async (_what, schema, value, why) => {
  expect(await fit(schema, value)).toEqual({ fits: false, fault: 'value', why });
});

test('a schema that is none is to blame itself, and says nothing of the next one', async () => {
  expect(await fit({ type: 'nonsense' }, 1)).toMatchObject({ fits: false, fault: 'schema' });
  expect(await fit({ $schema: 'urn:unknown' }, 1)).toMatchObject({ fits: false, fault: 'schema' });
  expect(await fit({ $id: 'urn:example:a', type: 'string' }, 'x')).toEqual({ fits: true });
  expect(await fit({ $id: 'urn:example:a', type: 'number' }, 1)).toEqual({ fits: true });
  expect(await fit({ $ref: 'urn:example:a' }, 1)).toMatchObject({ fits: false, fault: 'schema' });
});

test('a schema that keeps the thread ends with it; those behind it are applied all the same', async () => {
  const [slow, ...others] = await Promise.all([
    fit(SLOW, LONG),
    ...Array.from({ length: 5 }, (_, n) => fit({ type: 'number' }, n)),
  ]);
  expect(slow).toEqual({ fits: false, fault: 'schema', why: 'that was not done within 250 ms and 128 MB' });
  expect(others).toEqual(others.map(() => ({ fits: true })));
});

test('who is told to stop does not wait for a schema', async () => {
  const startedMs = performance.now();
  const slow = fit(SLOW, LONG);
  await expect(checkFit({}, 1, AbortSignal.timeout(20))).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(performance.now() - startedMs).toBeLessThan(240);
  await slow;
});
