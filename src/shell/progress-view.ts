import type { RunEvent } from '../execute/event.ts';
import type { Ports } from '../execute/ports.ts';
import {
  endedCount,
  noProgress,
  outcomeOfNotRun,
  progressAfter,
  progressSaid,
  runningCheck,
  type Progress,
} from '../execute/progress.ts';
import { OUTCOMES, type Outcome } from '../model/outcome.ts';
import { forTerminal } from '../report/encode/terminal.ts';
import { formatDuration } from '../report/view/duration.ts';
import type { Terminal } from './terminal.ts';

/** Shows how far a run is, on the side. `close` leaves no trace of what was redrawn. */
export type ProgressView = {
  readonly show: (event: RunEvent) => void;
  /** Takes what a long look says of how far it is. */
  readonly tell: (check: string, said: string) => void;
  readonly close: () => void;
};

type View = {
  readonly write: (text: string) => unknown;
  readonly monotonicMs: () => number;
  readonly assess: Ports['assess'];
};

const REDRAW_MS = 100;
const MOST_RUNNING_SHOWN = 3;
const MOST_BAD_SHOWN = 5;
/** How long a look that goes on is left alone where each word is a line of its own. */
const SAY_AGAIN_MS = 15_000;

/** Lines redrawn in place where somebody watches a terminal, a line for each check that ended elsewhere, or nothing. */
export const makeProgressView = (view: View, terminal: Terminal, quiet: boolean): ProgressView => {
  if (quiet) return { show: () => {}, tell: () => {}, close: () => {} };
  return terminal.live ? liveView(view, terminal.columns) : plainView(view);
};

const plainView = ({ write, monotonicMs, assess }: View): ProgressView => {
  let progress = noProgress(monotonicMs());
  const saidAt = new Map<string, number>();
  return {
    tell: (check, said) => {
      const nowMs = monotonicMs();
      if (nowMs - (saidAt.get(check) ?? progress.startedMs) < SAY_AGAIN_MS) return;
      saidAt.set(check, nowMs);
      write(`${forTerminal(`[${endedCount(progress)}/${progress.total}] ${padded('...')} ${check}  ${said}`, true)}\n`);
    },
    show: (event) => {
      const nowMs = monotonicMs();
      const before = progress;
      progress = progressAfter(before, event, nowMs, assess);
      const end = endOf(event, before, nowMs);
      if (end !== null) write(`${forTerminal(`[${endedCount(progress)}/${progress.total}] ${end.line}`, true)}\n`);
    },
    close: () => {},
  };
};

/** How a check ended, `fail     dashboard-ready  http-5xx  812 ms`; null when the event ends no check. */
const endOf = (
  event: RunEvent,
  before: Progress,
  nowMs: number,
): { readonly outcome: Outcome; readonly line: string } | null => {
  if (event.type === 'check-not-run') {
    const outcome = outcomeOfNotRun(event.code);
    return { outcome, line: `${padded(outcome)} ${event.id}  ${event.message}` };
  }
  if (event.type !== 'check-finished') return null;
  const check = runningCheck(before, event.id);
  const outcome = check?.outcome ?? 'unknown';
  const parts = [
    event.id,
    check?.code ?? '',
    check === null ? '' : formatDuration(nowMs - check.sinceMs),
    check !== null && check.attempts > 1 ? `attempt ${check.attempts}` : '',
  ];
  return { outcome, line: `${padded(outcome)} ${parts.filter((part) => part !== '').join('  ')}` };
};

const padded = (outcome: string): string => outcome.padEnd(Math.max(...OUTCOMES.map(({ length }) => length)));

const liveView = ({ write, monotonicMs, assess }: View, columns: number): ProgressView => {
  let progress = noProgress(monotonicMs());
  let bad: readonly string[] = [];
  let drawn: readonly string[] = [];
  const draw = (lines: readonly string[]): void => {
    if (lines.join('\n') === drawn.join('\n')) return;
    write(`${eraseLines(drawn.length)}${lines.join('\n')}`);
    drawn = lines;
  };
  const timer = setInterval(() => draw(progressLines(progress, bad, monotonicMs(), columns)), REDRAW_MS);
  timer.unref();
  return {
    show: (event) => {
      const nowMs = monotonicMs();
      const end = endOf(event, progress, nowMs);
      if (end !== null && isBad(end.outcome)) bad = [...bad, end.line].slice(-MOST_BAD_SHOWN);
      progress = progressAfter(progress, event, nowMs, assess);
    },
    tell: (check, said) => {
      progress = progressSaid(progress, check, said);
    },
    close: () => {
      clearInterval(timer);
      draw([]);
    },
  };
};

/** To the start of the first of these lines, with the cursor in the last, and clears to the end of the screen. */
const eraseLines = (count: number): string =>
  count === 0 ? '' : `${count > 1 ? `\u001B[${count - 1}A` : ''}\r\u001B[J`;

/** What is worth saying before the run is over: it was seen to be wrong, or nobody can tell. */
const isBad = (outcome: Outcome): boolean => outcome === 'fail' || outcome === 'unknown';

/**
 * The last checks that ended badly, the counts, and what has been running longest. ASCII, and a column shorter than the
 * terminal: a line that wraps could not be redrawn.
 */
export const progressLines = (
  progress: Progress,
  bad: readonly string[],
  nowMs: number,
  columns: number,
): readonly string[] => {
  const { counts, running, total, startedMs } = progress;
  const ended = OUTCOMES.filter((outcome) => counts[outcome] > 0).map((outcome) => `${counts[outcome]} ${outcome}`);
  const status = [
    `${endedCount(progress)}/${total}`,
    ...ended,
    `${running.length} running`,
    formatDuration(nowMs - startedMs),
  ];
  const shown = running.slice(0, MOST_RUNNING_SHOWN).map(({ id, sinceMs, attempts, said }) => {
    const retry = attempts > 0 ? `  attempt ${attempts + 1}` : '';
    return `  ${id}  ${formatDuration(nowMs - sinceMs)}${retry}${said === '' ? '' : `  ${said}`}`;
  });
  return [...bad, status.join('  '), ...shown].map((line) =>
    forTerminal(line, false).slice(0, Math.max(1, columns - 1)),
  );
};
