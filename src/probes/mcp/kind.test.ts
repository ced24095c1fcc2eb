import { describe, expect, test } from 'vitest';
import { mcp } from './kind.ts';
import type { Spec } from './schema.ts';

const url = 'http://127.0.0.1:8080/mcp';

describe('what is wrong with a spec is known before looking', () => {
  test('nothing is wrong with the plain ones', () => {
    expect(mcp.problems({ url })).toEqual([]);
    expect(mcp.problems({ url, tool: 'query_support', arguments: { query: 'refunds' }, hits: '$.hits' })).toEqual([]);
    expect(mcp.problems({ url, tool: 'get_updates' })).toEqual([]);
  });

  test.each(['refresh_index', 'refreshIndex', 'delete-all', 'REBUILD', 'index.reset', 'create_ticket', 'updateUser'])(
    'the tool %s is refused unless side effects are allowed',
    (tool) => {
      expect(mcp.problems({ url, tool })).toEqual([
        { path: ['tool'], message: expect.stringContaining('side-effects') },
      ]);
      expect(mcp.problems({ url, tool, 'side-effects': 'allow' })).toEqual([]);
    },
  );

  test.each<[Partial<Spec>, readonly (string | number)[]]>([
    [{ url: 'support' }, ['url']],
    [{ url: 'ftp://a/' }, ['url']],
    [{ url: 'http://user:pass@a/' }, ['url']],
    [{ url: 'http://a:0/' }, ['url']],
    [{ arguments: { query: 'a' } }, ['arguments']],
    [{ tool: 'query', hits: '$.[' }, ['hits']],
    [{ tool: 'query', deny: ['fine', '('] }, ['deny', 1]],
    [{ headers: { 'Mcp-Session-Id': 'a' } }, ['headers', 'Mcp-Session-Id']],
    [{ headers: { 'x y': 'a' } }, ['headers', 'x y']],
    [{ headers: { 'x-a': 'a\r\nb: c' } }, ['headers', 'x-a']],
    [{ headers: { Authorization: 'a' }, auth: { bearer: 'b' } }, ['headers', 'Authorization']],
    [{ 'connect-to': 'host' }, ['connect-to']],
    [{ resolver: '127.0.0.1:0' }, ['resolver']],
  ])('%j is a problem at its place', (spec, path) => {
    expect(mcp.problems({ url, ...spec }).map((problem) => problem.path)).toEqual([path]);
  });
});

describe('what a check asks by default', () => {
  const asked = (spec: Spec) => mcp.defaults(spec).map(({ fact, matcher, expected }) => [fact, matcher, expected]);

  test('a tool is listed, answers without an error from an index that is there, and finds something', () => {
    expect(asked({ url, tool: 'query' })).toEqual([
      ['connected', 'equals', true],
      ['missing-tools', 'empty', true],
      ['is-error', 'equals', false],
      ['index-signature', 'exists', false],
      ['degraded-signature', 'exists', false],
      ['output-problem', 'exists', false],
      ['hits', 'at-least', 1],
    ]);
  });

  test('without a tool the server has at least one, or those of list', () => {
    expect(asked({ url })).toEqual([
      ['connected', 'equals', true],
      ['tool-count', 'at-least', 1],
    ]);
    expect(asked({ url, list: ['a'] })).toEqual([
      ['connected', 'equals', true],
      ['missing-tools', 'empty', true],
    ]);
  });

  test('every fact that a default asks about is in the table', () => {
    for (const [fact] of asked({ url, tool: 'query' })) expect(Object.keys(mcp.facts)).toContain(fact);
  });
});

test('what is shown of a spec holds no secret', () => {
  const spec = { url: 'https://a.example/mcp?token=s3cret', tool: 'query', auth: { bearer: 's3cret' } };
  expect(mcp.target(spec)).toBe('https://a.example/mcp?token=*** (tool query)');
  expect(mcp.host(spec)).toBe('a.example:443');
  expect(JSON.stringify([mcp.target(spec), mcp.tryCommand(spec)])).not.toContain('s3cret');
});

test('the ladder has no dns for an address, tls only for https, and the content only when a tool is called', () => {
  expect(mcp.layers({ url })).toEqual(['tcp', 'http', 'protocol', 'auth', 'tool-list']);
  expect(mcp.layers({ url: 'https://a.example/', tool: 'q' })).toEqual([
    'dns',
    'tcp',
    'tls',
    'http',
    'protocol',
    'auth',
    'tool-list',
    'schema',
    'content',
    'freshness',
    'quality',
  ]);
});
