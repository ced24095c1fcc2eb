import { describe, expect, test } from 'vitest';
import type { Json } from '../../../model/json.ts';
import { ANY_READING, readAnswer, type Reading } from '../answer.ts';
import { judgeAnswer } from './judge-answer.ts';
import { readQuestion, type Question } from './question.ts';

const questionOf = (entry: { readonly [key: string]: Json }): Question => {
  const read = readQuestion({ id: 'q', ask: 'How do refunds work?', ...entry }, 1);
  if (!('id' in read)) throw new Error('not a question');
  return read;
};

type Given = { readonly texts?: readonly string[]; readonly json?: Json; readonly isError?: boolean };

const judged = (
  entry: { readonly [key: string]: Json },
  { texts = [], json, isError = false }: Given,
  reading: Partial<Reading> = {},
) => judgeAnswer(questionOf(entry), readAnswer({ texts, json, isError }, { ...ANY_READING, ...reading }), 2, []);

const hits = (...ids: readonly string[]): Given => ({ json: { hits: ids.map((id) => ({ id, text: `about ${id}` })) } });
const PROSE: Partial<Reading> = { prose: true, proseIsHit: true, paths: { citations: ['$.citations'] } };

describe('an expected document', () => {
  test('is found among the first k hits, with its place', () => {
    expect(judged({ 'expect-ids': ['b', 'z'] }, hits('a', 'b'))).toMatchObject({
      held: true,
      why: null,
      rank: 2,
      recall: 0.5,
    });
  });

  test('beyond k it is not found, and the clause says what was', () => {
    expect(judged({ 'expect-ids': 'c' }, hits('a', 'b', 'c'))).toMatchObject({
      held: false,
      rank: null,
      why: '"c" is not among the first 2: "a", "b"',
    });
    expect(judged({ 'expect-ids': 'c' }, { json: { hits: ['text'] } }).why).toBe(
      '"c" is not among the first 2: hits without an id',
    );
  });

  test('of an answer in words it may be cited', () => {
    const given = { texts: ['Within 30 days.'], json: { citations: ['refunds'] } };
    expect(judged({ 'expect-ids': 'refunds' }, given, PROSE)).toMatchObject({ held: true, rank: 1, cited: true });
    expect(judged({ 'expect-ids': 'returns' }, given, PROSE).held).toBe(false);
  });
});

describe('a text', () => {
  test('is looked for in words and hits, whatever its case and spaces', () => {
    expect(judged({ 'must-contain': ['ABOUT  a', 'of two'] }, { ...hits('a'), texts: ['1\nof\ntwo'] }).held).toBe(true);
    expect(judged({ 'must-contain': 'about b' }, hits('a'))).toMatchObject({
      why: 'the answer does not contain "about b"',
    });
    expect(judged({ 'must-not-contain': 'about a' }, hits('a'))).toMatchObject({
      why: 'the answer contains "about a"',
    });
  });

  test('that only repeats the question is no answer', () => {
    expect(
      judged({ 'must-contain': 'refunds' }, { ...hits('a'), texts: ['1 article for "How do refunds work?"'] }).held,
    ).toBe(false);
  });

  test('of a hit does not stand for the words of the answer', () => {
    const given = { texts: ['It depends.'], json: { sources: [{ id: 'a', text: 'within 30 days' }] } };
    const reading = { prose: true, paths: { hits: ['$.sources'] } };
    expect(judged({ 'must-contain': '30 days' }, given, reading).held).toBe(false);
  });

  test('that must be missing proves nothing where nothing is found', () => {
    expect(judged({ 'must-not-contain': 'x' }, { json: { hits: [] } })).toMatchObject({
      held: false,
      why: 'nothing was found',
    });
  });
});

describe('a negative control', () => {
  test.each<[string, Given, Partial<Reading>, boolean]>([
    ['finds nothing', { json: { hits: [] } }, {}, true],
    ['says so in a text', { texts: ['No results found.'] }, {}, true],
    ['says so in words', { texts: ["I don't know: this is not covered in the documents."] }, PROSE, true],
    ['finds something', hits('a'), {}, false],
    ['makes something up', { texts: ['Flurbnak was founded in 1820.'] }, PROSE, false],
    ['fails', { texts: ['disk full'], isError: true }, {}, false],
    [
      'finds only what does not reach the score',
      { json: { hits: [{ id: 'a', score: 0.1 }] } },
      { minScore: 0.5 },
      true,
    ],
  ])('%s', (_what, given, reading, held) => {
    expect(judged({ abstain: true }, given, reading).held).toBe(held);
  });
});

describe('what is no answer', () => {
  test.each<[string, Given, Partial<Reading>, string]>([
    ['an error', { texts: ['disk full'], isError: true }, {}, 'it failed: "disk full"'],
    ['no list at all', { json: { total: 3 } }, {}, 'the answer holds no list of hits'],
    ['no hit', { json: { hits: [] } }, {}, 'nothing was found'],
    ['words that know nothing', { texts: ["I'm unable to find anything about it."] }, PROSE, 'nothing was found'],
  ])('%s', (_what, given, reading, why) => {
    expect(judged({ 'expect-ids': 'a' }, given, reading)).toMatchObject({ held: false, why });
  });

  test('a question that says "cannot find" in itself is not taken for the answer', () => {
    const given = { texts: ['You asked "Why can I not, or cannot find, it?": within 30 days.'] };
    const question = { ask: 'Why can I not, or cannot find, it?', 'must-contain': '30 days' };
    expect(judged(question, given, PROSE).held).toBe(true);
  });
});

test('a citation must be of a hit, and an answer without any is not cited', () => {
  const reading = { paths: { citations: ['$.cites'] } };
  const cited = (cites: readonly string[]) =>
    judged({ 'expect-ids': 'a' }, { json: { hits: [{ id: 'a' }], cites } }, reading).cited;
  expect([cited(['a']), cited(['a', 'made-up']), cited([])]).toEqual([true, false, false]);
});

test('the right document may speak of a missing index; an answer that finds nothing may not', () => {
  const about = { texts: ['No latest index found'] };
  expect(judged({ 'expect-ids': 'a' }, { ...hits('a'), ...about }).conditions).toEqual({});
  expect(judged({ 'expect-ids': 'b' }, { ...hits('a'), ...about }).conditions).toHaveProperty('missing');
});
