import { afterAll, describe, expect, test } from 'vitest';
import { newBaselineOf } from './new-baseline.ts';
import { broken, found, healthy, makeGoldenFolder, replaced, SET } from './test-golden.ts';

/** Real files in a folder of its own; what answers is a function. */
const { kept, write, look, remove } = makeGoldenFolder();
afterAll(remove);

describe('a baseline', () => {
  const golden = { baseline: 'baseline.json' };

  test('that is not there yet is no measure, and the one that would be true is kept', async () => {
    const facts = await look(healthy, { baseline: 'none.json' });
    expect(broken(facts, golden)[0]).toContain(
      'expect baseline-problem: file-missing: the baseline is no measure: there is no file none.json',
    );
    expect(JSON.parse(kept.get('baseline.json') ?? '')).toMatchObject({
      k: 5,
      'hit-rate': 1,
      questions: { refunds: { held: true, recall: 1 } },
    });
    write('baseline.json', kept.get('baseline.json') ?? '');
  });

  test('that is as reality holds, and no other is asked for', async () => {
    const facts = await look(healthy, golden);
    expect(broken(facts, golden)).toEqual([]);
    expect(facts).toMatchObject({ flips: [], drop: { 'hit-rate': 0, recall: 0, mrr: 0 } });
    expect(newBaselineOf({ golden: { file: 'set.yaml', ...golden } }, facts)).toBeNull();
    expect(kept.size).toBe(0);
  });

  test('that is better than reality fails with the questions that flipped', async () => {
    const facts = await look(
      replaced((question) => (question.startsWith('How do refunds') ? found('x') : undefined)),
      golden,
    );
    expect(facts).toMatchObject({ flips: ['refunds'], lost: ['refunds'], won: [] });
    expect(broken(facts, golden)[0]).toMatch(
      /^expect lost: index-regressed: 1 question that held in the baseline does not any more: "refunds"/,
    );
    expect(newBaselineOf({ golden: { file: 'set.yaml', ...golden } }, facts)).toEqual({
      kept: 'evidence/baseline.json',
      baseline: 'baseline.json',
    });
  });

  test('is better too where a question holds and finds less', async () => {
    const facts = await look(
      replaced((question) => (question.startsWith('When') ? found('payouts') : undefined)),
      golden,
    );
    expect(broken(facts, golden)).toEqual([
      'expect worse: index-regressed: less is found than in the baseline for "payouts"',
    ]);
  });

  test('that is worse than reality, or knows other questions, asks to be updated', async () => {
    write('old.json', (kept.get('baseline.json') ?? '').replace('"held": true', '"held": false'));
    write('set.yaml', SET.replace('id: payouts', 'id: pay').replace('refunds work?', 'refunds work at all?'));
    const facts = await look(
      replaced((question) => (question.includes('at all') ? found('refunds') : undefined)),
      { baseline: 'old.json' },
    );
    expect(facts).toMatchObject({ lost: [], outdated: ['refunds', 'pay', 'payouts'] });
    write('set.yaml', SET);
    const again = await look(healthy, { baseline: 'old.json' });
    expect(broken(again, golden)).toEqual([
      'warn won: assertion-failed: "refunds" held not in the baseline and does now: run with --update-baseline if that is meant',
    ]);
  });

  test('cannot be got round by an edit: a question that it does not know must hold by itself', async () => {
    write('set.yaml', SET.replace('refunds work?', 'refunds work at all?'));
    const facts = await look(healthy, golden);
    write('set.yaml', SET);
    expect(facts).toMatchObject({ lost: [], outdated: ['refunds'], 'new-misses': ['refunds'] });
    expect(broken(facts, golden)[0]).toMatch(/^expect new-misses: golden-miss: 1 of 4 questions/);
  });

  test('that knows none of the questions is no measure', async () => {
    write('hollow.json', '{"k":5,"questions":{}}');
    expect(broken(await look(healthy, { baseline: 'hollow.json' }), golden)[0]).toContain(
      'expect baseline-problem: file-invalid: the baseline is no measure: it knows none of the questions',
    );
  });

  test('for other k cannot be compared', async () => {
    expect(broken(await look(healthy, { ...golden, k: 1 }), golden)[0]).toContain(
      'expect baseline-problem: file-invalid: the baseline is no measure: it was made with k 5',
    );
  });

  test('is never made of an index that fails or finds nothing', async () => {
    await look(async () => found(), golden);
    expect([...kept.keys()]).toEqual(['misses.jsonl']);
  });

  test.each(['{', '[]', '{"k":5,"questions":{"a":{}}}', '{"questions":{}}'])(
    'that is broken is told: %s',
    async (text) => {
      write('broken.json', text);
      await expect(look(healthy, { baseline: 'broken.json' })).rejects.toMatchObject({ code: 'file-invalid' });
    },
  );
});
