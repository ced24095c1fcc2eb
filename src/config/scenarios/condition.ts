import type { Expectation } from '../../matchers/expectation.ts';
import { parseMatcher } from '../../matchers/parse.ts';
import type { Json } from '../../model/json.ts';
import type { Finding } from '../finding.ts';
import { findingAt } from '../finding.ts';
import { suggestName } from '../references.ts';
import type { SourceFile } from '../source-file.ts';
import { positionOf } from '../source-file.ts';
import { valueAt } from '../value-at.ts';
import { mapAt } from '../written.ts';
import type { Path } from '../yaml/places.ts';
import type { Rename } from './fragment-scope.ts';

export type ConditionRead = {
  readonly condition: readonly Expectation[] | null;
  readonly findings: readonly Finding[];
};

/** Reads `if:` of a step: captured values by name, each with matchers. All must hold for the step to be made. */
export const readCondition = (
  step: Json,
  captured: ReadonlySet<string>,
  rename: Rename,
  file: SourceFile,
  path: Path,
): ConditionRead => {
  if (valueAt(step, ['if']) === undefined) return { condition: null, findings: [] };
  const condition: Expectation[] = [];
  const findings: Finding[] = [];
  for (const [writtenName, written] of Object.entries(mapAt(step, ['if']))) {
    const name = rename(writtenName);
    const at = [...path, 'if', writtenName];
    if (!captured.has(name)) {
      const known = new Map([...captured].map((one) => [one, null]));
      const hint = (): string => suggestName(writtenName, 'captured value', known);
      findings.push(findingAt(file, at, 'key', `no earlier step captures "${writtenName}"`, { hint }));
      continue;
    }
    const parsed = parseMatcher(written, 'json');
    if ('problems' in parsed) {
      findings.push(...parsed.problems.map((one) => findingAt(file, [...at, ...one.path], 'value', one.message)));
      continue;
    }
    const source = positionOf(file, at, 'value');
    condition.push(
      ...parsed.clauses.map((clause) => ({ fact: name, ...clause, level: 'expect', code: null, source }) as const),
    );
  }
  return { condition, findings };
};
