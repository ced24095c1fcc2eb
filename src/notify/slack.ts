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
    // A page that a proxy or a login puts in the way answers 200 as well.
    taken: { status: 200, body: 'ok' },
    json: {
      text: escaped(firstLine(announcement)),
      ...{ unfurl_links: false, unfurl_media: false },
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: cut(titleOf(announcement), HEADER), emoji: false } },
        ...blockers.slice(0, MOST_BLOCKERS).map((blocker) => section(blockerText(blocker))),
        ...(untold > 0 ? [section(`and ${untold} more`)] : []),
        {
          type: 'context',
          elements: [
            { type: 'mrkdwn', verbatim: true, text: escaped(`${run}, ${formatTime(startedAt)}${took}${before}`) },
          ],
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

/** Verbatim: an address or a name in what a target says becomes no link and no mention. */
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', verbatim: true, text } });

const blockerText = (blocker: AnnouncedBlocker): string => {
  const { check, verdict, reasonCode, layer, message, owner, next } = blocker;
  const lines = [
    `*${verdict}* ${escaped(check)}: ${escaped(message)}`,
    `broken at ${layer} (${reasonCode})${owner === null ? '' : `, owner ${escaped(owner)}`}`,
    `next: ${escaped(next)}`,
  ].join('\n');
  const runbook = runbookLine(blocker);
  return `${cut(lines, SECTION - runbook.length)}${runbook}`;
};

/** As a link, where its address leaves room for the rest; never cut. */
const runbookLine = ({ runbook, runbookUrl }: AnnouncedBlocker): string => {
  if (runbook === null) return '';
  const named = cut(escaped(runbook), SECTION / 3);
  const address = runbookUrl?.replaceAll('|', '%7C').replaceAll('&', '&amp;') ?? '';
  return `\nrunbook ${address === '' || address.length > SECTION / 3 ? named : `<${address}|${named}>`}`;
};

/** The three characters that Slack gives a meaning in text; without them nothing mentions anybody and nothing is a link. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('|', '¦');
