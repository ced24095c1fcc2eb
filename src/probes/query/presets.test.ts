import { describe, expect, test } from 'vitest';
import type { Json } from '../../model/json.ts';
import { PRESET_NAMES, PRESETS, type PresetName } from './presets/presets.ts';
import { checkJsonPath } from '../../matchers/json-path.ts';
import { compilePattern } from '../../matchers/pattern.ts';
import { lookAt } from './test-index.ts';

/** Answers as the systems give them; each preset is held against its own over a real connection. */

const POINT = { id: 7, version: 1, score: 0.83, payload: { text: 'Refunds take five days.' } };
const NODE = { node: { id_: 'n1', ref_doc_id: 'refunds.md', text: 'Refunds take five days.' }, score: 0.83 };

const GOOD: readonly (readonly [PresetName, Json, Json])[] = [
  [
    'mcp-rest',
    { content: [{ type: 'text', text: '1 article' }], structuredContent: { hits: [{ id: 'a' }] }, isError: false },
    { hits: 1, text: '1 article', 'hit-ids': ['a'] },
  ],
  ['mcp-rest', { result: { content: [{ type: 'text', text: '{"hits":[{"id":"a"},{"id":"b"}]}' }] } }, { hits: 2 }],
  [
    'mcp-rest',
    {
      content: [
        { type: 'image', data: '' },
        { type: 'text', text: 'Refunds take five days.' },
      ],
    },
    { hits: 1, text: 'Refunds take five days.' },
  ],
  [
    'llamaindex',
    { response: 'Five days.', source_nodes: [NODE], metadata: {} },
    { text: 'Five days.', hits: 1, 'hit-ids': ['refunds.md'], 'top-score': 0.83 },
  ],
  [
    'llamaindex',
    {
      handler_id: 'h',
      status: 'completed',
      error: null,
      result: { value: { response: 'Five days.', source_nodes: [NODE] } },
    },
    { hits: 1 },
  ],
  ['llamaindex', { handler_id: 'h', status: 'completed', result: 'Five days.' }, { text: 'Five days.', hits: 1 }],
  [
    'openai-chat',
    {
      choices: [{ message: { role: 'assistant', content: 'Five days.' }, finish_reason: 'stop' }],
      citations: ['https://a.example/r'],
    },
    { text: 'Five days.', hits: 1, citations: ['https://a.example/r'] },
  ],
  [
    'openai-chat',
    { choices: [{ message: { content: [{ type: 'text', text: 'Five days.' }] } }] },
    { text: 'Five days.', hits: 1, citations: [] },
  ],
  [
    'openai-embeddings',
    { data: [{ object: 'embedding', index: 0, embedding: [0.1, -0.2, 0] }] },
    { dimensions: 3, 'zero-vector': false },
  ],
  ['openai-embeddings', { model: 'm', embeddings: [[0.1, 0.2]] }, { dimensions: 2 }],
  [
    'qdrant',
    { result: { points: [POINT] }, status: 'ok', time: 0.001 },
    { hits: 1, 'hit-ids': ['7'], 'top-score': 0.83 },
  ],
  ['qdrant', { result: [POINT, POINT], status: 'ok', time: 0.001 }, { hits: 2 }],
  ['qdrant-collection', { result: { status: 'green', points_count: 12 }, status: 'ok' }, { documents: 12 }],
  [
    'chroma',
    { ids: [['a', 'b']], distances: [[0.1, 0.4]], documents: [['Refunds', 'Payouts']] },
    { hits: 2, 'hit-ids': ['a', 'b'], 'top-score': 0.1 },
  ],
  ['chroma', { ids: [['a']], distances: [[0.1]], documents: null }, { hits: 1, 'hit-ids': ['a'] }],
  ['chroma-collection', 12, { documents: 12 }],
  ['pgvector', [{ id: 3, content: 'Refunds', similarity: 0.8 }], { hits: 1, 'hit-ids': ['3'], 'top-score': 0.8 }],
];

