import type { Facts, Sign } from '../../model/observation.ts';
import type { ReasonCode } from '../../model/reason-code.ts';
import { quoted } from './bounds.ts';

/** What only an answer can show: when the index is not there, that is why these are missing or wrong. */
export const ANSWER_FACTS = [
  'is-error',
  'hits',
  'hit-count',
  'hit-list',
  'hit-ids',
  'top-score',
  'text',
  'json',
  'citations',
  'built-at',
  'age',
  'documents',
  'sentinel-found',
];

/** What an answer without a single hit cannot have. */
const FOUND = ['hits', 'hit-count', 'hit-list', 'hit-ids', 'top-score', 'citations', 'text', 'json', 'sentinel-found'];

/** The same condition, shown by several facts. */
export const signFor = (code: ReasonCode, message: string, facts: readonly string[]): readonly Sign[] =>
  facts.map((fact) => ({ code, fact, message }));

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * The conditions that an answer shows, only the most telling of each kind: an error that says that the index is not there
 * is `index-missing`, not `tool-error`. `by` is what answered: `the tool`, `the service`; `how` tells how it said that it
 * failed (`isError: true`). Pure.
 */
export const answerSigns = (facts: Facts, by: string, how: string): readonly Sign[] => {
  const missing = facts['index-signature'];
  if (missing !== undefined) {
    const message = `the index is not there: ${by} answered ${quoted(text(missing))}`;
    return signFor('index-missing', message, ['index-signature', 'empty-signature', ...ANSWER_FACTS]);
  }
  const empty = facts['empty-signature'];
  if (empty !== undefined) {
    const message = `the index is empty: ${by} answered ${quoted(text(empty))}`;
    return signFor('index-empty', message, ['empty-signature', ...ANSWER_FACTS]);
  }
  if (facts['is-error'] === true) {
    return signFor('tool-error', `${by} failed (${how}): ${quoted(text(facts['text']))}`, ANSWER_FACTS);
  }
  return [...degradedSigns(facts), ...staleSigns(facts, by), ...emptySigns(facts, by)];
};

/** What does not come from the index says nothing of it: that is why anything else about the answer is wrong. */
const degradedSigns = (facts: Facts): readonly Sign[] => {
  const degraded = facts['degraded-signature'];
  if (degraded === undefined) return [];
  const message = `the answer is not from the index: it says ${quoted(text(degraded))}`;
  return signFor('index-degraded', message, [
    'degraded-signature',
    ...ANSWER_FACTS.filter((fact) => fact !== 'is-error'),
  ]);
};

const staleSigns = (facts: Facts, by: string): readonly Sign[] => {
  const stale = facts['stale-signature'];
  const problem = facts['built-at-problem'];
  return [
    ...(stale === undefined
      ? []
      : signFor('index-stale', `the index is old: ${by} says ${quoted(text(stale))}`, ['stale-signature'])),
    ...(problem === undefined ? [] : signFor('index-stale', text(problem), ['built-at-problem', 'built-at', 'age'])),
    ...(facts['sentinel-found'] === false && facts['hits'] !== 0
      ? signFor('index-stale', `what is searched is older than ${quoted(text(facts['sentinel']))}: it is not found`, [
          'sentinel-found',
        ])
      : []),
    ...(typeof facts['age'] === 'number' && typeof facts['built-at'] === 'string'
      ? signFor('index-stale', `the index was built at ${facts['built-at']}, ${inWords(facts['age'])} ago`, [
          'built-at',
          'age',
        ])
      : []),
  ];
};

const inWords = (ms: number): string => {
  const hours = ms / 3_600_000;
  if (hours >= 48) return `${Math.floor(hours / 24)} days`;
  return hours >= 1 ? `${Math.floor(hours)} h` : `${Math.floor(ms / 60_000)} min`;
};

const emptySigns = (facts: Facts, by: string): readonly Sign[] => {
  if (facts['degraded-signature'] !== undefined) return [];
  if (facts['documents'] === 0) {
    const found = facts['hits'] === 0 ? FOUND : [];
    return signFor('index-empty', `the index is empty: ${by} says that it has 0 documents`, ['documents', ...found]);
  }
  if (facts['hits'] !== 0) return [];
  const dropped = facts['dropped-hits'];
  const message =
    typeof dropped === 'number'
      ? `${by} answered without an error, and none of its ${dropped} hits has the score to count`
      : `${by} answered without an error and found nothing`;
  return signFor('index-empty', message, FOUND);
};
