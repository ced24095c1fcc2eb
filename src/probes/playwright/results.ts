import { isJsonObject, type Json } from '../../model/json.ts';

/** How a test ended, as its last try left it. */
export type TestSeen = {
  readonly title: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly project: string;
  readonly outcome: 'passed' | 'failed' | 'flaky' | 'skipped';
  readonly durationMs: number;
  readonly retries: number;
  readonly error: string | null;
  readonly attachments: readonly { readonly name: string; readonly path: string }[];
};

/** What the runner has told so far. */
export type Results = {
  readonly tests: readonly TestSeen[];
  readonly errors: readonly string[];
  /** Null until the runner has said that it is done. */
  readonly status: string | null;
};

export const NO_RESULTS: Results = { tests: [], errors: [], status: null };

const OUTCOMES: ReadonlyMap<string, TestSeen['outcome']> = new Map([
  ['expected', 'passed'],
  ['unexpected', 'failed'],
  ['flaky', 'flaky'],
  ['skipped', 'skipped'],
]);

const MOST_TESTS = 2000;
const MOST_ERRORS = 50;
const MOST_TEXT = 2000;

/** Results after one more line of the runner; a line that is not the reporter's changes nothing. */
export const resultsAfter = (results: Results, line: string): Results => {
  const event = parse(line);
  if (event === null) return results;
  if (event['type'] === 'end') return { ...results, status: text(event['status']) };
  if (event['type'] === 'error') {
    if (results.errors.length >= MOST_ERRORS) return results;
    return { ...results, errors: [...results.errors, plain(text(event['text']))] };
  }
  if (event['type'] !== 'test' || event['last'] !== true || results.tests.length >= MOST_TESTS) return results;
  return { ...results, tests: [...results.tests, testOf(event)] };
};

type Event = { readonly [name: string]: Json };

const parse = (line: string): Event | null => {
  try {
    const value: Json = JSON.parse(line);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
};

const testOf = (event: Event): TestSeen => {
  const { attachments } = event;
  return {
    title: text(event['title']).slice(0, MOST_TEXT),
    file: text(event['file']),
    line: number(event['line']),
    column: number(event['column']),
    project: text(event['project']),
    // What nobody can tell did not pass.
    outcome: OUTCOMES.get(text(event['outcome'])) ?? 'failed',
    durationMs: number(event['duration']),
    retries: number(event['retry']),
    error: typeof event['error'] === 'string' ? plain(event['error']) : null,
    attachments: (Array.isArray(attachments) ? attachments : []).flatMap((one: Json) =>
      isJsonObject(one) ? [{ name: text(one['name']), path: text(one['path']) }] : [],
    ),
  };
};

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const number = (value: Json | undefined): number => (typeof value === 'number' && value >= 0 ? value : 0);

/** Without the colours that the runner gives to its messages. */
const plain = (message: string): string =>
  // oxlint-disable-next-line no-control-regex -- it is a control sequence that is taken out
  message.replaceAll(/\u001B\[[0-9;]*m/g, '').slice(0, MOST_TEXT);
