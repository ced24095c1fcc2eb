import type { Incident } from '../../history/incident.ts';
import { codeCell, codeSpan, forMarkdown } from '../encode/markdown.ts';
import { formatDuration, formatTime } from '../view/duration.ts';
import type { PostmortemContext } from './actions.ts';

/** How long each check of each component was bad, and why. */
export const impactTable = ({ badTimes, last }: Incident, { mendedLater }: PostmortemContext): string => {
  if (badTimes.length === 0) return 'No check was bad.';
  const rows = badTimes.map(({ component, check, from, to, last: seen, looks, reasonCodes }) => [
    component === null ? '' : forMarkdown(component),
    codeCell(check),
    formatTime(from),
    to === null ? untilText(mendedLater(check)?.at ?? null, seen >= last.startedAt, seen) : formatTime(to),
    to === null ? '' : formatDuration(Date.parse(to) - Date.parse(from)),
    String(looks),
    reasonCodes.map(codeCell).join(' '),
  ]);
  return table(['component', 'check', 'bad from', 'good again', 'for', 'bad looks', 'reasons'], rows);
};

/** What is known of the end of a time that these runs do not see. */
const untilText = (later: string | null, isInLastRun: boolean, seen: string): string => {
  if (later !== null) return `${formatTime(later)}, after these runs`;
  return isInLastRun ? '**still bad**' : `not looked at since ${formatTime(seen)}`;
};

/** What was bad before and is not part of it; empty where there is nothing. */
export const acceptedText = ({ accepted, badTimes }: Incident): string => {
  const others = accepted.filter((check) => !badTimes.some((time) => time.check === check));
  return others.length === 0
    ? ''
    : `Bad before it began, in a run that may go all the same, and not counted: ${others.map(codeSpan).join(', ')}.`;
};

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
