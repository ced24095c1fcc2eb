import { nameValue } from '../../matchers/parse-value.ts';
import type { MatcherProblem } from '../../matchers/parse.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import type { SpecProblem } from '../probe.ts';
import type { Spec } from './schema.ts';
import { IS_SET, mayBeUnset, namesSet, readWanted } from './wanted.ts';

/** What stands at a path inside a written matcher. */
const valueAt = (written: Json, path: MatcherProblem['path']): Json =>
  path.reduce<Json>((value, step) => {
    if (isJsonObject(value)) return Object.hasOwn(value, step) ? (value[step] ?? null) : null;
    return Array.isArray(value) ? (value[Number(step)] ?? null) : null;
  }, written);

/** The value by its type alone: what a variable must be may be as secret as what it is. */
const typeNamed = (value: Json): string => {
  if (value === null) return 'nothing';
  if (typeof value === 'string') return 'a text';
  return typeof value === 'number' ? 'a number' : nameValue(value);
};

const WHOLE = 'write { exists: true } when it only must be set, and a value in quotes when it must be equal';

/** What is wrong without the value that is: the engine quotes patterns, and what was found instead. */
const withoutValue = (message: string, value: Json): string => {
  const found = message.indexOf(', found ');
  return found < 0 ? message.replace(/: `.*$/s, '') : `${message.slice(0, found)}, found ${typeNamed(value)}`;
};

const adviceFor = ({ path, hint = '' }: MatcherProblem, written: Json): string => {
  if (path.length === 0 && !isJsonObject(written)) return `; ${WHOLE}`;
  return hint === '' || hint.startsWith('write "') ? '' : `; ${hint}`;
};

const sentence = (problem: MatcherProblem, written: Json): string =>
  `is not understood: ${withoutValue(problem.message, valueAt(written, problem.path))}${adviceFor(problem, written)}`;

const matcherProblems = (name: string, written: Json): readonly SpecProblem[] => {
  const read = readWanted(written);
  return 'clauses' in read
    ? []
    : read.problems.map((problem) => ({ path: [name, ...problem.path], message: sentence(problem, written) }));
};

const isAlsoUnset = (spec: Spec, name: string): boolean => {
  const written = Object.hasOwn(spec, name) ? spec[name] : undefined;
  const read = written === undefined ? null : readWanted(written);
  return read !== null && 'clauses' in read && mayBeUnset(read.clauses);
};

const setProblems = (spec: Spec): readonly SpecProblem[] =>
  namesSet(spec)
    .filter((name) => isAlsoUnset(spec, name))
    .map((name) => ({ path: [IS_SET], message: `names ${name}, of which exists: false is asked below` }));

/** What can be known to be wrong with an `environment` spec before looking: every matcher that is not understood. */
export const environmentProblems = (spec: Spec): readonly SpecProblem[] => [
  ...Object.entries(spec).flatMap(([name, written]) => (name === IS_SET ? [] : matcherProblems(name, written))),
  ...setProblems(spec),
];
