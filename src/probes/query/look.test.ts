import { describe, expect, test } from 'vitest';
import type { Json } from '../../model/json.ts';
import { testContext } from '../test-context.ts';
import { look } from './look.ts';
import { lookAt, serveIndex, troubleOf, type Reply } from './test-index.ts';

describe('an endpoint of which nothing is known', () => {
  test('has the first list of its JSON as hits', async () => {
    const { facts, broken } = await lookAt({ json: { took: 3, results: [{ id: 'a', score: 2 }] } }, {});
    expect(facts).toMatchObject({ status: 200, 'is-error': false, hits: 1, 'hit-ids': ['a'], json: { took: 3 } });
    expect(broken).toEqual([]);
  });

  test('may answer in plain text', async () => {
    const text = (body: string): Reply => ({ status: 200, body, type: 'text/plain' });
    expect((await lookAt(text('Refunds take five days.'), {})).broken).toEqual([]);
    expect((await lookAt(text('No results found.'), {})).broken).toEqual(['hits: index-empty']);
    expect((await lookAt(text('No latest index found'), {})).broken).toEqual([
      'index-signature: index-missing',
      'hits: index-missing',
    ]);
  });

  test.each<[string, Reply, readonly string[]]>([
    [
      'a login page with 200',
      { status: 200, body: '<!doctype html><p>Sign in</p>', type: 'text/html' },
      ['wrong-content-type'],
    ],
    [
      'a page that calls itself text',
      { status: 200, body: '<html>Sign in', type: 'text/plain' },
      ['wrong-content-type'],
    ],
    ['JSON that is cut off', { status: 200, body: '{"hits":[{"id":"a"}', type: 'application/json' }, ['not-json']],
  ])('that answers with %s has not answered', async (_what, reply, codes) => {
    const { broken } = await lookAt(reply, {});
    expect([...new Set(broken.map((told) => told.split(': ')[1]))]).toEqual(codes);
    expect(broken).toContain(`hits: ${codes[0]}`);
  });

  test.each<[Json]>([
    [{ error: 'disk full', hits: ['a'] }],
    [{ errors: [{ message: 'x' }], hits: ['a'] }],
    [{ success: false, hits: ['a'] }],
    [{ status: 'error', hits: ['a'] }],
    [{ isError: true, hits: ['a'] }],
  ])('that says %j with HTTP 200 has failed', async (json) => {
    expect((await lookAt({ json }, {})).broken).toEqual(['is-error: tool-error', 'hits: tool-error']);
  });

  test.each<[Json]>([
    [{ error: null, errors: [], success: true, status: 'ok', isError: false, hits: ['a'] }],
    [{ error: '', status: 'green', hits: ['a'] }],
  ])('that says %j has not', async (json) => {
    expect((await lookAt({ json }, {})).broken).toEqual([]);
  });
});

describe('what the spec says of the answer', () => {
  const json = {
    data: {
      docs: [
        { ref: 'a', rank: 0.9 },
        { ref: 'b', rank: 0.2 },
      ],
      said: 'Five days.',
      when: '2020-01-01T00:00:00Z',
      size: 2,
    },
  };

  test('JSONPaths say where its parts are', async () => {
    const { facts, broken } = await lookAt(
      { json },
      {
        answer: '$.data.said',
        hits: '$.data.docs',
        id: '$.ref',
        score: '$.rank',
        'min-score': 0.5,
        documents: '$.data.size',
        'built-at': '$.data.when',
      },
    );
    expect(facts).toMatchObject({
      text: 'Five days.',
      hits: 1,
      'hit-ids': ['a'],
      'dropped-hits': 1,
      documents: 2,
      'built-at': '2020-01-01T00:00:00.000Z',
    });
    expect(facts['age']).toBeGreaterThan(1e11);
    expect(broken).toEqual(['age: index-stale']);
  });

  test('a path where nothing is proves nothing', async () => {
    expect((await lookAt({ json }, { hits: '$.data.hits' })).broken).toEqual(['hits: value-missing']);
    expect((await lookAt({ json }, { 'built-at': '$.built' })).broken).toContain('built-at: undefined');
    expect((await lookAt({ json }, { 'min-score': 0.95, hits: '$.data.docs', score: '$.rank' })).broken).toEqual([
      'hits: index-empty',
    ]);
  });

  test('error:, is-error: and deny: tell what is wrong in a dialect that nobody else has', async () => {
    const odd = { hits: ['a'], fault: 'E17', note: 'served by plan b' };
    expect((await lookAt({ json: odd }, { error: '$.fault' })).broken).toContain('is-error: tool-error');
    expect((await lookAt({ json: odd }, { 'is-error': ['E\\d+'] })).broken).toContain('is-error: tool-error');
    expect((await lookAt({ json: odd }, { deny: ['plan b'] })).broken).toEqual(['degraded-signature: index-degraded']);
    expect((await lookAt({ json: odd }, {})).broken).toEqual([]);
  });

  test('an answer in words that knows nothing has found nothing', async () => {
    const said = (text: string) => lookAt({ json: { said: text, model: 'm' } }, { answer: '$.said' });
    expect((await said("I don't have enough information to answer that.")).broken).toEqual(['hits: index-empty']);
    expect((await said('There are no documents about this.')).broken).toEqual(['hits: index-empty']);
    expect((await said('If you cannot find the label, open the order page.')).broken).toEqual([]);
  });

  test('the sentinel must be found', async () => {
    expect((await lookAt({ json }, { sentinel: 'build-7' })).broken).toEqual(['sentinel-found: index-stale']);
  });
});

describe('over HTTP', () => {
  test.each<[number, string]>([
    [401, 'auth-required'],
    [403, 'auth-forbidden'],
    [429, 'rate-limited'],
    [503, 'http-5xx'],
  ])('%i is %s', async (status, code) => {
    expect((await lookAt({ json: { error: 'no' }, status }, {})).broken[0]).toBe(`status: ${code}`);
  });

  test('an index that says in a 500 that it is missing is missing', async () => {
    const { broken } = await lookAt({ json: { detail: 'ValueError: index not found' }, status: 500 }, {});
    expect(new Set(broken.map((told) => told.split(': ')[1]))).toEqual(new Set(['index-missing']));
  });

  test('it looks as http does: a silent server is a timeout', async () => {
    const server = await serveIndex(() => 'silence');
    const trouble = await troubleOf(look({ url: server.url }, testContext(100)));
    await server.close();
    expect(trouble.code).toBe('timeout');
  });
});
