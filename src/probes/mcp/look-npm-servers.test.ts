import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { testContext } from '../test-context.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';
import { npmServer, startEverything } from './test-npm-servers.ts';
import { codesOf } from './test-server.ts';

/** The reference servers, as they are on npm: all of the legacy era. */
const ask = (spec: Spec, timeoutMs = 15_000) => look(spec, testContext(timeoutMs));

const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'gonogo-mcp-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
};

type Everything = Awaited<ReturnType<typeof startEverything>>;

describe('server-everything', () => {
  const started: { http?: Everything; sse?: Everything } = {};
  beforeAll(async () => {
    [started.http, started.sse] = await Promise.all([startEverything('streamableHttp'), startEverything('sse')]);
  });
  afterAll(async () => {
    await Promise.all([started.http?.close(), started.sse?.close()]);
  });
  const specs = {
    stdio: (): Spec => ({ command: npmServer('everything') }),
    http: (): Spec => ({ url: started.http?.url ?? '' }),
    sse: (): Spec => ({ url: started.sse?.url ?? '' }),
  };
  const transports = ['stdio', 'http', 'sse'] as const;

  test.each(transports)('is found over %s, and answers', async (transport) => {
    const facts = await ask({ ...specs[transport](), tool: 'echo', arguments: { message: 'hello' } });
    expect(facts).toMatchObject({
      connected: true,
      transport,
      era: 'legacy',
      'protocol-version': '2025-11-25',
      server: { name: 'mcp-servers/everything' },
      'tool-count': 13,
      'input-valid': true,
      annotations: { 'read-only': true, destructive: false },
      text: 'Echo: hello',
    });
    expect(codesOf(facts)).toEqual([]);
  });

  test.each(transports)('gives structured content that fits its schema over %s', async (transport) => {
    const spec = { tool: 'get-structured-content', arguments: { location: 'Chicago' } };
    const facts = await ask({ ...specs[transport](), ...spec });
    expect(facts).toMatchObject({ 'is-error': false, 'output-valid': true, json: { humidity: 82 } });
  });

  test.each(transports)('is not called with arguments that its own schema refuses over %s', async (transport) => {
    const facts = await ask({ ...specs[transport](), tool: 'get-sum', arguments: { a: 1, b: 'two' } });
    expect(facts['input-problem']).toContain('/b must be number');
    expect(facts).not.toHaveProperty('is-error');
    expect(codesOf(facts, 'is-error')).toEqual(['schema-violation']);
  });

  test.each(transports)('refuses such arguments itself when they are sent on purpose over %s', async (transport) => {
    const spec = { tool: 'get-sum', arguments: { a: 1, b: 'two' }, 'check-arguments': false };
    const facts = await ask({ ...specs[transport](), ...spec });
    expect(facts).toMatchObject({ 'is-error': true, 'error-channel': 'result' });
    expect(facts).not.toHaveProperty('input-valid');
  });

  test.each(transports)('has its answer after a long time with progress over %s', async (transport) => {
    const spec = { tool: 'trigger-long-running-operation', arguments: { duration: 1, steps: 4 } };
    const facts = await ask({ ...specs[transport](), ...spec });
    expect(facts['text']).toContain('completed');
  });

  test.each(transports)('and is ended at the deadline when that comes first over %s', async (transport) => {
    const spec = { tool: 'trigger-long-running-operation', arguments: { duration: 60, steps: 60 } };
    await expect(ask({ ...specs[transport](), ...spec }, transport === 'stdio' ? 2500 : 1000)).rejects.toMatchObject({
      code: 'timeout',
      facts: { connected: true, 'tool-count': 13 },
    });
  });

  test('over another transport than its own is no endpoint', async () => {
    expect(codesOf(await ask({ ...specs.http(), transport: 'sse' }))).toEqual(['http-4xx']);
    expect(codesOf(await ask({ ...specs.sse(), transport: 'http' }))).toEqual(['http-4xx']);
  });
});

describe('server-memory as the index', () => {
  const article = { type: 'entity', name: 'refunds', entityType: 'article', observations: ['Refunds take 30 days'] };
  const search = (store: string, query = 'refund') => {
    const file = join(folder(), 'memory.jsonl');
    writeFileSync(file, store);
    const command = npmServer('memory');
    return ask({ command, env: { MEMORY_FILE_PATH: file }, tool: 'search_nodes', arguments: { query } });
  };

  test('that is filled gives its hits', async () => {
    const facts = await search(`${JSON.stringify(article)}\n`);
    expect(facts).toMatchObject({ 'is-error': false, hits: 1, 'output-valid': true });
    expect(codesOf(facts)).toEqual([]);
  });

  test('that is empty answers without an error, and is index-empty', async () => {
    const facts = await search('');
    expect(facts).toMatchObject({ 'is-error': false, hits: 0, 'output-valid': true });
    expect(codesOf(facts)).toEqual(['index-empty']);
  });

  test('that holds nothing on the question is index-empty as well', async () => {
    expect(codesOf(await search(`${JSON.stringify(article)}\n`, 'zxqv'), 'hits')).toEqual(['index-empty']);
  });

  test('that is corrupt is a tool-error with the words of the server', async () => {
    const facts = await search('{"type":"entity",}\n');
    expect(facts).toMatchObject({ 'is-error': true, 'error-channel': 'result' });
    expect(facts['text']).toContain('JSON');
    expect(codesOf(facts, 'hits')).toEqual(['tool-error']);
  });
});

describe('server-filesystem', () => {
  const inFolder = (tool: string, args: (root: string) => Spec['arguments'] & object) => {
    const root = folder();
    writeFileSync(join(root, 'refunds.md'), 'Refunds take 30 days');
    return ask({ command: npmServer('filesystem', root), tool, arguments: args(root) });
  };

  test('reads a file that is there', async () => {
    const facts = await inFolder('read_text_file', (root) => ({ path: join(root, 'refunds.md') }));
    expect(facts).toMatchObject({ 'is-error': false, text: 'Refunds take 30 days', 'output-valid': true });
  });

  test('denies what lies outside, as an error of the tool', async () => {
    const facts = await inFolder('read_text_file', () => ({ path: '/etc/hostname' }));
    expect(facts['text']).toContain('Access denied');
    expect(codesOf(facts, 'is-error')).toEqual(['tool-error']);
  });

  test('that finds no file answers without an error, and nothing of it counts as a hit', async () => {
    const facts = await inFolder('search_files', (root) => ({ path: root, pattern: '**/*.pdf' }));
    expect(facts).toMatchObject({ 'is-error': false, text: 'No matches found' });
    expect(facts['hits'] ?? 0).toBe(0);
  });
});