const BAD: readonly (readonly [PresetName, number, Json, readonly string[]])[] = [
  [
    'mcp-rest',
    200,
    { content: [{ type: 'text', text: 'No latest index found' }], isError: true },
    ['is-error: index-missing', 'index-signature: index-missing', 'hits: index-missing'],
  ],
  [
    'mcp-rest',
    200,
    { content: [{ type: 'text', text: 'disk full' }], isError: true },
    ['is-error: tool-error', 'hits: tool-error'],
  ],
  ['mcp-rest', 200, { content: [{ type: 'text', text: '{"hits":[]}' }] }, ['hits: index-empty']],
  [
    'llamaindex',
    200,
    { response: 'Empty Response', source_nodes: [] },
    ['empty-signature: index-empty', 'hits: index-empty'],
  ],
  [
    'llamaindex',
    200,
    { status: 'failed', error: 'No index in storage context', result: null },
    ['is-error: index-missing', 'index-signature: index-missing', 'hits: index-missing'],
  ],
  [
    'openai-chat',
    200,
    { error: { message: 'The server had an error', type: 'server_error' } },
    ['is-error: tool-error', 'hits: tool-error'],
  ],
  ['openai-chat', 200, { choices: [{ message: { content: '' }, finish_reason: 'stop' }] }, ['hits: index-empty']],
  [
    'openai-chat',
    200,
    { choices: [{ message: { content: 'This is a mock response.' } }] },
    ['degraded-signature: index-degraded'],
  ],
  [
    'openai-chat',
    200,
    { choices: [{ message: { content: '' }, finish_reason: 'content_filter' }] },
    ['is-error: tool-error', 'hits: tool-error'],
  ],
  ['openai-embeddings', 200, { data: [{ embedding: [0, 0, 0] }] }, ['zero-vector: index-degraded']],
  ['openai-embeddings', 200, { data: [] }, ['dimensions: value-missing', 'zero-vector: value-missing']],
  [
    'qdrant',
    404,
    { status: { error: "Not found: Collection `x` doesn't exist!" }, time: 0 },
    ['status: index-missing', 'is-error: index-missing', 'index-signature: index-missing', 'hits: index-missing'],
  ],
  ['qdrant', 200, { result: { points: [] }, status: 'ok' }, ['hits: index-empty']],
  [
    'qdrant-collection',
    200,
    { result: { status: 'green', points_count: 0 }, status: 'ok' },
    ['documents: index-empty'],
  ],
  ['qdrant-collection', 200, { result: { status: 'red', points_count: 9 }, status: 'ok' }, ['is-error: tool-error']],
  [
    'chroma',
    404,
    { error: 'NotFoundError', message: 'Collection [x] does not exists' },
    ['status: index-missing', 'is-error: index-missing', 'index-signature: index-missing', 'hits: index-missing'],
  ],
  ['chroma', 200, { ids: [[]], distances: [[]], documents: [[]] }, ['hits: index-empty']],
  ['chroma-collection', 200, 0, ['documents: index-empty']],
  [
    'pgvector',
    404,
    { code: '42P01', message: 'relation "public.docs" does not exist' },
    ['status: index-missing', 'is-error: index-missing', 'index-signature: index-missing', 'hits: index-missing'],
  ],
  ['pgvector', 200, [], ['hits: index-empty']],
];

describe('an answer as it must be', () => {
  test.each(GOOD)('%s: %j', async (preset, json, shown) => {
    const { facts, broken } = await lookAt({ json }, { preset });
    expect(facts).toMatchObject(typeof shown === 'object' && shown !== null ? shown : {});
    expect(broken).toEqual([]);
  });
});

describe('an answer of an index that is not there, empty or replaced', () => {
  test.each(BAD)('%s, HTTP %i: %j', async (preset, status, json, expected) => {
    expect((await lookAt({ json, status }, { preset })).broken).toEqual(expected);
  });
});

test('every preset has both kinds of answers here, and paths and patterns that are ones', () => {
  for (const name of PRESET_NAMES) {
    expect(GOOD.some(([preset]) => preset === name) && BAD.some(([preset]) => preset === name)).toBe(true);
    const { isError = [], ...paths } = PRESETS[name];
    for (const path of Object.values(paths).flat()) expect([path, checkJsonPath(path)]).toEqual([path, null]);
    for (const pattern of isError) expect(typeof compilePattern(pattern)).toBe('object');
  }
});
