import { afterEach, describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import { look } from './look.ts';
import { codesOf, HEALTHY, listing, serveRaw, type TestServer } from './test-server.ts';
import { testContext } from '../test-context.ts';

const open: TestServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const ask = async (outputSchema: JsonObject, structuredContent?: Json): Promise<Facts> => {
  const result = { content: [], ...(structuredContent === undefined ? {} : { structuredContent }) };
  const server = await serveRaw({
    ...HEALTHY,
    'tools/list': listing({ outputSchema }),
    'tools/call': () => ({ result }),
  });
  open.push(server);
  return look({ url: server.url, tool: 'query' }, testContext());
};

const hits = { type: 'object', properties: { hits: { type: 'array', items: { type: 'string' } } }, required: ['hits'] };

describe('structured content against the schema that the tool declares', () => {
  test('that fits is valid', async () => {
    const facts = await ask(hits, { hits: ['a'] });
    expect(facts).toMatchObject({ 'output-valid': true, hits: 1 });
    expect(codesOf(facts)).toEqual([]);
  });

  test.each<[string, JsonObject, Json | undefined]>([
    ['that does not fit', hits, { hits: [1] }],
    ['that is not there', hits, undefined],
    [
      'with a schema that refers to another document',
      { type: 'object', $ref: 'http://127.0.0.1:9/other.json' },
      { hits: ['a'] },
    ],
    ['with a schema that is none', { type: 'object', properties: { hits: { type: 'nonsense' } } }, { hits: ['a'] }],
  ])('%s is schema-violation', async (_what, schema, content) => {
    const facts = await ask(schema, content);
    expect(facts).toMatchObject({ 'output-valid': false, 'output-problem': expect.any(String) });
    expect(codesOf(facts, 'output-problem')).toEqual(['schema-violation']);
  });

  test('with a schema that would freeze us is schema-violation, and nothing else waits for it', async () => {
    const schema = { type: 'object', properties: { a: { type: 'string', pattern: '^(a+)+$' } } };
    let lastMs = performance.now();
    let longestMs = 0;
    const ticker = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - lastMs);
      lastMs = performance.now();
    }, 10);
    const facts = await ask(schema, { a: `${'a'.repeat(40)}!`, hits: ['x'] });
    clearInterval(ticker);
    expect(facts['output-problem']).toContain('250 ms');
    expect(codesOf(facts)).toEqual(['schema-violation']);
    expect(longestMs).toBeLessThan(1000);
  });
});
