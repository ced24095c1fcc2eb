import { isJsonObject, type Json } from '../model/json.ts';
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
  const { tests } = step.facts;
  if (step.kind !== 'playwright' || !Array.isArray(tests)) return [step];
  const { tests: _, ...facts } = step.facts;
  const folder = step.source.file.includes('/') ? step.source.file.replace(/[^/]*$/, '') : '';
  return [
    { ...step, facts },
    ...tests.filter((test: Json) => isJsonObject(test)).map((test) => testStep(step, test, folder)),
  ];
};

const testStep = (step: StepResult, test: { readonly [name: string]: Json }, folder: string): StepResult => {
  const title = textOf(test['title']);
  const outcome = OUTCOMES.get(test['outcome']) ?? null;
  const retries = numberOf(test['retries']);
  const durationMs = numberOf(test['duration']);
  const failed = outcome === 'fail' ? because('assertion-failed', firstLine(textOf(test['error']))) : null;
  const { evidence } = test;
  return {
    ...step,
    id: `${step.id}/${title}`,
    name: `${step.name}/${title}`,
    title,
    leftOut: outcome === null,
    outcome: outcome ?? 'skipped',
    flaky: test['outcome'] === 'flaky',
    reasonCode: failed === null ? null : 'assertion-failed',
    layer: failed?.layer ?? null,
    message: failed?.message ?? (outcome === null ? 'the spec leaves it out' : ''),
    expectations: [],
    source: {
      file: `${folder}${textOf(test['file'])}`,
      line: Math.max(1, numberOf(test['line'])),
      column: Math.max(1, numberOf(test['column'])),
    },
    attempts: Array.from({ length: retries + 1 }, (_, at) => ({
      number: at + 1,
      outcome: at < retries ? 'fail' : (outcome ?? 'skipped'),
      reasonCode: at < retries || outcome === 'fail' ? 'assertion-failed' : null,
      startedAt: step.startedAt ?? '',
      durationMs,
    })),
    durationMs,
    facts: typeof test['error'] === 'string' ? { error: test['error'] } : {},
    evidence: (Array.isArray(evidence) ? evidence : []).flatMap((path: Json) =>
      typeof path === 'string' ? [path] : [],
    ),
  };
};

const firstLine = (text: string): string => text.split('\n').find((line) => line.trim() !== '') ?? 'it failed';
const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const numberOf = (value: Json | undefined): number => (typeof value === 'number' && value >= 0 ? value : 0);
