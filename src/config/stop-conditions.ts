import type { Expectation } from '../matchers/expectation.ts';
import { parseMatcher } from '../matchers/parse.ts';
import type { Json } from '../model/json.ts';
import { isJsonObject } from '../model/json.ts';
import { findFact } from './facts.ts';
import type { Finding } from './finding.ts';
import { findingAt } from './finding.ts';
import type { Kind } from './kinds.ts';
import type { SourceFile } from './source-file.ts';
import { positionOf } from './source-file.ts';
import { mapAt } from './written.ts';
import type { Path } from './yaml/places.ts';

export type StopConditions = { readonly stop: readonly Expectation[]; readonly findings: readonly Finding[] };

const AT: Path = ['eventually', 'stop'];

/** Reads `eventually: { stop: ... }` of a check: one condition for each fact, all matchers of which must hold. */
export const readStopConditions = (check: Json, kind: Kind, file: SourceFile, path: Path): StopConditions => {
  const stop: Expectation[] = [];
  const findings: Finding[] = [];
  for (const [fact, written] of Object.entries(mapAt(check, AT))) {
    const at = [...path, ...AT, fact];
    const found = findFact(fact, kind.kind, kind.facts);
    if (!found.ok) {
      findings.push(findingAt(file, at, 'key', found.message, { hint: found.hint }));
      continue;
    }
    const parsed = parseMatcher(written, found.definition.type);
    if ('problems' in parsed) {
      const told = parsed.problems.map(({ path: inner, message, hint = null }) =>
        findingAt(file, [...at, ...inner], inner.length === 0 ? 'value' : 'key', message, { hint }),
      );
      findings.push(...told);
      continue;
    }
    const [only, second] = parsed.clauses;
    const clauses = parsed.clauses.map(({ matcher, expected }): Json => ({ matcher, expected }));
    const clause =
      only !== undefined && second === undefined ? only : ({ matcher: 'all', expected: [clauses] } as const);
    const source = positionOf(file, at, isJsonObject(written) ? 'key' : 'value');
    stop.push({ fact, ...clause, level: 'expect', code: null, source });
  }
  return { stop, findings };
};
