import type { Facts } from '../../../model/observation.ts';
import { printable } from '../../engine/printable.ts';
import { CouldNotLook, type ProbeContext } from '../../probe.ts';
import { ANY_READING, readAnswer } from '../answer.ts';
import { cut } from '../bounds.ts';
import { goldenMs, type GoldenSpec } from '../problems.ts';
import { askAll, type Ask, type Asked } from './ask-all.ts';
import { readBaseline, renderBaseline, type Baseline } from './baseline.ts';
import { compareFacts } from './compare.ts';
import { goldenFacts } from './golden-facts.ts';
import { readGoldenSet, type GoldenSet } from './golden-set.ts';
import { judgeAnswer, type Result } from './judge-answer.ts';
import { metricsOf, type Metrics } from './metrics.ts';
import { readTextFile } from './read-file.ts';

const DEFAULT_K = 5;
const DEFAULT_CONCURRENCY = 8;
const MOST_EVIDENCE = 2000;

/**
 * Asks every question of a golden set through `ask` and reports what the answers come to, under the names of
 * `goldenFactTable`. Throws `CouldNotLook` when the set cannot be read or the questions could not all be asked.
 */
export const lookAtGolden = async (
  golden: GoldenSpec,
  deny: readonly string[],
  ask: Ask,
  context: ProbeContext,
): Promise<Facts> => {
  const set = await readSet(golden.file, context.folder);
  const remembered = golden.baseline === undefined ? null : await findBaseline(golden.baseline, context.folder);
  const k = golden.k ?? DEFAULT_K;
  const pace = {
    concurrency: golden.concurrency ?? DEFAULT_CONCURRENCY,
    questionMs: Math.max(1, context.timeoutMs - goldenMs(golden)),
  };
  const asked = await askAll(set.questions, ask, pace, context);
  const [lostFirst] = asked;
  if (lostFirst !== undefined && asked.every((one) => 'failure' in one)) throw noneAnswered(asked);
  const results = asked.map((one) => judgeAnswer(one.question, answerOf(one), k, deny));
  const metrics = metricsOf(results);
  const seen = goldenFacts(set, k, asked, results, metrics, context.now());
  const compared = remembered === null ? {} : baselineFacts(remembered, k, results, metrics);
  const kept = await keepFiles({ set, k, asked, results, metrics }, { ...seen, ...compared }, remembered, context);
  return { ...seen, ...compared, ...kept };
};

const readSet = async (file: string, folder: string): Promise<GoldenSet> => {
  const shown = printable(file, 300);
  const text = await readTextFile(file, folder);
  if (text === null) throw new CouldNotLook('file-missing', `there is no file ${shown} with the golden questions`);
  const read = readGoldenSet(text, file);
  if (read.ok) return read.set;
  const [first, ...others] = read.problems.map(({ line, message }) => `${shown}:${line} ${message}`);
  throw new CouldNotLook(
    'file-invalid',
    `${first ?? shown}${others.length === 0 ? '' : ` (and ${others.length} more faults)`}`,
    {
      'golden-problems': [first ?? shown, ...others],
    },
  );
};

/** The baseline, or null when there is no such file yet. */
type Found = { readonly baseline: Baseline | null; readonly text: string | null; readonly shown: string };

const findBaseline = async (file: string, folder: string): Promise<Found> => {
  const shown = printable(file, 300);
  const text = await readTextFile(file, folder);
  return { baseline: text === null ? null : readBaseline(text, shown), text, shown };
};

const noneAnswered = (asked: readonly Asked[]): CouldNotLook => {
  const [first] = asked.flatMap((one) => ('failure' in one ? one.failure : []));
  const message = first?.message ?? 'no reason given';
  const code = first?.code ?? 'tool-error';
  return new CouldNotLook(code, `none of ${asked.length} questions was answered: ${message}`, first?.facts);
};

const answerOf = (asked: Asked) =>
  'answer' in asked
    ? asked.answer
    : readAnswer({ isError: true, texts: [asked.failure.message], json: undefined }, ANY_READING);

const baselineFacts = ({ baseline, shown }: Found, k: number, results: readonly Result[], metrics: Metrics): Facts => {
  if (baseline === null) return { 'baseline-found': false, 'baseline-problem': `there is no file ${shown}` };
  const problem = `it was made with k ${baseline.k}, and this look has k ${k}: the two cannot be compared`;
  return {
    'baseline-found': true,
    ...compareFacts(results, metrics, baseline),
    ...(baseline.k === k ? {} : { 'baseline-problem': problem }),
  };
};

type Look = {
  readonly set: GoldenSet;
  readonly k: number;
  readonly asked: readonly Asked[];
  readonly results: readonly Result[];
  readonly metrics: Metrics;
};

/** Keeps the evidence of every miss, and the baseline that would be true now where another one is asked for. */
const keepFiles = async (look: Look, facts: Facts, found: Found | null, context: ProbeContext): Promise<Facts> => {
  const lines = look.results.flatMap((result, at) => (result.held ? [] : [missLine(result, look.asked[at]?.ms ?? 0)]));
  const misses =
    lines.length === 0
      ? null
      : await context.keep('misses.jsonl', context.redact(`${lines.slice(0, MOST_EVIDENCE).join('\n')}\n`));
  const text = renderBaseline(look.set, look.k, look.results, look.metrics);
  const isNews = found !== null && found.text !== text && mayBecomeBaseline(look, facts);
  const baseline = isNews ? await context.keep('baseline.json', text) : null;
  return {
    ...(misses === null ? {} : { 'misses-file': misses }),
    ...(baseline === null ? {} : { 'new-baseline': baseline }),
  };
};

const missLine = ({ question, why, ids, text }: Result, ms: number): string =>
  JSON.stringify({
    id: question.id,
    ask: question.ask,
    why,
    ...(question.expectIds.length === 0 ? {} : { expected: question.expectIds }),
    got: ids,
    text: cut(text, 1000),
    ms,
  });

/** An index that fails, finds nothing, or speaks against itself is no measure for later. */
const mayBecomeBaseline = ({ metrics }: Look, facts: Facts): boolean =>
  facts['errors'] === 0 &&
  facts['answered'] !== 0 &&
  metrics.hitRate > 0 &&
  facts['same-answer'] === false &&
  !Object.keys(facts).some((name) => name.endsWith('-signature'));
