import type { Clause } from '../../matchers/matcher.ts';
import type { Json } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';
import type { Facts, Sign } from '../../model/observation.ts';
import type { Spec } from './schema.ts';
import { matcherNames, wantedOf, type Wanted } from './wanted.ts';

const member = (facts: Facts, family: string, name: string): Json | undefined => {
  const members = facts[family];
  return isJsonObject(members) && Object.hasOwn(members, name) ? members[name] : undefined;
};

const isForbidden = ({ matcher, expected }: Clause): boolean => matcher === 'exists' && expected === false;

const missing = (name: string): string => `${name} is not set, and ${name}_FILE points to no file with a value`;

const invalid = ({ name, clauses }: Wanted): string =>
  clauses.some(isForbidden)
    ? `${name} is set and must not be`
    : `${name} is set, and its value is not what the check asks by ${matcherNames(clauses).join(', ')}`;

const MOST_NAMED = 5;

/** What else is wrong: a person who mends one variable wants to know of the others. */
const others = (name: string, wrong: readonly Wanted[]): string => {
  const names = wrong.map((one) => one.name).filter((one) => one !== name);
  const more = names.length - MOST_NAMED;
  const named = `${names.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return names.length === 0 ? '' : `; nor is ${named} as it must be`;
};

/** Why a variable is not as the check asks. Names variables and matchers, never a value or what was expected of it. */
export const explainEnvironment = (facts: Facts, spec: Spec): readonly Sign[] => {
  const wrong = wantedOf(spec).filter(({ name }) => member(facts, 'valid', name) === false);
  return wrong.flatMap((wanted): readonly Sign[] => {
    const { name } = wanted;
    const rest = others(name, wrong);
    if (member(facts, 'present', name) !== false) {
      return [{ code: 'variable-invalid', fact: `valid.${name}`, message: `${invalid(wanted)}${rest}` }];
    }
    const message = `${missing(name)}${rest}`;
    return [`valid.${name}`, `present.${name}`].map((fact) => ({ code: 'variable-missing', fact, message }));
  });
};
