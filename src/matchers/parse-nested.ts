import type { FactType } from '../model/fact.ts';
import type { Json } from '../model/json.ts';
import { isList } from './equality.ts';
import type { Clause } from './matcher.ts';
import type { MatcherProblem } from './parse.ts';
import type { ReadOperand } from './parse-operand.ts';
import { nameValue } from './parse-value.ts';

/** Reads a matcher inside a matcher, for a value of the type that `inside` gives. */
export const readNested =
  (inside: (type: FactType) => FactType): ReadOperand =>
  (operand, type, matcher, parse) => {
    const parsed = parse(operand, inside(type));
    return 'problems' in parsed ? parsed : { clause: { matcher, expected: asJson(parsed.clauses) } };
  };

/** Reads a list of matchers over the same value: `all` and `any`. */
export const readBranches: ReadOperand = (operand, type, matcher, parse) => {
  if (!isList(operand)) return { problems: [{ path: [], message: `expected a list, found ${nameValue(operand)}` }] };
  if (operand.length === 0) return { problems: [{ path: [], message: 'expected matchers, found an empty list' }] };
  const branches: Json[] = [];
  const problems: MatcherProblem[] = [];
  for (const [index, item] of operand.entries()) {
    const parsed = parse(item, type);
    if ('clauses' in parsed) branches.push(asJson(parsed.clauses));
    else problems.push(...parsed.problems.map((problem) => ({ ...problem, path: [index, ...problem.path] })));
  }
  return problems.length > 0 ? { problems } : { clause: { matcher, expected: branches } };
};

const asJson = (clauses: readonly Clause[]): Json =>
  clauses.map(({ matcher, expected }): Json => ({ matcher, expected }));
