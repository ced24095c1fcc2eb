import { UsageError } from '../model/fault.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { repeatPlan } from '../plan/repeat-plan.ts';
import type { Selection } from '../plan/select.ts';
import { chooseSections } from '../runbooks/choose-sections.ts';
import { lastFailed } from './last-failed.ts';
import { loadProject, type Project } from './load-project.ts';
import { repetitionsOf } from './numbers.ts';
import type { ParsedOptions } from './parse.ts';
import { selectionOf } from './selection.ts';
import type { World } from './world.ts';

/** Reads the file and makes the plan that the options ask for. Throws `UsageError` and `ConfigError`. */
export const planRun = async (
  options: ParsedOptions,
  world: World,
  runId: string,
): Promise<{ readonly project: Project; readonly plan: Plan }> => {
  const times = repetitionsOf(options.value('repeat-each'));
  const project = await loadProject(options, world, times === null ? runId : `${runId}-1`);
  const selection = selected(options, project, world);
  const planOf = ({ config, sections }: Project): Plan =>
    makePlan(config, selection, sections, (check) => chooseSections(check, config), options.has('no-exec'));
  if (times === null) return { project, plan: planOf(project) };
  const plans = [planOf(project)];
  // Loaded anew for each, so that no two of them name what they make alike.
  for (let at = 2; at <= times; at += 1) plans.push(planOf(await loadProject(options, world, `${runId}-${at}`)));
  return { project, plan: repeatPlan(plans) };
};

const selected = (options: ParsedOptions, { config }: Project, world: World): Selection => {
  const selection = selectionOf(options);
  if (!options.has('last-failed')) return selection;
  if (selection.selectors.length > 0 || selection.only.length > 0) {
    throw new UsageError('--last-failed chooses what to run', 'leave out the selectors and --only');
  }
  return { ...selection, only: lastFailed(config, world) };
};
