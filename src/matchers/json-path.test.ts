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
    expect(queryJson('$[?search(@, "(a+)+b")]', [`${'a'.repeat(20_000)}c`])).toEqual([]);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it.each([
    ['a.b', ['a.b', 'axb', 'a[b']],
    ['[.]b', ['.b']],
    ['[ax.]b', ['.b', 'xb']],
    ['[a]..', ['a.b', 'axb', 'a[b']],
    ['a\\\\.b', ['a.b']],
    ['a\\\\[b', ['a[b']],
    ['a\\\\[.*', ['a[b']],
    ['a\\\\.?.b', ['a.b', 'axb', 'a[b']],
  ])('takes a dot of a pattern for any character of a line, but in a class for itself: %s', (pattern, found) => {
    const texts = ['a.b', 'axb', 'a\nb', 'a\rb', '.b', 'xb', 'a[b'];
    expect(queryJson(`$[?match(@, "${pattern}")]`, texts)).toEqual(found);
  });

  it('finds nothing by a pattern or in a value that is no text', () => {
    const items = [{ a: 'x', b: 'x' }, { a: 'x', b: 5 }, { a: 5, b: 'x' }, { b: 'x' }, { a: '5', b: 5 }];
    expect(queryJson('$[?match(@.a, @.b)]', items)).toEqual(items.slice(0, 1));
    expect(queryJson('$[?search(@.a, @.b)]', items)).toEqual(items.slice(0, 1));
  });

  it('counts the characters of a text, and what has no length has none', () => {
    const items = ['😀', 'a', 'ab', [1], { a: 1 }, 5, null, true];
    expect(queryJson('$[?length(@) == 1]', items)).toEqual(['😀', 'a', [1], { a: 1 }]);
    expect(queryJson('$[?length(@) == length(@.gone)]', items)).toEqual([5, null, true]);
  });

  it('tells a value, nodes, nothing and what cannot be searched apart', () => {
    expect(selectJson('$.a', { a: 1 })).toEqual({ state: 'value', value: 1 });
    expect(selectJson('$.a', {})).toEqual({ state: 'missing' });
    expect(selectJson('$.a.*', { a: [1] })).toEqual({ state: 'nodes', value: [1] });
    expect(selectJson('$.a.*', { b: [1] })).toEqual({ state: 'missing' });
    expect(selectJson('$.*.a', [])).toEqual({ state: 'nodes', value: [] });
    expect(selectJson('$.a.*.b.c', { a: [] })).toEqual({ state: 'nodes', value: [] });
    expect(selectJson('$.a.*.b.c', { b: [] })).toEqual({ state: 'missing' });
    expect(selectJson('$.a.b.*.c.d', { a: {} })).toEqual({ state: 'missing' });
    expect(selectJson('$[', {})).toEqual({
      state: 'unusable',
      message: "the path $[ cannot be used: unclosed bracketed selection ('$[':2)",
    });
  });

  it('says which function has a pattern that is wrong', () => {
    expect(checkJsonPath('$[?match(@, "(")]')).toBe('the pattern of match() is wrong: missing closing ): `(`');
    expect(checkJsonPath('$[?search(@, "(")]')).toBe('the pattern of search() is wrong: missing closing ): `(`');
  });

  it('does not follow a pattern of the document into nonsense', () => {
    expect(queryJson('$.list[?search(@, $.pattern)]', { list: ['a['], pattern: 'a[' })).toEqual([]);
  });

  it('says that it cannot search a value that is nested too deeply, instead of searching a part', () => {
    const nested = (depth: number): Json => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
    expect(selectJson('$..secret', nested(400))).toEqual({ state: 'nodes', value: [] });
    expect(selectJson('$..secret', nested(600))).toEqual({
      state: 'unusable',
      message: 'the value is nested too deeply to be searched with $..secret',
    });
    expect(selectJson('$..secret', nested(100_000))).toMatchObject({ state: 'unusable' });
  });
});
