import type { FactType } from '../model/fact.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { closest } from '../model/suggest.ts';
import { MATCHERS, type Clause, type MatcherName } from './matcher.ts';

import { operandReaders, type ReadOperand } from './parse-operand.ts';
import { parseStatuses } from './parse-status.ts';
import { parseValue } from './parse-value.ts';

/** One thing that is wrong in a written matcher; `path` leads to it from the matcher's own root. */
export type MatcherProblem = {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly hint?: string;
};

/** The clauses that must all hold, or everything that is wrong. */
export type ParsedMatcher = { readonly clauses: readonly Clause[] } | { readonly problems: readonly MatcherProblem[] };

/**
 * Reads what stands behind a fact in `expect:`: a bare value means equality (for a status also `2xx` and lists),
 * a mapping holds matchers, all of which must hold. Units are resolved by the fact's type.
 */
export const parseMatcher = (written: Json, type: FactType): ParsedMatcher =>
  isJsonObject(written) ? parseMapping(written, type) : parseBare(written, type);

const parseBare = (written: Json, type: FactType): ParsedMatcher => {
  if (type === 'status') {
    const parsed = parseStatuses(written);
    return 'message' in parsed
      ? { problems: [{ path: [], ...parsed }] }
      : { clauses: [{ matcher: 'status', expected: parsed.statuses }] };
  }
  const parsed = parseValue(written, type);
  if ('message' in parsed) return { problems: [{ path: [], ...parsed }] };
  return { clauses: [{ matcher: 'equals', expected: parsed.value }] };
};

const parseMapping = (written: JsonObject, type: FactType): ParsedMatcher => {
  const names = Object.keys(written);
  if (names.length === 0) return { problems: [{ path: [], message: 'expected a matcher, found an empty mapping' }] };
  const clauses: Clause[] = [];
  const problems: MatcherProblem[] = [];
  for (const [name, operand] of Object.entries(written)) {
    const parsed = parseClause(name, operand, type);
    if ('clause' in parsed) clauses.push(parsed.clause);
    else problems.push(...parsed.problems.map((problem) => ({ ...problem, path: [name, ...problem.path] })));
  }
  return problems.length > 0 ? { problems } : { clauses };
};

type ParsedClause = { readonly clause: Clause } | { readonly problems: readonly MatcherProblem[] };

const parseClause = (name: string, operand: Json, type: FactType): ParsedClause => {
  if (!isWritten(name)) return { problems: [unknownMatcher(name)] };
  const read: ReadOperand = operandReaders[name];
  return read(operand, type, name, parseMatcher);
};

/** `status` is only ever the normal form of a bare status. */
type WrittenMatcher = Exclude<MatcherName, 'status'>;

const WRITTEN: readonly string[] = MATCHERS.filter((name) => name !== 'status');
const isWritten = (name: string): name is WrittenMatcher => WRITTEN.includes(name);

const unknownMatcher = (name: string): MatcherProblem => {
  const suggestion = closest(name, WRITTEN);
  const message = `there is no matcher "${name}"`;
  const hint =
    suggestion === null
      ? `the matchers are ${WRITTEN.join(', ')}; for a mapping as a value write equals`
      : `did you mean "${suggestion}"?`;
  return { path: [], message, hint };
};
