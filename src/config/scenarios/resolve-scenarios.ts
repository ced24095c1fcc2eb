import type { Json } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';
import { dateFindings, durationAt, referenceFindings, tooLong } from '../check-rules.ts';
import type { Check, Scenario, Step } from '../config.ts';
import type { Declaration, Declarations } from '../declarations.ts';
import { refuseOutsideChecks } from '../fill.ts';
import type { Finding } from '../finding.ts';
import { findingAt } from '../finding.ts';
import { interpolate } from '../interpolate.ts';
import { withRows } from '../matrix.ts';
import type { CheckContext } from '../resolve-check.ts';
import type { Scope } from '../scope.ts';
import { readVariable } from '../scope.ts';
import { positionOf } from '../source-file.ts';
import { textAt, textsAt } from '../written.ts';
import type { StepSource } from './step-source.ts';
import { readSteps } from './step-source.ts';
import { resolveStep } from './step.ts';

/** A scenario as it was declared, with the placeholders outside of its steps filled. */
export type FilledScenario = {
  readonly declaration: Declaration;
  readonly value: Json;
  readonly findings: readonly Finding[];
};

export type ResolvedScenario = { readonly scenario: Scenario | null; readonly findings: readonly Finding[] };

/** Fills what stands outside of the steps; these are filled one by one, with what comes before them. */
export const fillScenario = (declaration: Declaration, scope: Scope): FilledScenario => {
  const { file, path, value, id } = declaration;
  const { steps: _, cleanup: __, ...head } = isJsonObject(value) ? value : {};
  const filled = interpolate(head, path, file, { ...scope, matrix: file.rows.get(id) ?? null });
  const findings = [...filled.findings, ...filled.filled.flatMap((one) => refuseOutsideChecks(file, one, scope))];
  return { declaration, value: filled.value, findings };
};

/** Resolves a scenario with all of its steps, fragments in their places. */
export const resolveScenario = (
  { declaration, value, findings: before }: FilledScenario,
  fragments: Declarations,
  scope: Scope,
  context: CheckContext,
): ResolvedScenario => {
  const { id, file, path } = declaration;
  const kinds = new Set(context.kinds.keys());
  const requires = textsAt(value, ['requires']).map(({ text }) => text);
  const own = { ...scope, matrix: file.rows.get(id) ?? null };
  const captured = new Set<string>();
  const secret = new Set<string>();
  const origins = new Set<string>();
  const findings: Finding[] = [
    ...before,
    ...referenceFindings(declaration, value, context),
    ...dateFindings(file, path, value),
    ...tooLong(file, path, value, ['within']),
  ];
  const resolveAll = (sources: readonly StepSource[], prefix: string): readonly Step[] =>
    sources.flatMap((source) => {
      const named = { ...source, name: `${prefix}${source.name}` };
      const known = { captured: new Set(captured), secret: new Set(secret), origins };
      const resolved = resolveStep(named, { scenario: id, requires, scope: own, context, ...known });
      findings.push(...resolved.findings);
      for (const name of resolved.captures) captured.add(name);
      for (const one of resolved.step?.captures ?? []) if (one.secret) secret.add(one.name);
      return resolved.step ?? [];
    });
  const written = readSteps(declaration, 'steps', { fragments, kinds, scope: own });
  const cleaning = readSteps(declaration, 'cleanup', { fragments, kinds, scope: own });
  const steps = resolveAll(written.steps, '');
  const cleanup = resolveAll(cleaning.steps, 'cleanup/');
  findings.push(...written.findings, ...cleaning.findings);
  if (written.steps.length === 0 && written.findings.length === 0) {
    findings.push(findingAt(file, path, 'key', `the scenario "${id}" has no steps: nothing would be proved`));
  }
  const whole = steps.length === written.steps.length && cleanup.length === cleaning.steps.length;
  return { scenario: whole ? make() : null, findings };

  function make(): Scenario {
    const component = textAt(value, ['component']);
    const owner = textAt(value, ['owner']) ?? context.resolvedComponents.get(component ?? '')?.owner ?? null;
    const runbook = textAt(value, ['runbook']);
    const inherited = { component, owner, runbook: runbookOf(runbook) };
    const absent = requires.filter((name) => readVariable(context.environment, name) === null);
    return {
      id,
      title: textAt(value, ['title']) ?? id,
      ...inherited,
      tags: [...new Set(textsAt(value, ['tags']).map(({ text }) => text))],
      needs: [
        ...new Set(
          withRows(
            textsAt(value, ['needs']).map(({ text }) => text),
            context.families,
          ),
        ),
      ],
      mutex: textAt(value, ['mutex']),
      maintenance: context.maintenance.get(id) ?? [],
      priority: textAt(value, ['priority']),
      deadline: textAt(value, ['deadline']),
      missing: [...new Set([...absent, ...[...steps, ...cleanup].flatMap(({ check }) => check.missing)])],
      source: positionOf(file, path, 'key'),
      withinMs: durationAt(value, ['within']),
      steps: steps.map((step) => inherit(step, inherited)),
      cleanup: cleanup.map((step) => inherit(step, inherited)),
    };
  }

  function runbookOf(reference: string | null): Check['runbook'] {
    return reference === null ? null : { reference, source: positionOf(file, [...path, 'runbook'], 'value') };
  }
};

/** A step belongs to whom its scenario belongs to. */
const inherit = (step: Step, own: Pick<Check, 'component' | 'owner' | 'runbook'>): Step => ({
  ...step,
  check: { ...step.check, ...own },
  bind: (captured) => {
    const bound = step.bind(captured);
    return bound.ok ? { ok: true, check: { ...bound.check, ...own } } : bound;
  },
});
