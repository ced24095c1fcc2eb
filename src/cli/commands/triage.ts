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
import { saysTheSame, triageOnce, type Triage } from '../triage-run.ts';
import type { World } from '../world.ts';

const WITHIN_MS = 15_000;
const EVERY_MS = 30_000;
/** By the clock that never jumps: it begins with the process. */
const STARTED_MS = 0;
const CLEAR = '\u001B[H\u001B[2J';

/** `gonogo triage`: for the person on call. With `--watch` again and again, shown anew when something changed. */
export const execute: Execute = async (options, world) => {
  const withinMs = atLeastASecond(options, 'within', WITHIN_MS);
  const everyMs = atLeastASecond(options, 'every', EVERY_MS);
  if (options.has('json') && options.has('markdown'))
    throw new UsageError('--json and --markdown exclude each other', 'give one of them');
  if (options.has('watch')) return watch(options, world, withinMs, everyMs);
  const setting = { withinMs, quiet: options.has('quiet'), folder: null, askedMs: STARTED_MS, before: null };
  const triage = await triageOnce(setting, options, world);
  const printed = await print(world, shown(triage, options, world));
  // Whoever waits has read it then, however long somebody else keeps the history locked.
  await triage.remember();
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
    let before: Run | null = null;
    let folder: string | null = null;
    while (!stop.signal.aborted) {
      const quiet = options.has('quiet') || before !== null;
      const askedMs = before === null ? STARTED_MS : clock.monotonicMs();
      const triage: Triage = await triageOnce({ withinMs, quiet, folder, askedMs, before }, options, world);
      folder ??= `triage-${triage.run.run.id}`;
      if (stop.signal.aborted || (before !== null && saysTheSame(before, triage.run))) await triage.forget();
      else {
        const clear = world.stdout.isTTY && !options.has('json') ? CLEAR : '';
        const text = `${clear}${heading(triage.run, options, everyMs)}${shown(triage, options, world)}`;
        const printed = await print(world, text);
        await triage.remember();
        if (printed !== 0) return printed;
      }
      before = triage.run;
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
