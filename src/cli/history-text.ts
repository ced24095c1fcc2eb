import type { KeptResult, RunEntry } from '../history/store.ts';
import { durationTrend, isFlapping, outcomeMarks, sparkline, transitions, uptime } from '../history/trends.ts';
import { forTerminal } from '../report/encode/terminal.ts';
import { formatDuration, formatTime } from '../report/view/duration.ts';

const MOST_BARS = 60;
const MOST_LISTED = 10;

const lines = (texts: readonly string[]): string => texts.map((text) => `${forTerminal(text, true)}\n`).join('');

/** The runs, newest first: one line each. */
export const runsText = (runs: readonly RunEntry[]): string => {
  if (runs.length === 0) return 'no runs are remembered\n';
  const width = Math.max(...runs.map((run) => stateOf(run).length)) + 2;
  return lines(
    runs.map((run) => `${formatTime(run.startedAt)}  ${stateOf(run).padEnd(width)}${run.id}${tookText(run)}`),
  );
};

const stateOf = ({ state, verdict, complete }: RunEntry): string =>
  state === 'finished' ? `${verdict ?? '?'}${complete ? '' : ' (cut short)'}` : state;

const tookText = ({ startedAt, finishedAt }: RunEntry): string =>
  finishedAt === null ? '' : `  ${formatDuration(Date.parse(finishedAt) - Date.parse(startedAt))}`;

/** One check: its outcomes as a line, uptime, changes, durations, and its last results; oldest first. */
export const checkHistoryText = (check: string, results: readonly KeptResult[]): string => {
  const { ratio, told, untold } = uptime(results);
  const trend = durationTrend(results);
  const recent = results.slice(-MOST_BARS);
  const flips = transitions(results);
  const change = trend?.change ?? null;
  const [first, last] = [results[0], results.at(-1)];
  const most = Math.max(...recent.map(({ durationMs }) => durationMs ?? 0));
  return lines([
    `${check}  ${results.length} ${results.length === 1 ? 'result' : 'results'}`,
    ...(first === undefined || last === undefined
      ? []
      : [`  looked at  ${formatTime(first.at)} to ${formatTime(last.at)}`]),
    `  outcomes   ${outcomeMarks(recent)}   (. pass  ! warn  x fail  ? unknown  - blocked)`,
    `  durations  ${sparkline(recent.map(({ durationMs }) => durationMs))}   (up to ${formatDuration(most)})`,
    `  uptime     ${ratio === null ? 'not known' : `${(ratio * 100).toFixed(2)} %`} of ${told} looks${untold === 0 ? '' : `, ${untold} could not tell`}`,
    `  flips      ${flips} in the last 20${isFlapping(results) ? ': FLAPPING' : ''}`,
    ...(trend === null
      ? []
      : [
          `  p95        ${trend.parts.map(({ p95Ms }) => formatDuration(p95Ms)).join(' > ')}${change === null ? '' : ` (${change >= 0 ? '+' : ''}${Math.round(change * 100)} %)`}`,
        ]),
    '  last results',
    ...results.slice(-MOST_LISTED).map((one) => {
      const why = [one.reasonCode, one.message].filter((part) => part !== null && part !== '').join(': ');
      return `    ${formatTime(one.at)}  ${one.outcome.padEnd(8)}${one.durationMs === null ? '' : formatDuration(one.durationMs).padEnd(9)}${why}`;
    }),
  ]);
};
