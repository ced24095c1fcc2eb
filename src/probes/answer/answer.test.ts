import { describe, expect, test } from 'vitest';
import type { Json } from '../../model/json.ts';
import { answerFacts } from './answer-facts.ts';
import { ANY_READING, readAnswer, type Reading } from './answer.ts';

const NOW = new Date('2026-11-20T12:00:00Z');

type Given = { readonly texts?: readonly string[]; readonly json?: Json; readonly isError?: boolean };

const factsOf = (
  { texts = [], json, isError = false }: Given,
  reading: Partial<Reading> = {},
  asked: { deny?: readonly string[]; sentinel?: string } = {},
) =>
  answerFacts(
    readAnswer({ texts, json, isError }, { ...ANY_READING, ...reading }),
    { deny: asked.deny ?? [], sentinel: asked.sentinel ?? null },
    NOW,
  );

const article = (id: string, body: string) => ({ id, body });
const ABOUT_INDEXES = article(
  'index',
  'When the tool answers "No latest index found", build it: see the section below.',
);

describe('what an answer holds', () => {
  test('text that is JSON is the structured answer where there is no other', () => {
    expect(factsOf({ texts: ['{"hits":[{"id":"a"}]}'] })).toMatchObject({
      hits: 1,
      'hit-ids': ['a'],
      citations: ['a'],
    });
    expect(factsOf({ texts: ['{"hits":[{"id":"a"}]}'], json: { hits: [] } })).toMatchObject({ hits: 0 });
  });

  test('an error has no hits, and neither has an answer without a list', () => {
    expect(factsOf({ texts: ['disk full'], isError: true })).toEqual({ 'is-error': true, text: 'disk full' });
    expect(factsOf({ json: { answer: 'in 30 days' } })).not.toHaveProperty('hits');
  });

  test('where the texts are the answer, each is a hit, whatever lists are around it', () => {
    const chat = { texts: ['Within 30 days.'], json: { choices: [{}], citations: ['refunds'] } };
    expect(factsOf(chat, { prose: true, proseIsHit: true, paths: { citations: ['$.citations'] } })).toMatchObject({
      hits: 1,
      citations: ['refunds'],
    });
    expect(factsOf({ texts: [' '], json: chat.json }, { prose: true, proseIsHit: true })).toMatchObject({ hits: 0 });
  });

  test('hits below the score, without one, or too far away do not count, and it is told how many', () => {
    const json = { hits: [{ id: 'a', score: 0.9 }, { id: 'b', score: 0.1 }, { id: 'c' }] };
    expect(factsOf({ json }, { minScore: 0.5 })).toMatchObject({ hits: 1, 'dropped-hits': 2, 'hit-ids': ['a'] });
    expect(factsOf({ json }, { maxDistance: 0.5 })).toMatchObject({ hits: 1, 'dropped-hits': 2, 'hit-ids': ['b'] });
  });
});

