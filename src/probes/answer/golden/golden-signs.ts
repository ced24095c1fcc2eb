import { isList } from '../../../matchers/equality.ts';
import { isJsonObject, type Json } from '../../../model/json.ts';
import type { Facts, Sign } from '../../../model/observation.ts';
import { REASON_CODES } from '../../../model/reason-code.ts';
import { quoted } from '../bounds.ts';
import { answerSigns, signFor } from '../signs.ts';

/** What is only worth something when the questions were answered. */
const OF_ANSWERS = [
  'errors',
  'answered',
  'empty',
  'hit-rate',
  'recall',
  'mrr',
  'citation-rate',
  'missed',
  'lost',
  'worse',
  'new-misses',
  'flips',
  'drop',
  'same-answer',
];

const OF_MISSES = ['hit-rate', 'recall', 'mrr', 'missed', 'new-misses', 'citation-rate'];

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const number = (value: Json | undefined): number => (typeof value === 'number' ? value : 0);
const idsIn = (value: Json | undefined): readonly string[] =>
  value !== undefined && isList(value) ? value.map((id) => quoted(text(id), 60)) : [];

const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;

/** The first five, the first of them with the reason why it was missed. */
const some = (ids: readonly string[], facts: Facts = {}): string => {
  const [first = '', ...others] = ids.slice(0, 5);
  const names = [`${first}${whyOf(facts, first)}`, ...others];
  return `${names.join(', ')}${ids.length > 5 ? ` and ${ids.length - 5} more` : ''}`;
};

const whyOf = (facts: Facts, shown: string): string => {
  const misses = facts['misses'];
  if (misses === undefined || !isList(misses)) return '';
  const miss = misses.filter(isJsonObject).find(({ id }) => quoted(text(id), 60) === shown);
  return miss === undefined ? '' : ` (${text(miss['why'])})`;
};

/** The conditions that the answers to a golden set show. `by` is what answered, as `the tool`. Pure. */
export const goldenSigns = (facts: Facts, by: string): readonly Sign[] => {
  if (facts['questions'] === undefined) return [];
  const signs = answerSigns(facts, by, '');
  const absent = signs.find(({ code }) => code === 'index-missing' || code === 'index-empty');
  if (absent !== undefined) return [...signs, ...signFor(absent.code, absent.message, OF_ANSWERS)];
  return [...signs, ...errorSigns(facts), ...vacuousSigns(facts, by), ...baselineSigns(facts), ...missSigns(facts)];
};

const errorSigns = (facts: Facts): readonly Sign[] => {
  const errors = number(facts['errors']);
  if (errors === 0) return [];
  const code = REASON_CODES.find((known) => known === facts['error-code']) ?? 'tool-error';
  const message = `${errors} of ${counted(number(facts['questions']), 'question')} failed, first ${text(facts['error-message'])}`;
  return signFor(code, message, errors === facts['questions'] ? OF_ANSWERS : ['errors']);
};

const vacuousSigns = (facts: Facts, by: string): readonly Sign[] => {
  const unsilent = idsIn(facts['not-abstained']);
  return [
    ...(facts['answered'] === 0 && facts['errors'] === 0
      ? signFor(
          'index-empty',
          `${by} found nothing for any of ${counted(number(facts['empty']), 'question')}`,
          OF_ANSWERS,
        )
      : []),
    ...(facts['same-answer'] === true
      ? signFor(
          'index-degraded',
          `${by} gives one and the same answer to ${counted(number(facts['answered']), 'question')}`,
          ['same-answer'],
        )
      : []),
    ...(facts['flat-scores'] === true
      ? signFor('index-degraded', 'all hits of all questions have the same score: nothing is ranked', ['flat-scores'])
      : []),
    ...(unsilent.length > 0
      ? signFor('index-degraded', `something is found where nothing can be: ${some(unsilent, facts)}`, [
          'not-abstained',
          'abstained',
        ])
      : []),
  ];
};

const missSigns = (facts: Facts): readonly Sign[] => {
  const missed = idsIn(facts['missed']);
  if (missed.length === 0) return [];
  const of = counted(number(facts['questions']), 'question');
  const are = missed.length === 1 ? 'is not answered as it must be' : 'are not answered as they must be';
  return signFor('golden-miss', `${missed.length} of ${of} ${are}: ${some(missed, facts)}`, OF_MISSES);
};

const baselineSigns = (facts: Facts): readonly Sign[] => {
  const [lost, worse, won, outdated] = ['lost', 'worse', 'won', 'outdated'].map((name) => idsIn(facts[name]));
  const problem = facts['baseline-problem'];
  const missing = facts['baseline-found'] === false;
  const update = 'run with --update-baseline if that is meant';
  return [
    ...(problem === undefined
      ? []
      : signFor(missing ? 'file-missing' : 'file-invalid', `the baseline is no measure: ${text(problem)}`, [
          'baseline-problem',
          'baseline-found',
          ...(missing ? ['lost', 'won', 'worse', 'new-misses', 'outdated', 'flips', 'drop'] : []),
        ])),
    ...(lost === undefined || lost.length === 0
      ? []
      : signFor(
          'index-regressed',
          `${counted(lost.length, 'question')} that held in the baseline ${lost.length === 1 ? 'does' : 'do'} not any more: ${some(lost, facts)}`,
          ['lost', 'flips', 'drop', 'hit-rate'],
        )),
    ...(worse === undefined || worse.length === 0
      ? []
      : signFor('index-regressed', `less is found than in the baseline for ${some(worse)}`, ['worse', 'drop'])),
    ...(won === undefined || won.length === 0
      ? []
      : signFor(
          'assertion-failed',
          `${some(won)} held not in the baseline and ${won.length === 1 ? 'does' : 'do'} now: ${update}`,
          ['won'],
        )),
    ...(outdated === undefined || outdated.length === 0
      ? []
      : signFor('assertion-failed', `the baseline knows ${some(outdated)} not as asked now: ${update}`, ['outdated'])),
  ];
};
