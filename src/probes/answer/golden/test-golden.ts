import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluate } from '../../../matchers/evaluate.ts';
import type { Facts } from '../../../model/observation.ts';
import { testContext } from '../../test-context.ts';
import { readAnswer, type Answer } from '../answer.ts';
import type { GoldenSpec } from '../problems.ts';
import type { Ask } from './ask-all.ts';
import { goldenDefaults } from './golden-defaults.ts';
import { goldenSigns } from './golden-signs.ts';
import { lookAtGolden } from './look-at-golden.ts';

/** For tests: a small set of questions, of which `healthy` answers all as it must. */
export const SET = [
  '- { id: refunds, ask: How do refunds work?, expect-ids: refunds }',
  '- { id: payouts, ask: When are sellers paid?, expect-ids: [payouts, shipping] }',
  '- { id: returns, ask: How do I send an item back?, expect-ids: returns, must-contain: label }',
  '- { id: nonsense, ask: zxqv flurbnak, abstain: true }',
].join('\n');

/** An answer with these hits. */
export const found = (...ids: readonly string[]): Answer => {
  const hits = ids.map((id, at) => ({ id, text: 'print the label', score: 9 - at }));
  return readAnswer({ isError: false, texts: [], json: { hits } });
};

const ANSWERS: { readonly [question: string]: Answer } = {
  'How do refunds work?': found('refunds', 'gift-cards'),
  'When are sellers paid?': found('payouts', 'shipping'),
  'How do I send an item back?': found('refunds', 'returns'),
};

export const healthy: Ask = async (question) => ANSWERS[question] ?? found();

/** Answers as `healthy` does, but for the questions for which `answer` has another one. */
export const replaced =
  (answer: (question: string) => Answer | undefined): Ask =>
  async (question, context) =>
    answer(question) ?? (await healthy(question, context));

/** A folder of its own with the set in `set.yaml`, and looks in it; `kept` are the files of the last one. */
export const makeGoldenFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'gonogo-golden-'));
  const kept = new Map<string, string>();
  const write = (name: string, content: string | Uint8Array): void => writeFileSync(join(folder, name), content);
  write('set.yaml', SET);
  const keep = async (name: string, content: Uint8Array | string): Promise<string> => {
    kept.set(name, String(content));
    return `evidence/${name}`;
  };
  const redact = (text: string): string => text.replaceAll('s3cret', '***');
  return {
    kept,
    write,
    look: (ask: Ask, golden: Partial<GoldenSpec> = {}): Promise<Facts> => {
      kept.clear();
      const context = testContext(130_000, { folder, keep, redact });
      return lookAtGolden({ file: 'set.yaml', ...golden }, [], ask, context);
    },
    remove: (): void => rmSync(folder, { recursive: true, force: true }),
  };
};

/** The defaults that do not hold: level, fact, reason code and message. */
export const broken = (facts: Facts, golden: Partial<GoldenSpec> = {}): readonly string[] =>
  goldenDefaults({ file: 'set.yaml', ...golden }, {}).flatMap((expectation) => {
    if (evaluate({ ...expectation, source: null }, facts, new Date()).held) return [];
    const sign = goldenSigns(facts, 'the service').find(({ fact }) => fact === expectation.fact);
    return [`${expectation.level} ${expectation.fact}: ${sign?.code}: ${sign?.message}`];
  });
