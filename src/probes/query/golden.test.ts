import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isJsonObject } from '../../model/json.ts';
import { testContext } from '../test-context.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';
import { brokenBy, serveIndex, troubleOf, type Reply, type Request } from './test-index.ts';

/** Golden sets over a real server. Every question names its document, so that an honest index is easily made. */

const COUNT = 200;
const folder = mkdtempSync(join(tmpdir(), 'gonogo-query-golden-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lines = Array.from({ length: COUNT }, (_, at) => ({
  id: `q${at}`,
  ask: `Where is document ${at}?`,
  'expect-ids': [`doc-${at}`],
}));
const control = { id: 'nonsense', ask: 'zxqv flurbnak', abstain: true };
writeFileSync(join(folder, 'set.jsonl'), [...lines, control].map((line) => JSON.stringify(line)).join('\n'));

const askedIn = ({ body }: Request): string => JSON.parse(body).question;
const hits = (...ids: readonly string[]): Reply => ({ json: { hits: ids.map((id) => ({ id })) } });
const honest = (request: Request): Reply => {
  const [number] = /\d+/.exec(askedIn(request)) ?? [];
  return number === undefined ? hits() : hits(`doc-${number}`, 'doc-x');
};

const withFlag = (reply: Reply): Reply =>
  reply !== 'silence' && 'json' in reply && isJsonObject(reply.json)
    ? { json: { ...reply.json, fallback: true } }
    : reply;

const SPEC = { json: { question: '{{question}}', k: 5 }, golden: { file: 'set.jsonl' } } as const;

const lookAt = async (reply: (request: Request) => Reply, spec: Partial<Spec> = {}, timeoutMs = 2000) => {
  const server = await serveIndex(reply);
  const whole = { url: `${server.url}/search`, ...SPEC, ...spec };
  const told: string[] = [];
  const context = testContext(timeoutMs + 120_000, { folder, tell: (progress) => told.push(progress) });
  try {
    const facts = await look(whole, context);
    return { facts, broken: brokenBy(facts, whole), server, told };
  } finally {
    await server.close();
  }
};

test('200 questions are asked at once as far as is allowed, each once, with progress', async () => {
  const { facts, broken, server, told } = await lookAt(honest, { golden: { file: 'set.jsonl', concurrency: 5 } });
  expect(broken).toEqual([]);
  expect(facts).toMatchObject({ questions: 201, answered: 200, 'hit-rate': 1, mrr: 1, abstained: 1, errors: 0 });
  expect(new Set(server.requests.map(askedIn)).size).toBe(201);
  expect(server.requests).toHaveLength(201);
  expect(server.most()).toBeLessThanOrEqual(5);
  expect(told).toContain('120 of 201 questions');
  expect(facts['latency']).toMatchObject({ p95: expect.any(Number) });
});

describe('an index', () => {
  test.each<[string, (request: Request) => Reply, readonly string[]]>([
    ['that finds nothing', () => hits(), ['answered: index-empty', 'hit-rate: index-empty']],
    [
      'that is not there',
      () => ({ json: { error: 'No latest index found' } }),
      ['index-signature: index-missing', 'errors: index-missing', 'answered: index-missing', 'hit-rate: index-missing'],
    ],
    [
      'whose collection is gone',
      () => ({ json: { status: { error: "Not found: Collection `x` doesn't exist!" } }, status: 404 }),
      ['index-signature: index-missing', 'errors: index-missing', 'answered: index-missing', 'hit-rate: index-missing'],
    ],
    ['that is replaced by a file', (request) => withFlag(honest(request)), ['degraded-signature: index-degraded']],
    [
      'that is canned',
      () => hits('doc-1', 'doc-2'),
      ['same-answer: index-degraded', 'not-abstained: index-degraded', 'hit-rate: golden-miss'],
    ],
    [
      'of which half is gone',
      (request) => (Number(/\d+/.exec(askedIn(request))?.[0] ?? 0) % 2 === 1 ? hits() : honest(request)),
      ['hit-rate: golden-miss'],
    ],
    [
      'that fails now and then',
      (request) => (askedIn(request).includes(' 7?') ? { json: { detail: 'boom' }, status: 500 } : honest(request)),
      ['errors: http-5xx', 'hit-rate: golden-miss'],
    ],
  ])('%s', async (_what, reply, expected) => {
    expect((await lookAt(reply)).broken).toEqual(expected);
  });
});

describe('a server', () => {
  test('that limits us is asked no more', async () => {
    let count = 0;
    const server = await serveIndex((request) =>
      ++count > 50 ? { json: { error: 'slow down' }, status: 429 } : honest(request),
    );
    const trouble = await troubleOf(look({ url: server.url, ...SPEC }, testContext(125_000, { folder })));
    await server.close();
    expect(trouble.code).toBe('rate-limited');
    expect(trouble.message).toMatch(/no Retry-After says for how long \(after \d+ of 201 questions\)/);
    expect(count).toBeLessThan(70);
  });

  test.each<[string, Reply, string]>([
    ['that wants credentials', { json: {}, status: 401 }, 'auth-required'],
    ['that redirects', { json: {}, status: 302 }, 'redirect-unexpected'],
    ['that is broken', { json: { detail: 'boom' }, status: 502 }, 'http-5xx'],
    ['that shows a login page', { status: 200, body: '<html>Sign in', type: 'text/html' }, 'wrong-content-type'],
  ])('%s has not been looked at', async (_what, reply, code) => {
    const server = await serveIndex(() => reply);
    const trouble = await troubleOf(look({ url: server.url, ...SPEC }, testContext(125_000, { folder })));
    await server.close();
    expect(trouble.code).toBe(code);
    expect(server.requests.length).toBeLessThan(20);
  });

  test('that is gone is refused at once', async () => {
    const server = await serveIndex(honest);
    await server.close();
    const trouble = await troubleOf(look({ url: server.url, ...SPEC }, testContext(125_000, { folder })));
    expect(trouble.code).toBe('connect-refused');
  });

  test('that leaves one question open costs that question, after the timeout of the check', async () => {
    const reply = (request: Request): Reply => (askedIn(request).includes(' 7?') ? 'silence' : honest(request));
    const { facts, broken } = await lookAt(reply, {}, 200);
    expect(facts).toMatchObject({ errors: 1, 'error-code': 'timeout', missed: ['q7'] });
    expect(broken).toEqual(['errors: timeout', 'hit-rate: golden-miss']);
  });
});
