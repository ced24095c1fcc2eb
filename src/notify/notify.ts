import type { Channel, Notification } from '../config/notify.ts';
import type { Verdict } from '../model/outcome.ts';
import type { Run } from '../model/run.ts';
import { announcementOf, isBad, type Announcement } from './announcement.ts';
import { gitHubMessage } from './github.ts';
import type { Message } from './message.ts';
import { pagerDutyMessage } from './pagerduty.ts';
import { sendMessage, type SendPorts } from './send.ts';
import { slackMessage } from './slack.ts';
import { webhookMessage } from './webhook.ts';

/** What became of one entry of `notify:`. */
export type Notified = {
  readonly id: string;
  readonly kind: Channel['kind'];
  /** `not-due`: nothing to tell; `not-configured`: what it takes is not set. */
  readonly state: 'sent' | 'failed' | 'not-due' | 'not-configured';
  readonly attempts: number;
  readonly status: number | null;
  /** One sentence; empty when it was sent or not due. */
  readonly message: string;
};

export type NotifySetting = {
  /** The verdict that those behind an entry know of, by its id; null when nothing is known. */
  readonly knownTo: (id: string) => Verdict | null;
  /** What runs have in common whose verdicts follow each other: file, environment, gates. */
  readonly scope: string;
  /** All of it ends by then. */
  readonly withinMs: number;
};

/** Tells everybody who is to be told of a run, all at once. Never rejects, and changes nothing about the run. */
export const notifyAll = (
  run: Run,
  notifications: readonly Notification[],
  setting: NotifySetting,
  ports: SendPorts,
  signal: AbortSignal,
): Promise<readonly Notified[]> => Promise.all(notifications.map((one) => notifyOne(run, one, setting, ports, signal)));

const notifyOne = async (
  run: Run,
  { id, kind, on, channel, missing, runbooksUrl }: Notification,
  { knownTo, scope, withinMs }: NotifySetting,
  ports: SendPorts,
  signal: AbortSignal,
): Promise<Notified> => {
  const previous = knownTo(id);
  const nothing = { id, kind, attempts: 0, status: null };
  if (!isDue(on, kind, run.verdict, previous)) return { ...nothing, state: 'not-due', message: '' };
  if (channel === null) return { ...nothing, state: 'not-configured', message: `not set: ${missing.join(', ')}` };
  const message = messageOf(channel, announcementOf(run, previous, runbooksUrl), scope);
  const { sent, attempts, status, trouble } = await sendMessage(message, withinMs, ports, signal);
  return { id, kind, state: sent ? 'sent' : 'failed', attempts, status, message: trouble };
};

/** Whether there is something to tell. An alert that may be open is ended, whatever was asked. */
export const isDue = (
  on: Notification['on'],
  kind: Channel['kind'],
  verdict: Verdict,
  previous: Verdict | null,
): boolean => {
  if (on === 'always') return true;
  if (kind === 'pagerduty' && !isBad(verdict)) return previous === null || isBad(previous);
  if (on === 'failure' || previous === null) return isBad(verdict);
  return verdict !== previous;
};

const messageOf = (channel: Channel, announcement: Announcement, scope: string): Message => {
  switch (channel.kind) {
    case 'webhook':
      return webhookMessage(channel, announcement);
    case 'slack':
      return slackMessage(channel, announcement);
    case 'pagerduty':
      return pagerDutyMessage(channel, announcement, scope);
    case 'github':
      return gitHubMessage(channel, announcement);
  }
};
