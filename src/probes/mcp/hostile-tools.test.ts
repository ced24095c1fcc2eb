import { afterEach, describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../model/json.ts';
import { testContext } from '../test-context.ts';
import { look } from './look.ts';
import { codesOf, HEALTHY, listing, serveRaw, type Replies, type TestServer } from './test-server.ts';

/** The rows of the table of hostile situations that are about a tool itself: its schemas, and what a call does. */

const open: TestServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});
const opened = async (starting: Promise<TestServer>): Promise<TestServer> => {
  const server = await starting;
  open.push(server);
  return server;
};
const ask = async (replies: Replies) => {
  const server = await opened(serveRaw({ ...HEALTHY, ...replies }));
  return look({ url: server.url, tool: 'query' }, testContext());
};
const text = (value: string): Json => ({ content: [{ type: 'text', text: value }] });

describe('M7, a hostile schema', () => {
  test.each<[string, JsonObject, string]>([
    [
      'a pattern that backtracks',
      { type: 'object', properties: { q: { type: 'string', pattern: '^(a+)+$' } } },
      '250 ms',
    ],
    [
      'a reference to the network',
      { type: 'object', properties: { q: { $ref: 'http://127.0.0.1:9/x' } } },
      "can't resolve",
    ],
    ['a reference to a file', { type: 'object', $ref: 'file:///etc/passwd' }, "can't resolve"],
    ['an asynchronous schema', { type: 'object', $async: true }, 'asynchronous'],
    ['a type that is none', { type: 'object', properties: { q: { type: 'nonsense' } } }, 'type'],
  ])('with %s is schema-violation, and the tool is not called', async (_what, inputSchema, why) => {
    let called = false;
    const server = await opened(
      serveRaw({
        ...HEALTHY,
        'tools/list': listing({ inputSchema }),
        'tools/call': () => {
          called = true;
          return { result: text('An article') };
        },
      }),
    );
    const args = { q: `${'a'.repeat(40)}!` };
    const facts = await look({ url: server.url, tool: 'query', arguments: args }, testContext(10_000));
    expect(facts['input-problem']).toContain(why);
    expect(codesOf(facts, 'is-error')).toEqual(['schema-violation']);
    expect(called).toBe(false);
  });

  test('nested deeper than a hundred levels is no message', async () => {
    const schema = `${'{"anyOf":['.repeat(5000)}{}${']}'.repeat(5000)}`;
    const raw = `{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"query","inputSchema":${schema}}]}}`;
    const facts = await ask({ 'tools/list': () => ({ raw }) });
    expect(codesOf(facts, 'tool-count')).toEqual(['mcp-protocol']);
  });

  test.each([
    [
      '{"type":"object","properties":{"q":{"$ref":"#"}},"additionalProperties":false}',
      { q: { q: {} } },
      { q: { r: 1 } },
    ],
    ['{"type":"object","properties":{"__proto__":{"type":"object"}},"required":["q"]}', { q: 1 }, {}],
    [
      '{"$id":"http://127.0.0.1:9/a","$defs":{"t":{"type":"string"}},"properties":{"q":{"$ref":"#/$defs/t"}}}',
      { q: '' },
      { q: 1 },
    ],
  ])('that refers to itself, or has odd names, is applied: %s', async (schema, fitting, unfitting) => {
    const inputSchema: JsonObject = { type: 'object', ...JSON.parse(schema) };
    const server = await opened(serveRaw({ ...HEALTHY, 'tools/list': listing({ inputSchema }) }));
    const valid = async (args: JsonObject) =>
      (await look({ url: server.url, tool: 'query', arguments: args }, testContext()))['input-valid'];
    expect([await valid(fitting), await valid(unfitting)]).toEqual([true, false]);
  });
});

describe('M12, a call that may change something', () => {
  const call = async (annotations: JsonObject, allow: boolean) => {
    let calls = 0;
    const server = await opened(
      serveRaw({
        ...HEALTHY,
        'tools/list': listing({ annotations }),
        'tools/call': () => {
          calls += 1;
          return { result: text('An article') };
        },
      }),
    );
    const spec = { url: server.url, tool: 'query', ...(allow ? { 'side-effects': 'allow' as const } : {}) };
    const seen = await look(spec, testContext()).catch((error: unknown) => error);
    return { seen, calls: () => calls };
  };

  test('by the words of the server is not made, unless the file allows it', async () => {
    const refused = await call({ destructiveHint: true }, false);
    expect(refused.seen).toMatchObject({
      code: 'not-run',
      facts: { 'tool-count': 1, annotations: { destructive: true } },
    });
    expect(refused.calls()).toBe(0);
    const allowed = await call({ destructiveHint: true }, true);
    expect(allowed.seen).toMatchObject({ 'is-error': false });
    expect(allowed.calls()).toBe(1);
  });

  test('by a weaker word of the server is made once, and told', async () => {
    const { seen, calls } = await call({ readOnlyHint: false }, false);
    expect(seen).toMatchObject({ 'is-error': false, 'side-effect-hint': 'readOnlyHint: false' });
    expect(calls()).toBe(1);
  });
});
