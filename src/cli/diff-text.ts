import type { CheckChange, RunDiff } from '../history/diff.ts';
import type { Json } from '../model/json.ts';
import type { Run } from '../model/run.ts';
import { forTerminal } from '../report/encode/terminal.ts';
import { formatTime } from '../report/view/duration.ts';

const MOST_SHOWN = 120;

/** A difference for a terminal: the verdicts, what broke, what was mended, and which facts changed. */
export const diffText = (difference: RunDiff, [before, after]: readonly [Run, Run]): string =>
  [
    `${headOf(before)}  ->  ${headOf(after)}`,
    ...difference.verdict.why.map((why) => `  ${why}`),
    ...part('New', difference.broken),
    ...part('Still failing', difference.stillBroken),
    ...part('Fixed', difference.fixed),
    ...part('No longer told', difference.untold),
    ...part('Other outcome', difference.otherwise),
    ...part('Added', difference.added),
    ...part('Removed', difference.removed),
    ...(difference.facts.length === 0 ? [] : ['Changed facts']),
    ...difference.facts.flatMap(({ check, changes }) =>
      changes.map((change) => `  ${check}  ${change.fact}: ${shown(change.before)} -> ${shown(change.after)}`),
    ),
  ]
    .map((line) => `${forTerminal(line, true)}\n`)
    .join('');

const headOf = ({ verdict, run }: Run): string => `${verdict} (${run.id}, ${formatTime(run.startedAt)})`;

const part = (title: string, changes: readonly CheckChange[]): readonly string[] =>
  changes.length === 0 ? [] : [title, ...changes.map(lineOf)];

const lineOf = ({ id, before, after, reasonCode, otherCause, message }: CheckChange): string => {
  const outcomes = before === after ? (after ?? '') : `${before ?? 'not there'} -> ${after ?? 'not there'}`;
  const why = [reasonCode, otherCause ? 'for another reason than before' : null, message === '' ? null : message];
  return `  ${[id, outcomes, why.filter((one) => one !== null).join(': ')].filter((one) => one !== '').join('  ')}`;
};

const shown = (value: Json): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}...` : text;
};
