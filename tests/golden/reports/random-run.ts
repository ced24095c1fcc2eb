import fc from 'fast-check';
import { LAYERS } from '../../../src/model/layer.ts';
import { OUTCOMES, VERDICTS } from '../../../src/model/outcome.ts';
import { REASON_CODES } from '../../../src/model/reason-code.ts';
import type { CheckResult, Run } from '../../../src/model/run.ts';
import { blocked, gate, passed, platform, run, runbook } from './build.ts';
import { HOSTILE } from './hostile.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '',
    HOSTILE,
    '::error::x',
    '\u001b[31m',
    '<b>',
    ']]>',
    '`',
    '|',
    '##[error]x',
    '\ud800',
    ' '.repeat(50),
  ),
);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const position = fc.record({
  file: text,
  line: fc.integer({ min: 1, max: 9999 }),
  column: fc.integer({ min: 1, max: 300 }),
});

const expectation = fc.record({
  fact: text,
  matcher: fc.constantFrom('equals', 'status', 'below', 'in', 'not', 'every', 'unheard-of'),
  expected: fc.jsonValue(),
  actual: fc.jsonValue(),
  held: fc.boolean(),
  level: fc.constantFrom('expect' as const, 'warn' as const),
  explanation: text,
  source: maybe(position),
});

const check = (id: string): fc.Arbitrary<CheckResult> =>
  fc
    .record({
      title: text,
      target: text,
      component: maybe(text),
      owner: fc.constantFrom(null, platform),
      outcome: fc.constantFrom(...OUTCOMES),
      flaky: fc.boolean(),
      reasonCode: maybe(fc.constantFrom(...REASON_CODES)),
      layer: maybe(fc.constantFrom(...LAYERS)),
      message: text,
      causedBy: maybe(text),
      expectations: fc.array(expectation, { maxLength: 3 }),
      source: position,
      durationMs: maybe(fc.integer({ min: 0, max: 10_000_000 })),
      facts: fc.dictionary(
        fc.oneof(text, fc.constantFrom('chain', 'chains', 'loop', 'tls', 'status')),
        fc.jsonValue(),
        { maxKeys: 4 },
      ),
      runbook: fc.constantFrom(null, runbook('a.md', 'b', 'B', ['do `this`', 'then that'])),
      tryCommand: maybe(fc.array(text, { maxLength: 3 })),
    })
    .map((changes) => passed(id, 1, changes));

/** Any run that the types allow, coherent or not: a report must not depend on the rest of the pipeline being right. */
export const anyRun: fc.Arbitrary<Run> = fc
  .uniqueArray(fc.oneof(fc.stringMatching(/^check-[a-z]{1,12}$/), fc.constant(HOSTILE)), { maxLength: 6 })
  .chain((ids) =>
    fc.record({
      checks: fc.tuple(...ids.map(check)),
      verdict: fc.constantFrom(...VERDICTS),
      blockerVerdict: fc.constantFrom(...VERDICTS),
      reasons: fc.array(text, { maxLength: 7 }),
      banners: fc.array(text, { maxLength: 2 }),
      complete: fc.boolean(),
      name: text,
      validUntil: maybe(text),
    }),
  )
  .map(({ checks, blockerVerdict, complete, name, ...changes }) => {
    const base = run(checks);
    return {
      ...base,
      ...changes,
      run: { ...base.run, complete, name },
      gates: [gate('launch', { verdict: changes.verdict, blockedBy: checks.map(({ id }) => id) })],
      blockers: checks
        .filter(({ outcome }) => outcome === 'fail' || outcome === 'unknown')
        .map((one) =>
          blocked(one, { verdict: blockerVerdict, affects: { checks: checks.map(({ id }) => id), gates: [] } }),
        ),
    };
  });
