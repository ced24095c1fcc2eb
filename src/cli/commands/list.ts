import { makePlan } from '../../plan/make-plan.ts';
import type { Plan, PlannedCheck } from '../../plan/plan.ts';
import { forTerminal } from '../../report/encode/terminal.ts';
import { chooseSections } from '../../runbooks/choose-sections.ts';
import type { Execute } from '../command.ts';
import { loadProject } from '../load-project.ts';
import { print } from '../print.ts';
import { selectionOf } from '../selection.ts';

const asJson = ({ checks, gates, notSelected }: Plan): string => {
  const shown = checks.map(({ id, title, kind, target, component, owner, tags, needs, source }) => ({
    id,
    title,
    kind,
    target,
    component,
    owner,
    tags,
    needs,
    source,
  }));
  return `${JSON.stringify({ checks: shown, gates, notSelected }, null, 2)}\n`;
};

const widthOf = (words: readonly string[]): number => Math.max(0, ...words.map(({ length }) => length)) + 2;

const checkLine = (check: PlannedCheck, idWidth: number, kindWidth: number): string => {
  const needs = check.needs.length === 0 ? '' : `  needs ${check.needs.join(', ')}`;
  const tags = check.tags.length === 0 ? '' : `  tags ${check.tags.join(', ')}`;
  return `  ${check.id.padEnd(idWidth)}${check.kind.padEnd(kindWidth)}${check.target}${needs}${tags}`;
};

const asText = ({ name, checks, gates, notSelected }: Plan): string => {
  const idWidth = widthOf(checks.map(({ id }) => id));
  const kindWidth = widthOf(checks.map(({ kind }) => kind));
  const left = notSelected.length === 0 ? '' : `, ${notSelected.length} not selected`;
  const gateLines = gates.map(({ id, criteria, needs }) => {
    const tiers = (['must', 'should', 'nice'] as const)
      .map((tier) => [tier, criteria.filter((criterion) => criterion.tier === tier).length] as const)
      .filter(([, count]) => count > 0)
      .map(([tier, count]) => `${count} ${tier}`);
    return `  ${[id, ...tiers, ...(needs.length === 0 ? [] : [`needs ${needs.join(', ')}`])].join('  ')}`;
  });
  return [
    `${name}: ${checks.length} checks in order${left}`,
    ...checks.map((check) => checkLine(check, idWidth, kindWidth)),
    'gates',
    ...gateLines,
  ]
    .map((line) => `${forTerminal(line, true)}\n`)
    .join('');
};

/** `gonogo list`: what a run would do, probing nothing. */
export const execute: Execute = async (options, world) => {
  const { config, sections } = await loadProject(options, world, 'list');
  const plan = makePlan(config, selectionOf(options), sections, (check) => chooseSections(check, config));
  return print(world, options.has('json') ? asJson(plan) : asText(plan));
};
