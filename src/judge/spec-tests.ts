import { posix } from 'node:path';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import type { Outcome } from '../model/outcome.ts';
import type { StepResult } from '../model/run.ts';
import { because } from './assess.ts';

const OUTCOMES: ReadonlyMap<Json | undefined, Outcome> = new Map([
  ['passed', 'pass'],
  ['flaky', 'pass'],
  ['failed', 'fail'],
]);

/**
 * A step that ran specs, and after it a step for each of their tests, so that every test is reported with its own
 * outcome, place and evidence. Other steps stay as they are.
 */
export const withSpecTests = (step: StepResult): readonly StepResult[] => {
  const { tests, ...facts } = step.facts;
  if (step.kind !== 'playwright' || !Array.isArray(tests)) return [step];
  const shown = tests.filter((test: Json) => isJsonObject(test));
  const names = uniqueNames(shown);
  const steps = shown.map((test, at) => testStep(step, test, names[at] ?? ''));
  const own = new Set(steps.flatMap(({ evidence }) => evidence));
  return [{ ...step, facts, evidence: step.evidence.filter((path) => !own.has(path)) }, ...steps, ...rest(step, shown)];
};

/** Titles, told apart where several tests have the same: by project, by place, and at last by number. */
const uniqueNames = (tests: readonly JsonObject[]): readonly string[] => {
  const ways: readonly ((test: JsonObject) => string)[] = [
    ({ title }) => textOf(title),
    ({ title, project }) => (textOf(project) === '' ? textOf(title) : `${textOf(project)}: ${textOf(title)}`),
    ({ title, project, file, line }) =>
      `${[textOf(project), textOf(title)].filter((part) => part !== '').join(': ')} (${textOf(file)}:${numberOf(line)})`,
  ];
  const distinct = ways.map((way) => tests.map(way)).find((names) => new Set(names).size === names.length);
  return distinct ?? tests.map((test, at) => `${textOf(test['title'])} #${at + 1}`);
};

const testStep = (step: StepResult, test: JsonObject, name: string): StepResult => {
  const outcome = OUTCOMES.get(test['outcome']) ?? null;
  const failed = outcome === 'fail' ? because('assertion-failed', textOf(test['message'])) : null;
  const startedAt = textOf(test['started-at']) || step.startedAt;
  const { evidence } = test;
  return {
    ...step,
    id: `${step.id}/${name}`,
    name: `${step.name}/${name}`,
    title: name,
    leftOut: outcome === null,
    outcome: outcome ?? 'skipped',
    flaky: test['outcome'] === 'flaky',
    reasonCode: failed?.code ?? null,
    layer: failed?.layer ?? null,
    message: failed?.message ?? (outcome === null ? 'the spec leaves it out' : ''),
    expectations: [],
    layers: [],
    source: {
      file: posix.join(posix.dirname(step.source.file), textOf(test['file'])),
      line: Math.max(1, numberOf(test['line'])),
      column: Math.max(1, numberOf(test['column'])),
    },
    attempts: outcome === null || startedAt === null ? [] : attemptsOf(test, outcome, startedAt),
    attemptsAllowed: Math.max(step.attemptsAllowed, numberOf(test['retries']) + 1),
    startedAt,
    durationMs: numberOf(test['duration']),
    timings: {},
    facts: {},
    tryCommand: step.tryCommand === null ? null : [...step.tryCommand, '--grep', pattern(textOf(test['title']))],
    runbook: failed === null ? null : step.runbook,
    waiver: failed === null ? null : step.waiver,
    evidence: (Array.isArray(evidence) ? evidence : []).flatMap((path: Json) =>
      typeof path === 'string' ? [path] : [],
    ),
  };
};

/** Every try; of the ones before the last only that they failed is known. */
const attemptsOf = (test: JsonObject, outcome: Outcome, startedAt: string): StepResult['attempts'] => {
  const retries = numberOf(test['retries']);
  return Array.from({ length: retries + 1 }, (_, at) => {
    const own = at < retries ? 'fail' : outcome;
    return {
      number: at + 1,
      outcome: own,
      reasonCode: own === 'fail' ? 'assertion-failed' : null,
      startedAt,
      durationMs: at < retries ? 0 : numberOf(test['duration']),
    };
  });
};

/** What stands for tests that a report has no room for: they count, and are not silently gone. */
const rest = (step: StepResult, shown: readonly JsonObject[]): readonly StepResult[] => {
  const hidden = numberOf(step.facts['total']) - numberOf(step.facts['not-run']) - shown.length;
  if (hidden <= 0) return [];
  const name = `${hidden} more tests`;
  const message = `${name} are in the counts of the step "${step.name}" and not shown one by one`;
  return [
    {
      ...step,
      id: `${step.id}/${name}`,
      name: `${step.name}/${name}`,
      title: name,
      facts: {},
      evidence: [],
      ...QUIET,
      message,
    },
  ];
};

const QUIET: Partial<StepResult> = {
  leftOut: true,
  outcome: 'skipped',
  flaky: false,
  reasonCode: null,
  layer: null,
  expectations: [],
  layers: [],
  attempts: [],
  timings: {},
  runbook: null,
  waiver: null,
};

/** The title of a test as the runner takes one, which is a regular expression; groups are joined by a space there. */
const pattern = (title: string): string => title.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll(': ', ':? ');
const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown): number => (typeof value === 'number' && value >= 0 ? value : 0);
