import type { Channel } from '../config/notify.ts';
import { formatDuration, formatTime } from '../report/view/duration.ts';
import { cut, titleOf, type AnnouncedBlocker, type Announcement } from './announcement.ts';
import type { Message } from './message.ts';

type Slack = Extract<Channel, { readonly kind: 'slack' }>;

/** Limits of Block Kit: a header of 150 characters, a section of 3000, 50 blocks. */
const HEADER = 150;
const SECTION = 3000;
const MOST_BLOCKERS = 8;

/** For an incoming webhook: the first line says it all, then each root cause with whom to call and what to do. */
export const slackMessage = ({ url }: Slack, announcement: Announcement): Message => {
  const { blockers, more, previous, run, startedAt, durationMs } = announcement;
  const untold = more + Math.max(0, blockers.length - MOST_BLOCKERS);
  const took = durationMs === null ? '' : `, ${formatDuration(durationMs)}`;
  const before = previous === null ? '' : `, it was ${previous}`;
  return {
    url,
    headers: {},
    json: {
      text: escaped(firstLine(announcement)),
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: cut(titleOf(announcement), HEADER), emoji: false } },
        ...blockers.slice(0, MOST_BLOCKERS).map((blocker) => section(blockerText(blocker))),
        ...(untold > 0 ? [section(`and ${untold} more`)] : []),
        {
          type: 'context',
          elements: [{ type: 'mrkdwn', text: escaped(`${run}, ${formatTime(startedAt)}${took}${before}`) }],
        },
      ],
    },
  };
};

/** What a notification on a telephone shows. */
const firstLine = (announcement: Announcement): string => {
  const [first] = announcement.blockers;
  if (first === undefined) return titleOf(announcement);
  const owner = first.owner === null ? '' : `, owner ${first.owner}`;
  return `${titleOf(announcement)}: ${first.check} broken at ${first.layer} (${first.reasonCode})${owner}`;
};

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text: cut(text, SECTION) } });

const blockerText = ({
  check,
  verdict,
  reasonCode,
  layer,
  message,
  owner,
  runbook,
  runbookUrl,
  next,
}: AnnouncedBlocker): string => {
  const link =
    runbook === null
      ? null
      : runbookUrl === null
        ? escaped(runbook)
        : `<${runbookUrl.replaceAll('|', '%7C')}|${escaped(runbook)}>`;
  return [
    `*${verdict}* ${escaped(check)}: ${escaped(message)}`,
    `broken at ${layer} (${reasonCode})${owner === null ? '' : `, owner ${escaped(owner)}`}`,
    ...(link === null ? [] : [`runbook ${link}`]),
    `next: ${escaped(next)}`,
  ].join('\n');
};

/** The three characters that Slack gives a meaning in text; without them nothing mentions anybody and nothing is a link. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('|', '¦');
