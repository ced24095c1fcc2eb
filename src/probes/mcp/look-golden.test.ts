import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../model/json.ts';
import { evaluate } from '../../matchers/evaluate.ts';
import { testContext } from '../test-context.ts';
import { mcp } from './kind.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';
import { program } from './stdio/test-program.ts';
import { HEALTHY, listing, serveRaw, type Received, type Replies, type TestServer } from './test-server.ts';

/** Every question names its document, so that an honest index is easily made. */
const COUNT = 60;
const folder = mkdtempSync(join(tmpdir(), 'gonogo-mcp-golden-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const lines = Array.from({ length: COUNT }, (_, at) => ({
  id: `q${at}`,
  ask: `Where is document ${at}?`,
  'expect-ids': [`doc-${at}`],
}));
const control = { id: 'nonsense', ask: 'zxqv flurbnak', abstain: true };
writeFileSync(join(folder, 'set.jsonl'), [...lines, control].map((line) => JSON.stringify(line)).join('\n'));

const open: TestServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const questionIn = (params: JsonObject): string => {
  const { arguments: given } = params;
  return typeof given === 'object' && given !== null && 'q' in given ? String(given['q']) : '';
};
const hits = (...ids: readonly string[]): Json => ({
  content: [],
  structuredContent: { hits: ids.map((id) => ({ id })) },
});
const honest = (params: JsonObject): Json => {
  const [number] = /\d+/.exec(questionIn(params)) ?? [];
  return number === undefined ? hits() : hits(`doc-${number}`, 'doc-x');
};

const SPEC: Spec = { tool: 'query', arguments: { q: '{{question}}' }, golden: { file: 'set.jsonl' } };

/** What a check would find wrong with these facts: the default expectations that do not hold, by their reason. */
const brokenBy = (facts: Awaited<ReturnType<typeof look>>, spec: Spec): readonly string[] =>
  mcp.defaults(spec).flatMap((expectation) => {
    if (evaluate({ ...expectation, source: null }, facts, new Date()).held) return [];
    const sign = mcp.explain(facts, spec).find(({ fact }) => fact === expectation.fact);
    return [`${expectation.fact}: ${sign?.code}`];
  });

const ask = async (
  replies: Replies,
  instead?: (message: Received, response: Parameters<NonNullable<Parameters<typeof serveRaw>[1]>>[1]) => boolean,
) => {
  const server = await serveRaw(
    { ...HEALTHY, 'tools/call': (params) => ({ result: honest(params) }), ...replies },
    instead,
  );
  open.push(server);
  const spec = { ...SPEC, url: server.url };
  const facts = await look(spec, testContext(123_000, { folder }));
  return { facts, broken: brokenBy(facts, spec), server };
};

describe('a golden set', () => {
  test('is asked in one session, several questions at once, each once, by the tool', async () => {
    const asked: string[] = [];
    const { facts, broken, server } = await ask({}, ({ method, params }) => {
      if (method === 'tools/call') asked.push(questionIn(params));
      return false;
    });
    expect(facts).toMatchObject({
      connected: true,
      questions: COUNT + 1,
      answered: COUNT,
      'hit-rate': 1,
      abstained: 1,
    });
    expect(broken).toEqual([]);
    expect(asked.toSorted()).toEqual([...lines, control].map((line) => line.ask).toSorted());
    expect(server.requests).toHaveLength(COUNT + 1 + 4);
  });

  test('over stdio is asked of one program', async () => {
    const command = program(`
      on['tools/call'] = (id, { arguments: { q } }) => {
        const [number] = /\\d+/.exec(q) ?? [];
        const hits = number === undefined ? [] : [{ id: 'doc-' + number }];
        answer(id, { content: [], structuredContent: { hits } });
      };`);
    const facts = await look({ ...SPEC, command }, testContext(125_000, { folder }));
    expect(facts).toMatchObject({ transport: 'stdio', 'hit-rate': 1, errors: 0, 'ended-by': 'eof' });
    expect(facts).not.toHaveProperty('starts');
  });

  test.each([
    ['by isError', { result: { isError: true, content: [{ type: 'text', text: 'timeout in shard 3' }] } }],
    ['by a JSON-RPC error', { error: { code: -32_603, message: 'timeout in shard 3' } }],
  ])('of which one question fails %s has one error, and the others are answered', async (_how, reply) => {
    const { facts, broken } = await ask({
      'tools/call': (params) => (questionIn(params).includes(' 7?') ? reply : { result: honest(params) }),
    });
    expect(facts).toMatchObject({ errors: 1, answered: COUNT - 1, missed: ['q7'] });
    expect(broken).toContain('errors: tool-error');
  });

  test.each([
    ['HTTP 500', 'http-5xx', 500],
    ['no answer in its event stream', 'closed-early', 200],
  ])('of which one question gets %s loses that one alone', async (_what, code, status) => {
    const { facts } = await ask({}, ({ method, params }, response) => {
      const lost = method === 'tools/call' && questionIn(params).includes(' 7?');
      if (lost) response.writeHead(status, { 'content-type': 'text/event-stream' }).end(': nothing\n\n');
      return lost;
    });
    expect(facts).toMatchObject({ errors: 1, 'error-code': code, answered: COUNT - 1, missed: ['q7'] });
  });

  test('answered against the output schema of the tool loses every such question', async () => {
    const outputSchema = { type: 'object', properties: { hits: { type: 'array', minItems: 1 } }, required: ['hits'] };
    const { facts } = await ask({ 'tools/list': listing({ outputSchema }) });
    expect(facts).toMatchObject({ errors: 1, 'error-code': 'schema-violation', answered: COUNT });
  });

  test('of an index that is not there is index-missing, and of one without hits index-empty', async () => {
    const missing = { isError: true, content: [{ type: 'text', text: 'No latest index found' }] };
    expect((await ask({ 'tools/call': () => ({ result: missing }) })).broken).toContain(
      'index-signature: index-missing',
    );
    expect((await ask({ 'tools/call': () => ({ result: hits() }) })).broken).toContain('answered: index-empty');
  });

  test('of a tool that always answers the same is index-degraded, and its control tells too', async () => {
    const { broken } = await ask({ 'tools/call': () => ({ result: hits('doc-1') }) });
    expect(broken).toEqual(expect.arrayContaining(['same-answer: index-degraded', 'not-abstained: index-degraded']));
  });

  test('for which the server limits us is not told from here, and not asked to its end', async () => {
    let calls = 0;
    const replies: Replies = { ...HEALTHY, 'tools/call': (params) => ({ result: honest(params) }) };
    const server = await serveRaw(replies, ({ method }, response) => {
      const limited = method === 'tools/call' && ++calls > 10;
      if (limited) response.writeHead(429, { 'retry-after': '30' }).end();
      return limited;
    });
    open.push(server);
    await expect(look({ ...SPEC, url: server.url }, testContext(123_000, { folder }))).rejects.toMatchObject({
      code: 'rate-limited',
      message: expect.stringContaining('Retry-After'),
    });
    expect(calls).toBeLessThan(30);
  });
});
