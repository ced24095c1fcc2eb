import { describe, expect, test } from 'vitest';
import { mcp } from './kind.ts';
import type { Spec } from './schema.ts';

const url = 'http://127.0.0.1:8080/mcp';
const ASKS = { query: '{{question}}' };

describe('what is wrong with a spec is known before looking', () => {
  test('nothing is wrong with the plain ones', () => {
    expect(mcp.problems({ url })).toEqual([]);
    expect(mcp.problems({ url, tool: 'query_support', arguments: { query: 'refunds' }, hits: '$.hits' })).toEqual([]);
    expect(mcp.problems({ url, tool: 'get_updates' })).toEqual([]);
  });

  test('nothing is wrong with a program that talks over stdio', () => {
    expect(mcp.problems({ command: ['node', 'server.js'], env: { A: 1 }, cwd: 'servers', tool: 'query' })).toEqual([]);
    expect(mcp.problems({ command: ['node'], transport: 'stdio', 'stdout-noise': 'warn' })).toEqual([]);
    expect(mcp.problems({ url, transport: 'sse', era: 'legacy' })).toEqual([]);
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

  test.each<[Spec, readonly (string | number)[]]>([
    [{}, []],
    [{ url, command: ['node'] }, ['command']],
    [{ command: ['', 'a'] }, ['command', 0]],
    [{ command: ['a', 'b\0'] }, ['command', 1]],
    [{ command: ['a'], env: { 'A=B': 'x' } }, ['env', 'A=B']],
    [{ command: ['a'], cwd: '\0' }, ['cwd']],
    [{ command: ['a'], headers: { 'x-a': 'b' } }, ['headers']],
    [{ command: ['a'], auth: { bearer: 'b' } }, ['auth']],
    [{ command: ['a'], tls: {} }, ['tls']],
    [{ command: ['a'], transport: 'http' }, ['transport']],
    [{ url, transport: 'stdio' }, ['transport']],
    [{ url, transport: 'sse', era: 'modern' }, ['era']],
    [{ url, env: { A: 'b' } }, ['env']],
    [{ url, cwd: 'a' }, ['cwd']],
    [{ url, 'stdout-noise': 'warn' }, ['stdout-noise']],
    [{ url, 'check-arguments': false }, ['check-arguments']],
    [{ url, golden: { file: 'q.yaml' } }, ['golden']],
    [{ url, tool: 'query', golden: { file: 'q.yaml' } }, ['golden']],
    [{ url, tool: 'query', golden: { file: 'q.yaml', within: '0s' }, arguments: ASKS }, ['golden', 'within']],
    [{ url, tool: 'query', golden: { file: 'q.yaml' }, arguments: ASKS, sentinel: 'b-42' }, ['sentinel']],
    [{ url, tool: 'query', arguments: ASKS }, ['arguments']],
    [{ url, tool: 'query', arguments: { q: 'is b-42 there?' }, sentinel: 'b-42' }, ['sentinel']],
    [{ url, tool: 'query', 'built-at': '$.[' }, ['built-at']],
  ])('%j is a problem at its place', (spec, path) => {
    expect(mcp.problems(spec).map((problem) => problem.path)).toEqual([path]);
  });

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
      ['failure', 'exists', false],
      ['refused-requests', 'exists', false],
      ['missing-tools', 'empty', true],
      ['input-problem', 'exists', false],
      ['side-effect-hint', 'exists', false],
      ['is-error', 'equals', false],
      ['index-signature', 'exists', false],
      ['empty-signature', 'exists', false],
      ['stale-signature', 'exists', false],
      ['degraded-signature', 'exists', false],
      ['hits', 'at-least', 1],
      ['output-problem', 'exists', false],
    ]);
  });

  test('without a tool the server has at least one, or those of list', () => {
    expect(asked({ url })).toContainEqual(['tool-count', 'at-least', 1]);
    expect(asked({ url, list: ['a'] })).toContainEqual(['missing-tools', 'empty', true]);
    for (const spec of [{ url }, { url, list: ['a'] }]) expect(asked(spec)[0]).toEqual(['connected', 'equals', true]);
  });

  test('a program writes nothing but messages to its stdout; a file can make that a warning', () => {
    const level = (spec: Spec) => mcp.defaults(spec).find(({ fact }) => fact === 'stdout-noise')?.level;
    expect(level({ command: ['a'] })).toBe('expect');
    expect(level({ command: ['a'], 'stdout-noise': 'warn' })).toBe('warn');
    expect(level({ url })).toBeUndefined();
  });

  test('what is permitted is not asked about', () => {
    const facts = (spec: Partial<Spec>) => mcp.defaults({ url, tool: 'query', ...spec }).map(({ fact }) => fact);
    expect(facts({ 'side-effects': 'allow' })).not.toContain('side-effect-hint');
  });

  test('a golden set is asked about as a whole, and not about one answer', () => {
    const facts = asked({ url, tool: 'query', arguments: ASKS, golden: { file: 'q.yaml' } }).map(([fact]) => fact);
    expect(facts).toEqual(expect.arrayContaining(['connected', 'missing-tools', 'errors', 'answered', 'hit-rate']));
    expect(facts).not.toContain('hits');
    expect(mcp.lastsMs?.({ url, golden: { file: 'q.yaml', within: '3m' } })).toBe(180_000);
    expect(mcp.lastsMs?.({ url })).toBe(0);
  });

  test('every fact that a default asks about is in the table', () => {
    const golden = { file: 'q.yaml', baseline: 'b.json' };
    const both = [
      ...asked({ command: ['a'], tool: 'query' }),
      ...asked({ url, tool: 'query', arguments: ASKS, golden }),
    ];
    for (const [fact] of both) expect(Object.keys(mcp.facts)).toContain(fact);
  });
});

test('what is shown of a spec holds no secret', () => {
  const spec = { url: 'https://a.example/mcp?token=s3cret', tool: 'query', auth: { bearer: 's3cret' } };
  expect(mcp.target(spec)).toBe('https://a.example/mcp?token=*** (tool query)');
  expect(mcp.host(spec)).toBe('a.example:443');
  expect(JSON.stringify([mcp.target(spec), mcp.tryCommand(spec)])).not.toContain('s3cret');
});

test('a program has no host, its own command line, and is started by a look', () => {
  const spec: Spec = { command: ['node', 'my server.js'], env: { MCP_TOKEN: 's3cret', N: 1 }, tool: 'query' };
  expect(mcp.target(spec)).toBe('node "my server.js" (tool query)');
  expect(mcp.host(spec)).toBeNull();
  expect(mcp.executes?.(spec)).toBe(true);
  expect(mcp.executes?.({ url })).toBe(false);
  expect(mcp.tryCommand(spec)?.slice(-3)).toEqual(['--', 'node', 'my server.js']);
  expect(JSON.stringify(mcp.tryCommand(spec))).not.toContain('s3cret');
  expect(mcp.layers(spec)).toEqual(['protocol', 'tool-list', 'schema', 'content', 'freshness', 'quality']);
});

test('a call that may change something is never made twice', () => {
  expect(mcp.changes?.({ url, tool: 'rebuild', 'side-effects': 'allow' })).toBe(true);
  expect(mcp.changes?.({ url, tool: 'query' })).toBe(false);
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
