import { describe, expect, test } from 'vitest';
import type { Facts } from '../model/observation.ts';
import { load as loadTexts } from '../../tests/load-texts.ts';
import { COMMANDS } from './commands.ts';
import { parseOptions } from './parse.ts';
import { checkFile } from './probe-mcp-file.ts';
import { lookedAt } from './probe-file.ts';
import { renderTools } from './probe-mcp-tools.ts';

const { probe } = COMMANDS;
const looked = (...argv: readonly string[]) => {
  if (probe === undefined) throw new Error('there is no command probe');
  return lookedAt(parseOptions('probe', probe, argv));
};

describe('what is typed', () => {
  test.each([
    [['mcp', 'https://a.example/mcp'], { url: 'https://a.example/mcp' }],
    [['mcp', 'node server.js --port 1'], { command: ['node', 'server.js', '--port', '1'] }],
    [['mcp', '--', 'npx', '-y', 'a server'], { command: ['npx', '-y', 'a server'] }],
    [
      ['mcp', '--tool', 'q', '--arguments', '{"a": "${b}"}', '--set', 'era=legacy', 'http://a/'],
      { url: 'http://a/', tool: 'q', arguments: { a: '${b}' }, era: 'legacy' },
    ],
  ])('%j is an MCP server', (argv, spec) => {
    expect(looked(...argv)).toEqual({ kind: 'mcp', spec });
  });

  test.each([
    [['mcp', 'node "my server.js"'], 'no shell takes'],
    [['mcp', 'http://a/', 'b'], 'a URL stands alone'],
    [['mcp', 'http://a/', '--arguments', '[1]'], '--arguments takes a JSON object'],
    [['mcp', 'http://a/', '--arguments', '{a: 1}'], '--arguments is not JSON'],
    [['tcp', 'a:1', '--tool', 'x'], '--tool has no meaning for tcp'],
    [['tcp', 'a:1', 'b:1'], 'takes one target'],
  ])('%j is refused', (argv, message) => {
    expect(() => looked(...argv)).toThrow(message);
  });
});

const FACTS: Facts = {
  connected: true,
  transport: 'http',
  era: 'modern',
  'protocol-version': '2026-07-28',
  server: { name: 'support', version: '1.4.0' },
  'tool-count': 2,
  tools: ['search', 'refresh_index'],
  'tool-list': [
    {
      name: 'search',
      description: 'Finds articles\nby words',
      input: {
        properties: {
          query: { type: 'string', minLength: 1, description: 'What is asked' },
          in: { enum: ['all', 'new'] },
          limit: { type: ['integer', 'null'], maximum: 20 },
        },
        required: ['query'],
      },
      output: { properties: { hits: {} } },
    },
    { name: 'refresh_index', input: { type: 'object' } },
  ],
  timings: { connect: 12.4, list: 3 },
};

describe('the tools of a server', () => {
  test('are told in words, with what must be given and what is found', () => {
    expect(renderTools(FACTS)).toBe(`server   support 1.4.0
era      modern (2026-07-28), over http
latency  connect 12 ms, list 3 ms
tools    2
  search  Finds articles by words
      query * string, length at least 1; What is asked
      in      one of "all", "new"
      limit   integer or null, at most 20
      -> hits
  refresh_index
      changes something by its name ("refresh"): --set side-effects=allow to call it

`);
    expect(renderTools({ connected: false })).toBe('');
  });

  test('cannot move the terminal or command a log, whatever they are called', () => {
    const name = '\u001b[2J\u202e';
    const shown = renderTools({ ...FACTS, 'tool-list': [{ name, description: '\n::error::x', input: {} }] });
    for (const hidden of ['\u001b', '\u202e']) expect(shown).not.toContain(hidden);
    expect(shown).not.toMatch(/^\s*::error/m);
  });
});

describe('the check file', () => {
  const fileOf = async (spec: Parameters<typeof checkFile>[0], facts: Facts) => {
    const text = checkFile(spec, facts);
    const variables = { MCP_TOKEN: 'token-1', X_API_KEY: 'key-22', MCP_URL: 'https://a.example/mcp' };
    const loaded = await loadTexts({ files: { 'gonogo.yaml': text }, environment: variables });
    return { text, problems: loaded.ok ? [] : loaded.problems.map(({ message }) => message) };
  };

  test('lists the tools when none is called', async () => {
    const { text, problems } = await fileOf({ url: 'https://a.example/mcp' }, FACTS);
    expect(problems).toEqual([]);
    expect(text).toContain('list:\n        - search\n        - refresh_index');
  });

  test('calls the tool that was called, and asks for the document that it found', async () => {
    const spec = { url: 'https://a.example/mcp', tool: 'search', arguments: { query: 'what is ${this}?' } };
    const answered = { ...FACTS, 'is-error': false, hits: 1, citations: ['refunds'] };
    const { text, problems } = await fileOf(spec, answered);
    expect(problems).toEqual([]);
    expect(text).toContain('query: what is $${this}?');
    expect(text).toContain('citations:\n        contains: refunds');
  });

  test('of a tool that finds nothing by its nature does not ask for hits', async () => {
    const spec = { command: ['node', 'server.js'], tool: 'get_time' };
    const { text, problems } = await fileOf(spec, { ...FACTS, 'is-error': false });
    expect(problems).toEqual([]);
    expect(text).toContain('hits:\n        exists: false');
  });

  test('names credentials and does not tell them', async () => {
    const spec = {
      url: 'https://a.example/mcp?api_key=s3cret',
      auth: { bearer: 's3cret' },
      headers: { 'X-Api-Key': 's3cret', 'X-Tenant': 'acme' },
      list: ['search'],
    };
    const { text, problems } = await fileOf(spec, FACTS);
    expect(problems).toEqual([]);
    expect(text).not.toContain('s3cret');
    expect(text).toContain('secrets:\n  - MCP_URL\n  - MCP_TOKEN\n  - X_API_KEY');
    expect(text).toContain('X-Tenant: acme');
  });
});
