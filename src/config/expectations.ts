import type { Expectation } from '../matchers/expectation.ts';
import { parseMatcher } from '../matchers/parse.ts';
import type { FactDefinition } from '../model/fact.ts';
import type { Json } from '../model/json.ts';
import { isJsonObject } from '../model/json.ts';
import type { Level } from '../model/outcome.ts';
import { closest } from '../model/suggest.ts';
import { findFact } from './facts.ts';
import type { Finding } from './finding.ts';
import { findingAt } from './finding.ts';
import type { Kind } from './kinds.ts';
import type { SourceFile } from './source-file.ts';
import { positionOf } from './source-file.ts';
import type { Path } from './yaml/places.ts';
import { mapAt } from './written.ts';

export type Expectations = { readonly expectations: readonly Expectation[]; readonly findings: readonly Finding[] };

/** What several looks say about how long they took, instead of one duration. */
const STATISTICS = ['p50', 'p95', 'p99', 'max', 'mean'];

type Asked = { readonly fact: string; readonly written: Json; readonly path: Path };

type Site = {
  readonly file: SourceFile;
  /** Of the check. */
  readonly path: Path;
  readonly level: Level;
  readonly kind: Kind;
  readonly sampled: boolean;
};

/** Reads `expect:` or `warn:` of a check: one expectation for each matcher. */
export const readExpectations = (check: Json, site: Site): Expectations => {
  const results = Object.entries(mapAt(check, [site.level])).map(([fact, written]) =>
    readFact({ fact, written, path: [...site.path, site.level, fact] }, site),
  );
  return {
    expectations: results.flatMap(({ expectations }) => expectations),
    findings: results.flatMap(({ findings }) => findings),
  };
};

const readFact = (asked: Asked, site: Site): Expectations => {
  const dot = asked.fact.indexOf('.');
  const isDuration = (dot < 0 ? asked.fact : asked.fact.slice(0, dot)) === 'duration';
  if (isDuration) return readDuration(asked, asked.fact.slice('duration.'.length), site);
  return readPlain(asked, asked.fact, site);
};

const readPlain = (asked: Asked, lookedUp: string, site: Site): Expectations => {
  const found = findFact(lookedUp, site.kind.kind, site.kind.facts);
  const wrong = found.ok ? (site.kind.factProblem?.(lookedUp) ?? null) : null;
  if (wrong !== null) return refuse(findingAt(site.file, asked.path, 'key', wrong));
  if (found.ok) return readMatchers(asked, found.definition, site);
  return refuse(findingAt(site.file, asked.path, 'key', found.message, { hint: found.hint }));
};

/** `duration: { p95: ... }` or `duration.p95: ...` with samples; a plain `duration` without. */
const readDuration = (asked: Asked, statistic: string, site: Site): Expectations => {
  const { file } = site;
  const { written, path } = asked;
  if (statistic !== '') {
    if (!STATISTICS.includes(statistic)) return refuse(unknownStatistic(file, path, statistic));
    return site.sampled ? readPlain(asked, 'duration', site) : refuse(needsSamples(file, path, statistic));
  }
  const keys = isJsonObject(written) ? Object.keys(written) : [];
  const statistics = keys.filter((key) => STATISTICS.includes(key));
  if (!site.sampled) {
    const [first] = statistics;
    return first === undefined
      ? readPlain(asked, 'duration', site)
      : refuse(needsSamples(file, [...path, first], first));
  }
  if (keys.length === 0 || statistics.length === 0) {
    return refuse(
      findingAt(file, path, 'key', 'several samples have several durations: say which one', {
        hint: 'duration: { p95: { below: 300ms } }',
      }),
    );
  }
  const parts = Object.entries(isJsonObject(written) ? written : {}).map(([key, value]) =>
    readDuration({ fact: `duration.${key}`, written: value, path: [...path, key] }, key, site),
  );
  return {
    expectations: parts.flatMap(({ expectations }) => expectations),
    findings: parts.flatMap(({ findings }) => findings),
  };
};

const unknownStatistic = (file: SourceFile, path: Path, name: string): Finding => {
  const near = closest(name, STATISTICS);
  const hint = near === null ? `write one of ${STATISTICS.join(', ')}` : `did you mean "${near}"?`;
  return findingAt(file, path, 'key', `there is no statistic "${name}" of durations`, { hint });
};

const needsSamples = (file: SourceFile, path: Path, name: string): Finding =>
  findingAt(file, path, 'key', `"${name}" needs more than one sample`, { hint: 'add samples: 20 to the check' });

const readMatchers = (asked: Asked, definition: FactDefinition, site: Site): Expectations => {
  const { fact, written, path } = asked;
  const parsed = parseMatcher(written, definition.type);
  if ('problems' in parsed) {
    const findings = parsed.problems.map((problem) => {
      const isName = problem.message.startsWith('there is no matcher');
      const extras = problem.hint === undefined ? {} : { hint: problem.hint };
      return findingAt(site.file, [...path, ...problem.path], isName ? 'key' : 'value', problem.message, extras);
    });
    return { expectations: [], findings };
  }
  const expectations = parsed.clauses.map(({ matcher, expected }): Expectation => {
    const isKey = isJsonObject(written) && Object.hasOwn(written, matcher);
    const source = positionOf(site.file, isKey ? [...path, matcher] : path, 'value');
    return { fact, type: definition.type, matcher, expected, level: site.level, code: definition.code ?? null, source };
  });
  return { expectations, findings: [] };
};

const refuse = (finding: Finding): Expectations => ({ expectations: [], findings: [finding] });
