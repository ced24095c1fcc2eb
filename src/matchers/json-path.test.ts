import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Json } from '../model/json.ts';
import { checkJsonPath, queryJson, selectJson, type Selection } from './json-path.ts';

type Fixture = {
  readonly groups: readonly {
    readonly title: string;
    readonly document: Json;
    readonly cases: readonly { readonly path: string; readonly nodes: readonly Json[] }[];
  }[];
  readonly invalid: readonly string[];
  /** Valid by the standard, refused by the library: a control character written as `\\u`. */
  readonly unsupported: readonly string[];
};

const fixture: Fixture = JSON.parse(readFileSync(new URL('json-path.fixture.json', import.meta.url), 'utf8'));

const nodesOf = (selection: Selection): readonly Json[] => {
  if (selection.state === 'nodes') return selection.value;
  return selection.state === 'value' ? [selection.value] : [];
};

describe('a JSONPath of RFC 9535', () => {
  for (const { title, document, cases } of fixture.groups) {
    it.each(cases)(`selects what the standard says, ${title}: $path`, ({ path, nodes }) => {
      expect(checkJsonPath(path)).toBeNull();
      expect(nodesOf(selectJson(path, document))).toEqual(nodes);
    });
  }

  it.each([...fixture.invalid, ...fixture.unsupported])('is refused rather than misread: %s', (path) => {
    expect(checkJsonPath(path)).toMatch(/\S/);
    expect(queryJson(path, {})).toBeUndefined();
  });
});

describe('querying', () => {
  it('gives the value of a singular path, and nothing when there is none', () => {
    expect(queryJson('$.a[1].b', { a: [0, { b: null }] })).toBeNull();
    expect(queryJson('$.a[2].b', { a: [] })).toBeUndefined();
  });

  it('gives the list of nodes of any other path, with one node too', () => {
    expect(queryJson('$.a[*]', { a: [1] })).toEqual([1]);
    expect(queryJson('$.a[?@ > 5]', { a: [1] })).toEqual([]);
  });

  it('gives nothing rather than an empty list when what should hold the nodes is missing', () => {
    expect(queryJson('$.checks[?@.status != "pass"]', { error: 'no such page' })).toBeUndefined();
    expect(queryJson('$.checks[?@.status != "pass"]', { checks: [] })).toEqual([]);
  });

  it('takes linear time for a pattern that makes others backtrack', () => {
    const started = performance.now();
    expect(queryJson('$[?match(@, "(a+)+b")]', [`${'a'.repeat(20_000)}c`])).toEqual([]);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('does not follow a pattern of the document into nonsense', () => {
    expect(queryJson('$.list[?search(@, $.pattern)]', { list: ['a['], pattern: 'a[' })).toEqual([]);
  });

  it('says that it cannot search a value that is nested too deeply, instead of searching a part', () => {
    const nested = (depth: number): Json => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
    expect(selectJson('$..secret', nested(400))).toEqual({ state: 'nodes', value: [] });
    expect(selectJson('$..secret', nested(600))).toMatchObject({ state: 'unusable' });
    expect(selectJson('$..secret', nested(100_000))).toMatchObject({ state: 'unusable' });
  });
});
