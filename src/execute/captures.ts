import type { Capture, Captured } from '../config/config.ts';
import type { ExpectationResult } from '../matchers/expectation.ts';
import { readFact } from '../matchers/fact.ts';
import { compilePattern } from '../matchers/pattern.ts';
import type { Json } from '../model/json.ts';
import type { Facts } from '../model/observation.ts';
import type { Session } from '../probes/session.ts';

/** What an answer left, and a broken expectation for each value that was not there. */
export type CapturesRead = { readonly captured: Captured; readonly missing: readonly ExpectationResult[] };

/** Reads what a step captures out of whole facts and the session, before anything is trimmed or redacted. */
export const readCaptures = (captures: readonly Capture[], facts: Facts, session: Session): CapturesRead => {
  const found = captures.map((capture) => [capture, valueOf(capture.from, facts, session)] as const);
  return {
    captured: Object.fromEntries(
      found.flatMap(([{ name }, value]) => (value === undefined ? [] : [[name, value] as const])),
    ),
    missing: found.filter(([, value]) => value === undefined).map(([capture]) => missing(capture)),
  };
};

const valueOf = (from: Capture['from'], facts: Facts, session: Session): Json | undefined => {
  if (from.kind === 'header') {
    return session.headers.find(([name]) => name.toLowerCase() === from.name.toLowerCase())?.[1];
  }
  if (from.kind === 'cookie') return session.jar.findLast(({ name }) => name === from.name)?.value;
  const value = readFact(facts, from.fact);
  if (from.pattern === null) return isNothing(value) ? undefined : value;
  const pattern = compilePattern(from.pattern);
  if (typeof value !== 'string' || typeof pattern === 'string') return undefined;
  return pattern.find(value) ?? undefined;
};

/** A JSONPath that can name several values and names none gives an empty list. */
const isNothing = (value: Json | undefined): boolean => Array.isArray(value) && value.length === 0;

const missing = ({ name, from, source }: Capture): ExpectationResult => {
  const place = placeOf(from);
  return {
    fact: place.fact,
    matcher: 'exists',
    expected: true,
    level: 'expect',
    code: 'value-missing',
    source,
    held: false,
    break: 'missing',
    explanation: `there is nothing to capture as "${name}": ${place.text} is not in the answer`,
  };
};

const placeOf = (from: Capture['from']): { readonly fact: string; readonly text: string } => {
  if (from.kind === 'header') return { fact: `headers.${from.name.toLowerCase()}`, text: `the header ${from.name}` };
  if (from.kind === 'cookie') return { fact: 'headers.set-cookie', text: `a cookie ${from.name}` };
  return { fact: from.fact, text: from.pattern === null ? from.fact : `what fits ${from.pattern}` };
};
