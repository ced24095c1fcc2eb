import { join, resolve } from 'node:path';
import { findInsights } from '../../history/insight.ts';
import { makePlan } from '../../plan/make-plan.ts';
import { toTriagePlan } from '../../plan/triage-plan.ts';
import { parseDuration } from '../../matchers/units.ts';
import { UsageError } from '../../model/fault.ts';
import { renderTriage } from '../../report/triage/console.ts';
import { triageMarkdown } from '../../report/triage/markdown.ts';
import { triageView } from '../../report/triage/view.ts';
import { chooseSections } from '../../runbooks/choose-sections.ts';
import { clock } from '../../shell/clock.ts';
import { prepareReportFolder } from '../../shell/report-folder.ts';
import { makeRunId } from '../../shell/run-id.ts';
import { describeTerminal } from '../../shell/terminal.ts';
import { carryOut } from '../carry-out.ts';
import type { Execute } from '../command.ts';
import { loadProject } from '../load-project.ts';
import type { ParsedOptions } from '../parse.ts';
import { print } from '../print.ts';
import { openRunHistory } from '../run-history.ts';
import type { World } from '../world.ts';

const WITHIN_MS = 15_000;

const withinOf = (options: ParsedOptions): number => {
  const text = options.value('within');
  if (text === null) return WITHIN_MS;
  const ms = parseDuration(text);
  if (ms !== null && ms >= 1000) return ms;
  throw new UsageError(`--within takes a duration of a second or more, found "${text}"`, 'for example --within 30s');
};

/** One triage: looks at everything fast, and says what is broken, since when, what changed, and what to do. */
const triageOnce = async (
  options: ParsedOptions,
  world: World,
): Promise<{ readonly text: string; readonly code: number }> => {
  const runId = makeRunId(clock.now(), clock.random);
  const { config, sections } = await loadProject(options, world, runId);
  const selectors = options.words.map((word) => (config.components.has(word) ? `component:${word}` : word));
  const choose = (check: Parameters<typeof chooseSections>[0]) => chooseSections(check, config);
  const selection = { selectors, gate: null, only: [] };
  const plan = toTriagePlan(makePlan(config, selection, sections, choose, options.has('no-exec')), withinOf(options));
  const scope = { file: config.file, environment: config.environment };
  const history = await openRunHistory(options, scope, world);
  const folder = resolve(world.workingDirectory, join('reports', `triage-${runId}`));
  await prepareReportFolder(folder);
  const setting = { runId, folder, secrets: config.secrets, history };
  const view = { quiet: options.has('quiet'), verbose: false };
  const { run } = await carryOut(plan, setting, view, world);
  const insights = await findInsights(run, scope, history.store, options.value('since'));
  await history.finish(run);
  const code = run.verdict === 'GO' || run.verdict === 'CONDITIONAL' ? 0 : run.verdict === 'HOLD' ? 3 : 1;
  if (options.has('json')) return { text: `${JSON.stringify({ run, insights }, null, 2)}\n`, code };
  const shown = triageView(run, insights, clock.now());
  if (options.has('markdown')) return { text: triageMarkdown(shown, config.name), code };
  const terminal = describeTerminal(world.stdout, world.environment);
  const width = world.stdout.isTTY ? terminal.columns : 100;
  const colour = terminal.colour && !options.has('no-color');
  return {
    text: renderTriage(shown, config.name, { colour, width, unicode: true, sourceOf: () => null, root: '' }),
    code,
  };
};

const CLEAR = '\u001B[H\u001B[2J';

/** `gonogo triage`: for the person on call. With `--watch` again and again, redrawn when something changed. */
export const execute: Execute = async (options, world) => {
  if (!options.has('watch')) {
    const { text, code } = await triageOnce(options, world);
    const printed = await print(world, text);
    return printed === 0 ? code : printed;
  }
  const everyMs = parseDuration(options.value('every') ?? '30s') ?? 30_000;
  let before = '';
  for (;;) {
    const { text } = await triageOnce(options, world);
    const steady = text.replaceAll(/\d+(\.\d+)? (ms|s|min|h)\b/g, '');
    if (steady !== before) await print(world, `${world.stdout.isTTY ? CLEAR : ''}${text}`);
    before = steady;
    await clock.sleep(everyMs, new AbortController().signal);
  }
};
