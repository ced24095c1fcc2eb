import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { RUNS } from '../../../tests/golden/reports/runs.ts';
import { passed, run } from '../../../tests/golden/reports/build.ts';
import { Run as RunSchema } from '../../model/run-schema.ts';
import { renderJson } from './json.ts';
import { RUN_SHAPE, type Shape } from './shape.ts';

type SchemaNode = {
  readonly properties?: { readonly [name: string]: SchemaNode };
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
};

/** What the schema says of the order of keys, through lists and `or null`. */
const shapeOf = (node: SchemaNode): Shape | null => {
  const inner = node.items ?? node.anyOf?.find((one) => one.properties !== undefined || one.items !== undefined);
  if (inner !== undefined) return shapeOf(inner);
  if (node.properties === undefined) return null;
  return Object.fromEntries(Object.entries(node.properties).map(([name, one]) => [name, shapeOf(one)]));
};

const ordered = (shape: Shape | null): unknown =>
  shape && Object.entries(shape).map(([name, inner]) => [name, ordered(inner)]);

test('the order of keys is that of the schema, all the way down', () => {
  const schema: SchemaNode = JSON.parse(JSON.stringify(RunSchema));
  expect(ordered(RUN_SHAPE)).toEqual(ordered(shapeOf(schema)));
});

test.each([...RUNS])('the JSON of the run %s is valid against the schema and holds the same data', (_, sample) => {
  const validate = new Ajv({ strict: false, allErrors: true }).compile(JSON.parse(JSON.stringify(RunSchema)));
  const read: unknown = JSON.parse(renderJson(sample));
  validate(read);
  expect(validate.errors).toBeNull();
  expect(read).toEqual(JSON.parse(JSON.stringify(sample)));
});

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, key === 'facts' ? inner : reversed(inner)]),
  );
};

test('equal runs give equal files, whatever order their keys are in', () => {
  const sample = RUNS.get('no-go') ?? run([]);
  const shuffled: typeof sample = JSON.parse(JSON.stringify(reversed(sample)));
  expect(Object.keys(shuffled)).not.toEqual(Object.keys(sample));
  expect(renderJson(shuffled)).toBe(renderJson(sample));
});

test('names like __proto__ are data', () => {
  const facts: { [name: string]: unknown } = JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}');
  const json = renderJson(run([passed('a', 1, { facts })]));
  expect(json).toContain('"__proto__": {\n          "a": 1');
  expect(json).toContain('"constructor": 2');
});
