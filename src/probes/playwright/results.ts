import { isJsonObject, type Json } from '../../model/json.ts';
import { plainError, sentenceOf } from './sentence.ts';

/** Takes secrets out of a text; before it is cut, because a cut could leave the half of one. */
export type Redact = (text: string) => string;

/** A test as far as it has come: `outcome` is what its tries up to now make of it. */
export type TestSeen = {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly project: string;
  readonly outcome: 'passed' | 'failed' | 'flaky' | 'skipped';
  /** An ISO time, of the last try; empty when it was not told. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly retries: number;
  /** How many times the last try asked whether something is as it must be. */
  readonly expects: number;
  /** The last error that there was, and one sentence of it; null when no try failed. */
  readonly error: string | null;
  readonly message: string | null;
  /** What the last try left. */
  readonly attachments: readonly Attachment[];
};

export type Attachment = { readonly name: string; readonly path: string };

/** What the runner has told so far. */
export type Results = {
  /** How many tests there are; null until the runner has found them. */
  readonly found: number | null;
  /** The files that these are in. */
  readonly files: readonly string[];
  /** Tests that ended, by id, in the order of their first try. */
  readonly tests: ReadonlyMap<string, TestSeen>;
  /** Tests that are under way, as `"title" (file:line)`, by id. */
  readonly running: ReadonlyMap<string, string>;
  readonly errors: readonly string[];
  /** Whether the runner has said that it is done. */
  readonly ended: boolean;
};

export const NO_RESULTS: Results = {
  found: null,
  files: [],
  tests: new Map(),
  running: new Map(),
  errors: [],
  ended: false,
};

const OUTCOMES: ReadonlyMap<string, TestSeen['outcome']> = new Map([
  ['expected', 'passed'],
  ['unexpected', 'failed'],
  ['flaky', 'flaky'],
  ['skipped', 'skipped'],
]);

const MOST_TESTS = 2000;
const MOST_ERRORS = 20;
/** Tests at the same time: a few more than the workers that there can be. */
const MOST_RUNNING = 20;
const LONGEST_TITLE = 200;

/** Results after one more line of the runner; a line that is not the reporter's changes nothing. Pure. */
export const resultsAfter = (results: Results, line: string, redact: Redact): Results => {
  const event = parse(line);
  switch (event?.['type']) {
    case 'begin':
      return { ...results, found: number(event['found']), files: list(event['files']).filter(isText) };
    case 'start':
      return withRunning(results, text(event['id']), placeOf(event, redact));
    case 'test':
      return withTest(results, testOf(event, results.tests.get(text(event['id'])), redact));
    case 'error':
      return withError(results, plainError(text(event['text']), redact));
    case 'end':
      return { ...results, ended: true };
    default:
      return results;
  }
};

const withRunning = (results: Results, id: string, place: string): Results => {
  const running: readonly (readonly [string, string])[] = [...results.running, [id, place]];
  return { ...results, running: new Map(running.slice(-MOST_RUNNING)) };
};

const withTest = (results: Results, test: TestSeen): Results => {
  const running = new Map([...results.running].filter(([id]) => id !== test.id));
  if (!results.tests.has(test.id) && results.tests.size >= MOST_TESTS) {
    return withError({ ...results, running }, `there are more than ${MOST_TESTS} tests: run fewer in one step`);
  }
  return { ...results, running, tests: new Map([...results.tests, [test.id, test]]) };
};

/** That there are none shows in their number; beside a spec that cannot be loaded it is no error of its own. */
const NO_TESTS = /^(Error: )?No tests found/;

/** Results with an error that belongs to no test; each is told once. */
export const withError = (results: Results, error: string): Results =>
  results.errors.length >= MOST_ERRORS || results.errors.includes(error) || NO_TESTS.test(error)
    ? results
    : { ...results, errors: [...results.errors, error] };

type Event = { readonly [name: string]: Json };

const parse = (line: string): Event | null => {
  try {
    const value: Json = JSON.parse(line);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
};

const testOf = (event: Event, earlier: TestSeen | undefined, redact: Redact): TestSeen => {
  const error = typeof event['error'] === 'string' ? plainError(event['error'], redact) : null;
  const line = number(event['errorLine']);
  return {
    id: text(event['id']),
    title: redact(text(event['title'])).slice(0, LONGEST_TITLE),
    file: text(event['file']),
    line: number(event['line']),
    column: number(event['column']),
    project: redact(text(event['project'])).slice(0, LONGEST_TITLE),
    // What nobody can tell did not pass.
    outcome: OUTCOMES.get(text(event['outcome'])) ?? 'failed',
    startedAt: instant(text(event['startedAt'])),
    durationMs: number(event['duration']),
    retries: number(event['retry']),
    expects: number(event['expects']),
    error: error ?? earlier?.error ?? null,
    message: error === null ? (earlier?.message ?? null) : `${sentenceOf(error)}${line > 0 ? ` (line ${line})` : ''}`,
    attachments: list(event['attachments']).flatMap((one) =>
      isJsonObject(one) ? [{ name: text(one['name']), path: text(one['path']) }] : [],
    ),
  };
};

const placeOf = (event: Event, redact: Redact): string =>
  `"${redact(text(event['title'])).slice(0, LONGEST_TITLE)}" (${text(event['file']).replace(/.*[/\\]/, '')}:${number(event['line'])})`;

const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);
const isText = (value: Json): value is string => typeof value === 'string';
const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const number = (value: Json | undefined): number => (typeof value === 'number' && value >= 0 ? value : 0);
const instant = (value: string): string => (Number.isNaN(Date.parse(value)) ? '' : new Date(value).toISOString());