describe('signatures', () => {
  test('a text that only says that there is no index is no hit', () => {
    expect(factsOf({ texts: ['No latest index found'] })).toMatchObject({
      hits: 0,
      'index-signature': 'No latest index found',
    });
  });

  test('what a hit says is content, also where a text repeats it', () => {
    const json = { hits: [ABOUT_INDEXES] };
    expect(factsOf({ json })).not.toHaveProperty('index-signature');
    expect(factsOf({ json, texts: [`1 article\n1. index: ${ABOUT_INDEXES.body}`] })).not.toHaveProperty(
      'index-signature',
    );
    expect(factsOf({ json, texts: [JSON.stringify(json)] })).not.toHaveProperty('index-signature');
    expect(factsOf({ json, texts: [`No latest index found\n${ABOUT_INDEXES.body}`] })).toHaveProperty(
      'index-signature',
    );
    expect(factsOf({ json: { ...json, note: 'OFFLINE FALLBACK' } })).toHaveProperty('degraded-signature');
  });

  test.each<[string, Json]>([
    ['missing', { results: [{ text: 'No latest index found' }] }],
    ['empty', { results: ['searched 0 documents'] }],
    [
      'degraded',
      { results: [article('a', 'OFFLINE FALLBACK: refunds take five days'), article('b', 'Fallback result: two')] },
    ],
  ])('hits that are no more than the message are one: %s', (says, json) => {
    const name = says === 'missing' ? 'index-signature' : `${says}-signature`;
    expect(factsOf({ json })).toHaveProperty(name);
  });

  test('one article about it among others is none', () => {
    const json = { hits: [article('a', 'Fallback data is kept for a day.'), article('b', 'Refunds take five days.')] };
    expect(factsOf({ json })).not.toHaveProperty('degraded-signature');
  });

  test('deny: marks what the list does not know', () => {
    expect(factsOf({ texts: ['plan b says hello'] }, {}, { deny: ['plan b'] })).toHaveProperty('degraded-signature');
  });

  test.each<[Json, string]>([
    [{ hits: ['a'], fallback: true }, 'fallback: true'],
    [{ hits: ['a'], meta: { isMock: true } }, 'isMock: true'],
    [{ hits: [{ id: 'a', source: 'offline-fallback' }] }, 'source: "offline-fallback"'],
    [{ hits: ['a'], fallback_reason: 'index gone' }, 'fallback_reason: "index gone"'],
    [{ hits: ['a'], mode: 'degraded' }, 'mode: "degraded"'],
  ])('a member that says so marks an answer as degraded: %j', (json, words) => {
    expect(factsOf({ json })).toMatchObject({ 'degraded-signature': words });
  });

  test.each<Json>([
    { hits: ['a'], fallback: false },
    { hits: ['a'], fallback: 'none', degraded: null },
    { hits: [{ id: 'a', source: 'fallback.md', sample: 'Refunds take five days' }] },
    { hits: ['a'], mode: 'hybrid' },
  ])('a member that does not say so does not: %j', (json) => {
    expect(factsOf({ json })).not.toHaveProperty('degraded-signature');
  });
});

describe('age and size', () => {
  const built = (time: Json) => factsOf({ json: { hits: ['a'], built: time } }, { paths: { 'built-at': ['$.built'] } });

  test('the time of the build is a fact, and so is the time since', () => {
    expect(built('2026-11-20T11:00:00Z')).toMatchObject({ 'built-at': '2026-11-20T11:00:00.000Z', age: 3_600_000 });
    expect(built(NOW.getTime() / 1000 - 60)).toMatchObject({ age: 60_000 });
  });

  test('a time of the future, and what is no time, prove no age', () => {
    for (const time of ['2026-11-21T00:00:00Z', 'yesterday', null, '2026-11-20', {}]) {
      expect(built(time)).toHaveProperty('built-at-problem');
      expect(built(time)).not.toHaveProperty('age');
    }
    expect(factsOf({ json: { hits: ['a'] } }, { paths: { 'built-at': ['$.built'] } })).not.toHaveProperty('built-at');
  });

  test('documents are what the index says', () => {
    const reading = { paths: { documents: ['$.total'] } };
    expect(factsOf({ json: { hits: [], total: 0 } }, reading)).toMatchObject({ documents: 0 });
    expect(factsOf({ json: { hits: [], total: 'many' } }, reading)).not.toHaveProperty('documents');
  });

  test('the sentinel must be in a hit, as a word of its own', () => {
    const seen = (json: Json) => factsOf({ json }, {}, { sentinel: 'build-4' })['sentinel-found'];
    expect(seen({ hits: [{ id: 'build-4' }] })).toBe(true);
    expect(seen({ hits: [{ id: 'a', text: 'made by build-4.' }] })).toBe(true);
    expect(seen({ hits: [{ id: 'a', text: 'made by build-42' }] })).toBe(false);
    expect(seen({ query: 'build-4', hits: [{ id: 'a' }] })).toBe(false);
    expect(seen({ hits: [] })).toBe(false);
  });
});
