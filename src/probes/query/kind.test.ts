import { describe, expect, test } from 'vitest';
import { query } from './kind.ts';
import { PRESET_NAMES } from './presets/presets.ts';
import type { Spec } from './schema.ts';

const url = 'https://a.example/ask?q={{question}}';
const golden = { file: 'set.yaml' };

describe('what is wrong with a spec is known before looking', () => {
  test.each<[Spec]>([
    [{ url, question: 'a' }],
    [{ url, golden }],
    [{ url: 'https://a.example/', json: { a: ['{{ question }}'] }, question: 'a', preset: 'llamaindex' }],
    [{ url: 'https://a.example/collections/docs', preset: 'qdrant-collection' }],
    [{ url: 'https://a.example/', body: '{"vector":[1]}' }],
    [{ url, question: 'a', sentinel: 'build-7', 'min-score': 0.2, deny: ['x'], 'is-error': ['^E'], hits: '$.h' }],
  ])('nothing is wrong with %j', (spec) => {
    expect(query.problems(spec)).toEqual([]);
  });

  test.each<[Partial<Spec>, readonly (string | number)[], string]>([
    [{ url }, [], 'needs question: or golden:'],
    [{ url, question: 'a', golden }, ['question'], 'stands beside golden:'],
    [{ url: 'https://a.example/', question: 'a' }, ['question'], 'is never asked'],
    [{ url: 'https://a.example/', json: { '{{question}}': 1 }, golden }, ['golden'], 'is never asked'],
    [{ url, question: 'a', headers: { 'x-q': '{{question}}' } }, ['headers', 'x-q'], 'cannot hold {{question}}'],
    [{ url: 'https://{{question}}.example/', question: 'a' }, ['url'], 'has {{question}} in its host'],
    [{ url: 'ftp://a.example/{{question}}', question: 'a' }, ['url'], 'only http and https'],
    [{ url, question: '\uD83D' }, ['question'], 'half of a surrogate pair'],
    [{ url, question: 'a', method: 'HEAD' }, ['method'], 'reads the body'],
    [{ url, question: 'a', hits: '$.[' }, ['hits'], 'is not a JSONPath'],
    [{ url, question: 'a', vector: 'x' }, ['vector'], 'is not a JSONPath'],
    [{ url, question: 'a', deny: ['a', '('] }, ['deny', 1], 'is not a pattern'],
    [{ url, question: 'a', 'is-error': ['('] }, ['is-error', 0], 'is not a pattern'],
    [{ url, question: 'a', 'min-score': 1, 'max-distance': 1 }, ['max-distance'], 'contradicts min-score'],
    [{ url, question: 'find build-7', sentinel: 'build-7' }, ['sentinel'], 'stands in the question already'],
    [{ url, golden, sentinel: 'build-7' }, ['sentinel'], 'in a check of its own'],
    [{ url, golden, preset: 'openai-embeddings' }, ['golden'], 'needs answers with hits or words'],
    [{ url, golden: { ...golden, within: '0s' } }, ['golden', 'within'], 'no time'],
    [{ url, golden: { ...golden, baseline: 'set.yaml' } }, ['golden', 'baseline'], 'is the file of the questions'],
    [{ url, question: 'a', json: {}, body: '' }, ['body'], 'second body'],
  ])('%j is a problem at its place', (spec, path, message) => {
    const problems = query.problems({ url, ...spec });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ path, message: expect.stringContaining(message) });
  });
});

describe('what a check asks by default', () => {
  const asked = (spec: Partial<Spec>) => query.defaults({ url, ...spec }).map(({ fact }) => fact);

  test('success of HTTP and of the answer, an index behind it, and a hit', () => {
    expect(asked({ question: 'a' })).toEqual([
      'status',
      'extra-bytes',
      'unreachable',
      'is-error',
      'index-signature',
      'empty-signature',
      'stale-signature',
      'degraded-signature',
      'hits',
    ]);
  });

  test('an embedding has dimensions, a collection has documents, and an age is there when one asks for it', () => {
    expect(asked({ preset: 'openai-embeddings' }).slice(-2)).toEqual(['dimensions', 'zero-vector']);
    expect(asked({ preset: 'qdrant-collection' }).at(-1)).toBe('documents');
    expect(asked({ question: 'a', 'built-at': '$.b', sentinel: 'build-7' }).slice(-4)).toEqual([
      'built-at',
      'built-at-problem',
      'age',
      'sentinel-found',
    ]);
  });

  test('a golden set has nothing that is about a single answer', () => {
    expect(asked({ golden })).not.toContain('status');
    expect(asked({ golden }).at(-1)).toBe('hit-rate');
    expect(asked({ golden: { ...golden, baseline: 'b.json' } })).toEqual(
      expect.arrayContaining(['lost', 'worse', 'won', 'outdated', 'baseline-problem']),
    );
  });

  test('every fact that a default asks about is in the table, and each could break', () => {
    const specs: readonly Partial<Spec>[] = [
      ...PRESET_NAMES.map((preset) => ({ preset })),
      { golden },
      { golden: { ...golden, baseline: 'b' } },
    ];
    for (const spec of specs) {
      expect(query.defaults({ url, ...spec }).some(({ level }) => level === 'expect')).toBe(true);
      for (const fact of asked(spec)) expect(Object.keys(query.facts)).toContain(fact);
    }
  });
});

test('what is shown holds the question, and no secret', () => {
  const spec: Spec = {
    url: 'https://a.example:8443/ask?q={{question}}&token=s3cret',
    question: 'how?',
    auth: { bearer: 's3cret' },
  };
  expect(query.target(spec)).toBe('https://a.example:8443/ask?q=how%3F&token=***');
  expect(query.host(spec)).toBe('a.example:8443');
  expect(query.target({ url, golden })).toContain('(questions of set.yaml)');
  expect(JSON.stringify([query.target(spec), query.tryCommand(spec)])).not.toContain('s3cret');
});

test('the time for all questions comes on top of the timeout, and quality is a layer of golden sets', () => {
  expect(query.lastsMs?.({ url, question: 'a' })).toBe(0);
  expect(query.lastsMs?.({ url, golden })).toBe(120_000);
  expect(query.lastsMs?.({ url, golden: { ...golden, within: '10m' } })).toBe(600_000);
  expect(query.layers({ url, question: 'a' })).toEqual(['dns', 'tcp', 'tls', 'http', 'content', 'freshness']);
  expect(query.layers({ url, golden }).at(-1)).toBe('quality');
});
