import type { FactChange, RunDiff } from '../../history/diff.ts';
import type { BadTime, Incident, Moment } from '../../history/incident.ts';
import { showValue } from '../../matchers/show.ts';
import { codeCell, codeSpan, forMarkdown } from '../encode/markdown.ts';
import { formatDuration, formatTime } from '../view/duration.ts';
import { actionsOf, type PostmortemContext } from './actions.ts';

const MOST_MOMENTS = 200;
const MOST_CHANGES = 40;

/** The template of a review after an incident, with everything filled in that runs can tell. What people know is asked for. */
export const postmortemMarkdown = (incident: Incident, context: PostmortemContext): string =>
  `${[
    `# Review: ${forMarkdown(context.name)}, ${(incident.firstBad ?? incident.first).startedAt.slice(0, 10)}`,
    headText(incident, context),
    section('Overview', [ask('in two sentences: what was broken, for whom, and how it was mended')]),
    section('What happened', [ask('the story in order, without blame')]),
    section('Contributing factors', [
      changesText('When it began', incident.begun),
      ask('why that could happen, and why it was not noticed before'),
    ]),
    section('Resolution', [
      incident.badTimes.some(({ to }) => to === null)
        ? `**It is not over**: ${incident.badTimes.flatMap(({ check, to }) => (to === null ? [codeSpan(check)] : [])).join(', ')} still bad in the last run.`
        : changesText('When it ended', incident.ended),
      ask('what was done that mended it'),
    ]),
    section('Impact', [impactTable(incident), ask('users, orders, money: exact numbers')]),
    section('Responders', [ask('who was called, who came, and when')]),
    section('Timeline', [
      timelineText(incident),
      ask('when people were paged, what they tried, when the status page was changed'),
    ]),
    section('Waivers in force', [waiversText(context)]),
    section('How we did', ['Well:\n\n- ', 'Not well:\n\n- ', 'Lucky:\n\n- ']),
    section('Open actions', [
      actionsOf(incident, context)
        .map((action) => `- [ ] ${action}`)
        .join('\n'),
    ]),
    section('Messages', [ask('what was said to whom, inside and outside')]),
  ].join('\n\n')}\n`;

const section = (title: string, blocks: readonly string[]): string =>
  [`## ${title}`, ...blocks.filter((block) => block !== '')].join('\n\n');

const ask = (what: string): string => `_To be written: ${what}._`;

const headText = (
  { first, last, runs, lastGood, firstBad, badTimes }: Incident,
  { owners }: PostmortemContext,
): string => {
  const whole = span(badTimes);
  return [
    ['Owner', owners.length === 0 ? ask('who answers for this review') : owners.map(forMarkdown).join(', ')],
    ['Review by', ask('within five working days')],
    [
      'Last good run',
      lastGood === null ? 'none is known' : `${codeSpan(lastGood.id)}, ${formatTime(lastGood.startedAt)}`,
    ],
    [
      'First bad run',
      firstBad === null ? 'none of these runs is bad' : `${codeSpan(firstBad.id)}, ${formatTime(firstBad.startedAt)}`,
    ],
    ['Bad for', whole === null ? '' : whole],
    ['Looked at', `${runs} ${runs === 1 ? 'run' : 'runs'}, ${codeSpan(first.id)} to ${codeSpan(last.id)}`],
  ]
    .filter(([, text]) => text !== '')
    .map(([label, text]) => `- ${label}: ${text}`)
    .join('\n');
};

/** From the first look that was bad to the first after which none was; the truth lies up to one run apart on both sides. */
const span = (badTimes: readonly BadTime[]): string | null => {
  if (badTimes.length === 0) return null;
  const from = Math.min(...badTimes.map((one) => Date.parse(one.from)));
  const ends = badTimes.flatMap(({ to }) => (to === null ? [] : [Date.parse(to)]));
  if (ends.length < badTimes.length) return 'it is not over';
  return `${formatDuration(Math.max(...ends) - from)}, as far as runs can tell`;
};

const changesText = (title: string, diff: RunDiff | null): string => {
  if (diff === null) return '';
  const lines = [
    ...diff.verdict.why.map(forMarkdown),
    ...diff.facts.flatMap(({ check, changes }) => changes.map((change) => changeLine(check, change))),
  ];
  const more = lines.length - MOST_CHANGES;
  const shown = [...lines.slice(0, MOST_CHANGES), ...(more > 0 ? [`and ${more} more`] : [])];
  return shown.length === 0
    ? `${title}, nothing was different in what checks see.`
    : `${title}, this was different:\n\n${shown.map((line) => `- ${line}`).join('\n')}`;
};

const changeLine = (check: string, { fact, before, after }: FactChange): string =>
  `${codeSpan(check)} ${forMarkdown(fact)}: ${codeSpan(showValue(before))} to ${codeSpan(showValue(after))}`;

const impactTable = ({ badTimes }: Incident): string => {
  if (badTimes.length === 0) return 'No check was bad.';
  const rows = badTimes.map(({ component, check, from, to, looks, reasonCodes }) => [
    component === null ? '' : forMarkdown(component),
    codeCell(check),
    formatTime(from),
    to === null ? '**still bad**' : formatTime(to),
    to === null ? '' : formatDuration(Date.parse(to) - Date.parse(from)),
    String(looks),
    reasonCodes.map(codeCell).join(' '),
  ]);
  return table(['component', 'check', 'bad from', 'good again', 'for', 'bad looks', 'reasons'], rows);
};

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const timelineText = ({ timeline }: Incident): string => {
  if (timeline.length === 0) return 'Nothing changed between these runs.';
  const more = timeline.length - MOST_MOMENTS;
  const lines = timeline.slice(0, MOST_MOMENTS).map((moment) => `- ${formatTime(moment.at)} ${momentText(moment)}`);
  return [...lines, ...(more > 0 ? [`- and ${more} more changes`] : [])].join('\n');
};

const momentText = (moment: Moment): string => {
  if (moment.kind === 'verdict') return `the verdict becomes **${moment.after}** (it was ${moment.before})`;
  const { check, reasonCode, message, outcome } = moment;
  if (moment.kind === 'mended') return `${codeSpan(check)} is good again`;
  const code = codeSpan(reasonCode ?? outcome);
  const why = message === '' ? code : `${code}, ${forMarkdown(message)}`;
  return moment.kind === 'broke'
    ? `${codeSpan(check)} breaks: ${why}`
    : `${codeSpan(check)} is now bad for another reason: ${why}`;
};

const waiversText = ({ waivers }: PostmortemContext): string =>
  waivers.length === 0
    ? 'None.'
    : waivers
        .map(({ check, reasonCode, reason, owner, approvedBy, expires }) => {
          const who = `owner ${owner}, approved by ${approvedBy}, expires ${expires}`;
          return `- ${codeSpan(check)} ${codeSpan(reasonCode)}: ${forMarkdown(reason)} (${forMarkdown(who)})`;
        })
        .join('\n');
