import type { FactChange, RunDiff } from '../../history/diff.ts';
import type { BadTime } from '../../history/bad-times.ts';
import type { Incident, Moment } from '../../history/incident.ts';
import { showValue } from '../../matchers/show.ts';
import { codeSpan, forMarkdown } from '../encode/markdown.ts';
import { formatDuration, formatTime } from '../view/duration.ts';
import { plural } from '../view/totals.ts';
import { acceptedText, impactTable } from './impact.ts';
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
      ...openTexts(incident, context),
      changesText('When it ended', incident.ended),
      ask('what was done that mended it'),
    ]),
    section('Impact', [
      impactTable(incident, context),
      acceptedText(incident),
      ask('users, orders, money: exact numbers'),
    ]),
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
  { owners, mendedLater, untold }: PostmortemContext,
): string => {
  const whole = span(badTimes, mendedLater);
  const before =
    firstBad !== null && firstBad.startedAt < first.startedAt ? '; it is before the runs that were asked for' : '';
  return [
    ['Owner', owners.length === 0 ? ask('who answers for this review') : owners.map(forMarkdown).join(', ')],
    ['Review by', ask('within five working days')],
    [
      'Last good run',
      lastGood === null ? 'none is known' : `${codeSpan(lastGood.id)}, ${formatTime(lastGood.startedAt)}`,
    ],
    [
      'First bad run',
      firstBad === null
        ? 'none of these runs is bad'
        : `${codeSpan(firstBad.id)}, ${formatTime(firstBad.startedAt)}${before}`,
    ],
    ['Bad for', whole === null ? '' : whole],
    ['Looked at', `${plural(runs, 'run')}, ${codeSpan(first.id)} to ${codeSpan(last.id)}`],
    ['Not told', untoldText(untold)],
  ]
    .filter(([, text]) => text !== '')
    .map(([label, text]) => `- ${label}: ${text}`)
    .join('\n');
};

const untoldText = ({ interrupted, running }: PostmortemContext['untold']): string =>
  [
    interrupted === 0
      ? ''
      : `${plural(interrupted, 'run')} between them that ${interrupted === 1 ? 'was' : 'were'} killed`,
    running === 0 ? '' : `${plural(running, 'run')} that ${running === 1 ? 'is' : 'are'} under way`,
  ]
    .filter((text) => text !== '')
    .join(', ');

/** What was not seen to be good again in these runs, and where it was after them. */
const openTexts = ({ badTimes }: Incident, { mendedLater }: PostmortemContext): readonly string[] => {
  const open = badTimes.filter(({ to }) => to === null).map(({ check }) => ({ check, later: mendedLater(check) }));
  const going = open.flatMap(({ check, later }) => (later === null ? [codeSpan(check)] : []));
  return [
    ...(going.length === 0 ? [] : [`**It is not over**: not seen good again: ${going.join(', ')}.`]),
    ...open.flatMap(({ check, later }) =>
      later === null
        ? []
        : [`After these runs, ${codeSpan(check)} was good again: ${codeSpan(later.run)}, ${formatTime(later.at)}.`],
    ),
  ];
};

/** From the first look that was bad to the first after which none was; the truth lies up to one run apart on both sides. */
const span = (badTimes: readonly BadTime[], mendedLater: PostmortemContext['mendedLater']): string | null => {
  if (badTimes.length === 0) return null;
  const from = Math.min(...badTimes.map((one) => Date.parse(one.from)));
  const ends = badTimes.flatMap(({ to }) => (to === null ? [] : [Date.parse(to)]));
  const open = badTimes.filter(({ to }) => to === null);
  if (open.length > 0)
    return open.some(({ check }) => mendedLater(check) === null) ? 'it is not over' : 'longer than these runs';
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

const waiversText = ({ waivers, file }: PostmortemContext): string => {
  const from = `As ${codeSpan(file)} has them now, without those that had expired when it began`;
  if (waivers.length === 0) return `${from}: none.`;
  const lines = waivers.map(({ check, reasonCode, reason, owner, approvedBy, expires }) => {
    const who = `owner ${owner}, approved by ${approvedBy}, expires ${expires}`;
    return `- ${codeSpan(check)} ${codeSpan(reasonCode)}: ${forMarkdown(reason)} (${forMarkdown(who)})`;
  });
  return `${from}:\n\n${lines.join('\n')}`;
};
