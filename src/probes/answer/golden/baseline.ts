import { isJsonObject, type Json, type JsonObject } from '../../../model/json.ts';
import { readJson } from '../../http/json-text.ts';
import { CouldNotLook } from '../../probe.ts';
import type { GoldenSet } from './golden-set.ts';
import type { Result } from './judge-answer.ts';
import type { Metrics } from './metrics.ts';

/** What an earlier look made of a set of questions. */
export type Baseline = {
  readonly k: number;
  readonly metrics: { readonly [metric in Metric]?: number };
  readonly questions: ReadonlyMap<string, Remembered>;
};

/** One question of it; `digest` tells whether it is still the same question. */
export type Remembered = { readonly digest: string; readonly held: boolean; readonly recall: number | null };

export type Metric = 'hit-rate' | 'recall' | 'mrr';

/** The metrics that a baseline remembers, by their names as facts. */
export const rememberedMetrics = ({ hitRate, recall, mrr }: Metrics): Baseline['metrics'] => ({
  'hit-rate': hitRate,
  ...(recall === null ? {} : { recall }),
  ...(mrr === null ? {} : { mrr }),
});

/** The text of a baseline: JSON with one line a question, in the order of the set, so that a change is one line of a diff. */
export const renderBaseline = (set: GoldenSet, k: number, results: readonly Result[], metrics: Metrics): string => {
  const line = ({ question, held, recall }: Result): string => {
    const members = { digest: question.digest, held, ...(recall === null ? {} : { recall }) };
    const written = Object.entries(members).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
    return `    ${JSON.stringify(question.id)}: { ${written.join(', ')} }`;
  };
  const head = { golden: set.hash, k, ...rememberedMetrics(metrics) };
  const members = Object.entries(head).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  return `{\n${[...members, `  "questions": {\n${results.map(line).join(',\n')}\n  }`].join(',\n')}\n}\n`;
};

/** Reads what `renderBaseline` wrote. Throws `CouldNotLook` when it is something else. */
export const readBaseline = (text: string, shown: string): Baseline => {
  const read = readJson(text);
  const broken = (what: string): CouldNotLook =>
    new CouldNotLook('file-invalid', `the baseline ${shown} ${what}; --update-baseline writes it anew`);
  if (!read.ok) throw broken(`is not JSON: ${read.problem}`);
  const { value } = read;
  if (!isJsonObject(value) || !isJsonObject(value['questions'])) throw broken('holds no questions');
  const k = value['k'];
  if (typeof k !== 'number') throw broken('does not say for how many hits it was made');
  const questions = Object.entries(value['questions']).map(([id, entry]): [string, Remembered] => {
    const remembered = readRemembered(entry);
    if (remembered === null) throw broken(`says nothing of the question ${JSON.stringify(id).slice(0, 80)}`);
    return [id, remembered];
  });
  return { k, metrics: readMetrics(value), questions: new Map(questions) };
};

const readRemembered = (entry: Json): Remembered | null => {
  if (!isJsonObject(entry)) return null;
  const { digest, held, recall } = entry;
  if (typeof digest !== 'string' || typeof held !== 'boolean') return null;
  return { digest, held, recall: typeof recall === 'number' ? recall : null };
};

const readMetrics = (value: JsonObject): Baseline['metrics'] =>
  Object.fromEntries(
    (['hit-rate', 'recall', 'mrr'] as const).flatMap((name) => {
      const metric = value[name];
      return typeof metric === 'number' ? [[name, metric]] : [];
    }),
  );
