import { expect, test } from 'vitest';
import type { JsonObject } from '../../model/json.ts';
import { headerProblem } from './header-params.ts';

const properties = (members: JsonObject): JsonObject => ({ type: 'object', properties: members });
const asked = (header: JsonObject[string], type = 'string'): JsonObject => ({ type, 'x-mcp-header': header });

test.each<[string, JsonObject]>([
  ['no header', properties({ a: { type: 'string' } })],
  [
    'headers of every type that can be sent',
    properties({ a: asked('A'), b: asked('b-1', 'integer'), c: asked('c', 'boolean') }),
  ],
  ['one inside of an object', properties({ a: properties({ b: asked('Region') }) })],
  ['a property that is only called like that', properties({ 'x-mcp-header': { type: 'string' } })],
  [
    'an example that only looks like that',
    { ...properties({ a: { type: 'object' } }), examples: [{ 'x-mcp-header': '' }] },
  ],
])('a tool with %s can be called', (_what, schema) => {
  expect(headerProblem(schema)).toBeNull();
});

test.each<[string, JsonObject]>([
  ['an empty name', properties({ a: asked('') })],
  ['a name that is no text', properties({ a: asked(7) })],
  ['a name with a space', properties({ a: asked('a b') })],
  ['a name with a colon', properties({ a: asked('a:b') })],
  ['a name with a line feed', properties({ a: asked('a\r\nb') })],
  ['a name that is not ASCII', properties({ a: asked('ä') })],
  ['the same name twice', properties({ a: asked('Region'), b: asked('region') })],
  ['a header for an object', properties({ a: asked('A', 'object') })],
  ['a header for a list', properties({ a: asked('A', 'array') })],
  ['a header for a number', properties({ a: asked('A', 'number') })],
  ['a header for no type', properties({ a: { 'x-mcp-header': 'A' } })],
  ['a header at its root', { ...properties({}), 'x-mcp-header': 'A' }],
  ['a header in the items of a list', properties({ a: { type: 'array', items: asked('A') } })],
  ['a header in one of several', properties({ a: { anyOf: [asked('A')] } })],
  ['a header in a definition', { ...properties({}), $defs: { d: asked('A') } }],
])('a tool with %s cannot', (_what, schema) => {
  expect(headerProblem(schema)).toContain('x-mcp-header');
});
