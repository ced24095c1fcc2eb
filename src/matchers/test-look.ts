import { expect } from 'vitest';
import type { FactType } from '../model/fact.ts';
import type { Json } from '../model/json.ts';
import type { Facts } from '../model/observation.ts';
import { evaluate } from './evaluate.ts';
import type { Expectation, ExpectationResult } from './expectation.ts';
import { parseMatcher } from './parse.ts';

/** How facts fare against what is written behind them, for tests. */

export const NOW = new Date('2026-11-21T12:00:00Z');

/** What is written behind a fact, as an expectation; its first clause where it holds several. */
export const expectation = (fact: string, written: Json, type: FactType): Expectation => {
  const parsed = parseMatcher(written, type);
  const [clause] = 'clauses' in parsed ? parsed.clauses : [];
  if (clause === undefined) return expect.fail(JSON.stringify(parsed));
  return { fact, type, ...clause, level: 'expect', code: null, source: null };
};

export const look = (facts: Facts, fact: string, written: Json, type: FactType = 'json'): ExpectationResult =>
  evaluate(expectation(fact, written, type), facts, NOW);

/** How a value fares: `held`, or how it broke. */
export const fate = (value: Json, written: Json, type: FactType = 'json'): string =>
  look({ value }, 'value', written, type).break ?? 'held';

/** Why a value does not hold; empty when it does. */
export const explain = (value: Json, written: Json, type: FactType = 'json'): string =>
  look({ value }, 'value', written, type).explanation;
