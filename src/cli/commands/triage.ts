import { exitCode } from '../../judge/exit-code.ts';
import { parseDuration } from '../../matchers/units.ts';
import { UsageError } from '../../model/fault.ts';
import type { Run } from '../../model/run.ts';
import { renderTriage } from '../../report/triage/console.ts';
import { triageMarkdown } from '../../report/triage/markdown.ts';
import { triageView } from '../../report/triage/view.ts';
import { formatDuration, formatTime } from '../../report/view/duration.ts';
import { clock } from '../../shell/clock.ts';
import { listenForStop } from '../../shell/signals.ts';
import { describeTerminal } from '../../shell/terminal.ts';
import type { Execute } from '../command.ts';
import type { ParsedOptions } from '../parse.ts';
import { print } from '../print.ts';
import { triageOnce, type Triage } from '../triage-run.ts';
import type { World } from '../world.ts';

const WITHIN_MS = 15_000;
const EVERY_MS = 30_000;
const CLEAR = '\u001B[H\u001B[2J';

/** `gonogo triage`: for the person on call. With `--watch` again and again, shown anew when something changed. */
export const execute: Execute = async (options, world) => {
  const withinMs = atLeastASecond(options, 'within', WITHIN_MS);
  const everyMs = atLeastASecond(options, 'every', EVERY_MS);
  if (options.has('watch')) return watch(options, world, withinMs, everyMs);
  const triage = await triageOnce({ withinMs, quiet: options.has('quiet'), folder: null }, options, world);
  await triage.remember();
  const printed = await print(world, shown(triage, options, world));
  return printed === 0 ? exitCode(triage.run, { strict: false }) : printed;
};

const atLeastASecond = (options: ParsedOptions, name: string, usual: number): number => {
  const text = options.value(name);
  if (text === null) return usual;
  const ms = parseDuration(text);
  if (ms !== null && ms >= 1000) return ms;
  throw new UsageError(`--${name} takes a duration of a second or more, found "${text}"`, `for example --${name} 30s`);
};

const shown = ({ name, run, insights, context }: Triage, options: ParsedOptions, world: World): string => {
  if (options.has('json')) return `${JSON.stringify({ run, insights }, null, 2)}\n`;
  const view = triageView(run, context);
  if (options.has('markdown')) return triageMarkdown(view, name);
  const terminal = describeTerminal(world.stdout, world.environment);
  const width = world.stdout.isTTY ? terminal.columns : 100;
  const colour = terminal.colour && !options.has('no-color');
  return renderTriage(view, name, { colour, width, unicode: true, sourceOf: () => null, root: '' });
};

/** Ends only with a signal, or when nobody reads any more. */
const watch = async (options: ParsedOptions, world: World, withinMs: number, everyMs: number): Promise<number> => {
  const stop = listenForStop();
  try {
    let before: string | null = null;
    let folder: string | null = null;
    while (!stop.signal.aborted) {
      const quiet = options.has('quiet') || before !== null;
      const triage: Triage = await triageOnce({ withinMs, quiet, folder }, options, world);
      folder ??= `triage-${triage.run.run.id}`;
      const now = stateOf(triage.run);
      if (stop.signal.aborted || now === before) await triage.forget();
      else {
        await triage.remember();
        const clear = world.stdout.isTTY && !options.has('json') ? CLEAR : '';
        const text = `${clear}${heading(triage.run, options, everyMs)}${shown(triage, options, world)}`;
        const printed = await print(world, text);
        if (printed !== 0) return printed;
      }
      before = now;
      await clock.sleep(everyMs, stop.signal);
    }
    return stop.signal.reason === 'SIGTERM' ? 143 : 130;
  } finally {
    stop.release();
  }
};

const heading = ({ run }: Run, options: ParsedOptions, everyMs: number): string =>
  options.has('json') || options.has('markdown')
    ? ''
    : `${formatTime(run.startedAt)}, every ${formatDuration(everyMs)}\n`;

/** Equal for two runs that say the same: how each check ended and why, whatever it took. */
const stateOf = (run: Run): string =>
  JSON.stringify([
    run.verdict,
    run.banners,
    run.checks.map(({ id, outcome, reasonCode }) => [id, outcome, reasonCode]),
    run.contradictions.map(({ claim, evidence }) => [claim.check, evidence.check]),
  ]);
