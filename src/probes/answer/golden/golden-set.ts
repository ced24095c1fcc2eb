import { isList } from '../../../matchers/equality.ts';
import { readJson } from '../../http/json-text.ts';
import { digestOf, readQuestion, type LineProblem, type Question } from './question.ts';
import { yamlEntries, type Entry } from './yaml-entries.ts';

/** Questions with known answers. The hash changes with what is asked, and not with order or form. */
export type GoldenSet = { readonly questions: readonly Question[]; readonly hash: string };

export type SetReading =
  { readonly ok: true; readonly set: GoldenSet } | { readonly ok: false; readonly problems: readonly LineProblem[] };

const MOST_QUESTIONS = 5000;
const MOST_PROBLEMS = 50;

/** Reads a set: JSON lines when `path` ends in `.jsonl` or `.ndjson`, else a YAML list. All that is wrong is told at once. Pure. */
export const readGoldenSet = (text: string, path: string): SetReading => {
  const entries = /\.(?:jsonl|ndjson)$/i.test(path) ? jsonEntries(text) : yamlEntries(text);
  if (!isListOf(entries)) return { ok: false, problems: [entries] };
  if (entries.length > MOST_QUESTIONS) return refused(1, `holds more than ${MOST_QUESTIONS} questions`);
  const read = entries.map(({ value, line }) => readQuestion(value, line));
  const questions = read.filter(isQuestion);
  const problems = [...read.flatMap((one) => (isQuestion(one) ? [] : one)), ...repeated(questions)];
  if (problems.length > 0) return { ok: false, problems: problems.slice(0, MOST_PROBLEMS) };
  if (questions.every(({ abstain }) => abstain)) {
    const what =
      questions.length === 0 ? 'no question' : 'no question but negative controls, which an empty index passes';
    return refused(1, `holds ${what}`);
  }
  const digests = questions.map(({ digest }) => digest).toSorted();
  return { ok: true, set: { questions, hash: digestOf(digests) } };
};

const refused = (line: number, message: string): SetReading => ({ ok: false, problems: [{ line, message }] });

const isQuestion = (read: Question | readonly LineProblem[]): read is Question => !Array.isArray(read);
const isListOf = (entries: readonly Entry[] | LineProblem): entries is readonly Entry[] => Array.isArray(entries);

/** One JSON object on each line; empty lines are passed over. */
const jsonEntries = (text: string): readonly Entry[] | LineProblem => {
  const entries: Entry[] = [];
  for (const [at, written] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    if (written.trim() === '') continue;
    const read = readJson(written);
    if (!read.ok) return { line: at + 1, message: `is not JSON: ${read.problem}` };
    if (isList(read.value)) return { line: at + 1, message: 'is a list: each line of a .jsonl file is one question' };
    entries.push({ line: at + 1, value: read.value });
  }
  return entries;
};

/** Two questions with one id cannot be told apart, and one that is asked twice counts twice. */
const repeated = (questions: readonly Question[]): readonly LineProblem[] => {
  const ids = new Map<string, number>();
  const asks = new Map<string, number>();
  return questions.flatMap(({ id, ask, line }) => {
    const sameId = ids.get(id);
    const sameAsk = asks.get(ask.trim());
    ids.set(id, sameId ?? line);
    asks.set(ask.trim(), sameAsk ?? line);
    if (sameId !== undefined) return [{ line, message: `the id "${id}" stands at line ${sameId} already` }];
    return sameAsk === undefined ? [] : [{ line, message: `asks the same as line ${sameAsk}` }];
  });
};
