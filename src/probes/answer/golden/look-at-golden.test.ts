import { afterAll, describe, expect, test } from 'vitest';
import { CouldNotLook } from '../../probe.ts';
import { readAnswer, type Answer } from '../answer.ts';
import type { Ask } from './ask-all.ts';
import { goldenFactTable } from './golden-fact-table.ts';
import { broken, found, healthy, makeGoldenFolder, replaced } from './test-golden.ts';

/** Real files in a folder of its own; what answers is a function. */
const { kept, write, look, remove } = makeGoldenFolder();
afterAll(remove);

describe('a set of questions', () => {
  test('that are all answered holds, and its facts are all in the table', async () => {
    const facts = await look(healthy);
    expect(facts).toMatchObject({
      questions: 4,
      answered: 3,
      empty: 0,
      errors: 0,
      'hit-rate': 1,
      recall: 1,
      'citation-rate': 1,
      abstained: 1,
      missed: [],
      'not-abstained': [],
      k: 5,
    });
    expect(facts['mrr']).toBeCloseTo(5 / 6, 5);
    expect(broken(facts)).toEqual([]);
    expect([...kept.keys()]).toEqual([]);
    for (const name of Object.keys(facts))
      expect(Object.keys(goldenFactTable)).toContain(name === 'latency' ? 'latency.p95' : name);
  });

  test('tells each miss with its reason, and keeps the evidence without secrets', async () => {
    const facts = await look(
      replaced((question) => (question.startsWith('How do refunds') ? found('s3cret') : undefined)),
    );
    expect(broken(facts)).toEqual([
      'expect hit-rate: golden-miss: 1 of 4 questions is not answered as it must be: "refunds" ("refunds" is not among the first 5: "s3cret")',
    ]);
    expect(facts['misses-file']).toBe('evidence/misses.jsonl');
    expect(JSON.parse(kept.get('misses.jsonl') ?? '')).toMatchObject({
      id: 'refunds',
      expected: ['refunds'],
      got: ['***'],
    });
  });

  test.each<[string, Ask, string]>([
    [
      'finds nothing for any of them',
      async () => found(),
      'expect answered: index-empty: the service found nothing for any of 3 questions',
    ],
    [
      'gives all the same answer',
      async () => found('refunds', 'payouts', 'returns'),
      'expect same-answer: index-degraded: the service gives one and the same answer to 3 questions',
    ],
    [
      'finds what there is not',
      replaced((question) => (question.startsWith('zxqv') ? found('refunds') : undefined)),
      'expect not-abstained: index-degraded: something is found where nothing can be: "nonsense" (something was found: "refunds")',
    ],
    [
      'says that there is no index',
      async () => readAnswer({ isError: true, texts: ['No latest index found'], json: undefined }),
      'expect index-signature: index-missing: the index is not there: the service answered "No latest index found"',
    ],
    [
      'fails once',
      replaced((question) =>
        question.startsWith('When') ? readAnswer({ isError: true, texts: ['disk full'], json: undefined }) : undefined,
      ),
      'expect errors: tool-error: 1 of 4 questions failed, first "payouts": it failed: "disk full"',
    ],
  ])('where the index %s', async (_what, ask, first) => {
    expect(broken(await look(ask))[0]).toBe(first);
  });

  test('where it ranks nothing is a warning', async () => {
    const flat = (...ids: readonly string[]): Answer =>
      readAnswer({ isError: false, texts: [], json: { hits: ids.map((id) => ({ id, text: 'label', score: 0 })) } });
    const ask: Ask = async (question, context) =>
      flat(...((await healthy(question, context)).hits ?? []).flatMap(({ id }) => id ?? []));
    expect(broken(await look(ask))).toEqual([
      'warn flat-scores: index-degraded: all hits of all questions have the same score: nothing is ranked',
    ]);
  });

  test('of which none gets an answer could not be looked at', async () => {
    const ask: Ask = () => Promise.reject(new CouldNotLook('http-5xx', 'the server answers 502'));
    await expect(look(ask)).rejects.toMatchObject({ code: 'http-5xx', message: expect.stringContaining('502') });
  });
});

describe('files', () => {
  test.each<[string, string]>([
    ['none.yaml', 'file-missing'],
    ['.', 'file-invalid'],
    ['bad.yaml', 'file-invalid'],
    ['bytes.yaml', 'file-invalid'],
  ])('%s is %s', async (file, code) => {
    write('bad.yaml', '- { id: a }');
    write('bytes.yaml', new Uint8Array([0xff, 0xfe, 0x00]));
    await expect(look(healthy, { file })).rejects.toMatchObject({ code });
  });

  test('what is wrong is told with file and line', async () => {
    await expect(look(healthy, { file: 'bad.yaml' })).rejects.toMatchObject({
      message: 'bad.yaml:1 ask is missing (and 1 more faults)',
    });
  });
});
