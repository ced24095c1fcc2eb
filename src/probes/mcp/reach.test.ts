import { afterEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../model/json.ts';
import { testContext } from '../test-context.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';
import { libraryProgram, program } from './stdio/test-program.ts';
import { codesOf, HEALTHY, serveRaw, type Replies, type TestServer } from './test-server.ts';

const open: TestServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** A hand-made server that counts what it is asked. */
const serving = async (replies: Replies) => {
  const asked: string[] = [];
  const server = await serveRaw({ ...HEALTHY, ...replies }, ({ method }) => {
    asked.push(method);
    return false;
  });
  open.push(server);
  return { url: server.url, asked };
};

const MODERN: JsonObject = { resultType: 'complete', ttlMs: 0, cacheScope: 'private' };
const discovered: JsonObject = { ...MODERN, supportedVersions: ['2026-07-28'], capabilities: { tools: {} } };
const refused = { error: { code: -32_022, message: 'Unsupported', data: { supported: ['2026-07-28'] } } };

describe('a program of', () => {
  const echo = { tool: 'echo', arguments: { say: 'hello' } };
  const ask = (command: string[], era: Spec['era'] & string) => look({ command, era, ...echo }, testContext());

  test('the modern era answers under auto and modern, and is mcp-version under legacy', async () => {
    for (const era of ['auto', 'modern'] as const) {
      const facts = await ask(libraryProgram('reject'), era);
      expect(facts).toMatchObject({ transport: 'stdio', era: 'modern', text: 'hello', 'ended-by': 'eof' });
    }
    expect(codesOf(await ask(libraryProgram('reject'), 'legacy'), 'connected')).toEqual(['mcp-version']);
  });

  test('both eras answers in the newer one, and in the one that is asked for', async () => {
    expect(await ask(libraryProgram('serve'), 'auto')).toMatchObject({ era: 'modern', text: 'hello' });
    expect(await ask(libraryProgram('serve'), 'legacy')).toMatchObject({ era: 'legacy', text: 'hello' });
  });

  test('the legacy era is mcp-version under modern', async () => {
    expect(codesOf(await ask(program(), 'modern'), 'connected')).toEqual(['mcp-version']);
  });
});

test('a modern server that is too slow for the era probe is believed when it refuses the older handshake', async () => {
  let probes = 0;
  const { url, asked } = await serving({
    'server/discover': () => (probes++ === 0 ? 'silence' : { result: discovered }),
    initialize: () => refused,
    'tools/list': () => ({ result: { ...MODERN, tools: [{ name: 'query', inputSchema: { type: 'object' } }] } }),
  });
  const facts = await look({ url, list: ['query'] }, testContext(1500));
  expect(facts).toMatchObject({ era: 'modern', 'missing-tools': [] });
  expect(asked.slice(0, 3)).toEqual(['server/discover', 'initialize', 'server/discover']);
});

describe('how a server was reached', () => {
  const run = () => ({ proxyEnvironment: {} });
  const probesOf = (asked: readonly string[]): number => asked.filter((method) => method === 'server/discover').length;

  test('is remembered within a run, so that a silent server costs its time once', async () => {
    const { url, asked } = await serving({ 'server/discover': () => 'silence' });
    const world = run();
    const first = await look({ url, tool: 'query' }, testContext(1500, world));
    const startedMs = performance.now();
    const second = await look({ url }, testContext(1500, world));
    expect(performance.now() - startedMs).toBeLessThan(500);
    expect([first['era'], second['era'], probesOf(asked)]).toEqual(['legacy', 'legacy', 1]);
    await look({ url }, testContext(1500, run()));
    expect(probesOf(asked)).toBe(2);
  });

  test('is not remembered for a check that asks about the era, nor against what the file says', async () => {
    const { url, asked } = await serving({});
    const world = run();
    await look({ url }, testContext(1500, world));
    await look({ url }, testContext(1500, { ...world, asked: ['era'] }));
    expect(probesOf(asked)).toBe(2);
    await look({ url, era: 'modern' }, testContext(1500, world));
    expect(probesOf(asked)).toBe(3);
  });

  test('is asked again when it leads nowhere any more', async () => {
    let updated = false;
    const { url } = await serving({
      'server/discover': () => (updated ? { result: discovered } : { error: { code: -32_601, message: 'unknown' } }),
      initialize: (params) => (updated ? refused : (HEALTHY['initialize']?.(params) ?? 'silence')),
      'tools/list': () => ({
        result: { ...(updated ? MODERN : {}), tools: [{ name: 'query', inputSchema: { type: 'object' } }] },
      }),
    });
    const world = run();
    expect(await look({ url }, testContext(1500, world))).toMatchObject({ era: 'legacy' });
    updated = true;
    expect(await look({ url }, testContext(1500, world))).toMatchObject({ era: 'modern', 'tool-count': 1 });
  });

  test('turns no failure into a pass', async () => {
    let broken = false;
    const { url } = await serving({
      initialize: (params) =>
        broken ? { error: { code: -32_000, message: 'no' } } : (HEALTHY['initialize']?.(params) ?? 'silence'),
    });
    const world = run();
    await look({ url }, testContext(1500, world));
    broken = true;
    const facts = await look({ url }, testContext(1500, world));
    expect(facts).toMatchObject({ connected: false, failure: 'mcp-handshake' });
  });
});

test('every request can be found by its trace, in the header and in the message; a header of the file goes before', async () => {
  const metas: unknown[] = [];
  const server = await serveRaw(HEALTHY, ({ method, params }) => {
    if (method.startsWith('tools/')) metas.push(params['_meta']);
    return false;
  });
  open.push(server);
  const facts = await look({ url: server.url, tool: 'query' }, testContext());
  const traceparent = expect.stringMatching(new RegExp(`^00-${String(facts['trace-id'])}-[0-9a-f]{16}-00$`));
  for (const { headers } of server.requests) {
    expect(headers).toMatchObject({ traceparent, 'user-agent': expect.stringContaining('gonogo') });
  }
  expect(metas).toEqual([expect.objectContaining({ traceparent }), expect.objectContaining({ traceparent })]);
  await look({ url: server.url, headers: { Traceparent: 'own' } }, testContext());
  expect(server.requests.at(-1)?.headers['traceparent']).toBe('own');
});
