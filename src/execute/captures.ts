import type { Capture, Captured } from '../config/config.ts';
import { MIN_SECRET_LENGTH } from '../config/secrets.ts';
import type { Break, ExpectationResult } from '../matchers/expectation.ts';
import { isList } from '../matchers/equality.ts';
import { isPath, readFact } from '../matchers/fact.ts';
import { selectJson } from '../matchers/json-path.ts';
import { compilePattern } from '../matchers/pattern.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import type { Facts } from '../model/observation.ts';
import type { Session } from '../probes/session.ts';

/** What an answer left, and a broken expectation for each value that was not there or cannot be taken. */
export type CapturesRead = { readonly captured: Captured; readonly missing: readonly ExpectationResult[] };

/** More than that is no value for a later step: it would come back in addresses, requests and reports. */
const LONGEST = 64 * 1024;
const MOST_SECRETS = 50;

/** Reads what a step captures out of whole facts and the session, before anything is trimmed or redacted. */
export const readCaptures = (captures: readonly Capture[], facts: Facts, session: Session): CapturesRead => {
  const captured: [string, Json][] = [];
  const missing: ExpectationResult[] = [];
  for (const capture of captures) {
    const value = valueOf(capture.from, facts, session);
    const flaw = value === undefined ? null : flawOf(value, capture.secret);
    if (value !== undefined && flaw === null) captured.push([capture.name, value]);
    else missing.push(value === undefined ? notThere(capture) : unfit(capture, flaw ?? ''));
  }
  return { captured: Object.fromEntries(captured), missing };
};

/** The texts that have to be hidden for a captured value to be: every one in it that is long enough. */
export const secretTexts = (value: Json): readonly string[] =>
  [...new Set(leavesOf(value))].filter(({ length }) => length >= MIN_SECRET_LENGTH);

const leavesOf = (value: Json): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (isList(value)) return value.flatMap(leavesOf);
  return isJsonObject(value) ? Object.values(value).flatMap(leavesOf) : [];
};

const flawOf = (value: Json, secret: boolean): string | null => {
  const { length } = typeof value === 'string' ? value : JSON.stringify(value);
  if (length > LONGEST) return `is ${length} characters long, and at most ${LONGEST} are taken`;
  if (!secret) return null;
  const { length: count } = secretTexts(value);
  if (count === 0) return `is a secret of fewer than ${MIN_SECRET_LENGTH} characters: it cannot be hidden in reports`;
  return count > MOST_SECRETS ? `holds more than ${MOST_SECRETS} secrets: capture the one that is needed` : null;
};

const valueOf = (from: Capture['from'], facts: Facts, session: Session): Json | undefined => {
  if (from.kind === 'header') {
    const name = from.name.toLowerCase();
    const sent = session.headers.find(([one]) => one.toLowerCase() === name)?.[1];
    return sent ?? readFact(facts, `headers.${name}`);
  }
  if (from.kind === 'cookie') return session.jar.findLast(({ name }) => name === from.name)?.value;
  const value = isPath(from.fact) ? atPath(from.fact, facts['json']) : readFact(facts, from.fact);
  if (from.pattern === null) return value;
  const pattern = compilePattern(from.pattern);
  if (typeof value !== 'string' || typeof pattern === 'string') return undefined;
  return pattern.find(value) ?? undefined;
};

/** A JSONPath that can name several values and names none names nothing; an empty list that it names is a value. */
const atPath = (path: string, json: Json | undefined): Json | undefined => {
  const selection = json === undefined ? null : selectJson(path, json);
  if (selection?.state === 'value') return selection.value;
  return selection?.state === 'nodes' && selection.value.length > 0 ? selection.value : undefined;
};

const notThere = (capture: Capture): ExpectationResult => {
  const { name, from } = capture;
  const where = from.kind === 'cookie' ? 'session' : 'answer';
  const told = `there is nothing to capture as "${name}": ${placeOf(from).text} is not in the ${where}`;
  return broken(capture, 'missing', told);
};

const unfit = (capture: Capture, flaw: string): ExpectationResult =>
  broken(capture, 'different', `what was captured as "${capture.name}" ${flaw}`);

const broken = ({ from, source }: Capture, how: Break, explanation: string): ExpectationResult => ({
  fact: placeOf(from).fact,
  matcher: 'exists',
  expected: true,
  level: 'expect',
  code: how === 'missing' ? 'value-missing' : 'assertion-failed',
  source,
  held: false,
  break: how,
  explanation,
});

const placeOf = (from: Capture['from']): { readonly fact: string; readonly text: string } => {
  if (from.kind === 'header') return { fact: `headers.${from.name.toLowerCase()}`, text: `the header ${from.name}` };
  if (from.kind === 'cookie') return { fact: 'headers.set-cookie', text: `a cookie ${from.name}` };
  return { fact: from.fact, text: from.pattern === null ? from.fact : `what fits ${from.pattern}` };
};
