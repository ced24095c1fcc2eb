import { createHash } from 'node:crypto';
import type { Channel } from '../config/notify.ts';
import { visible } from '../report/encode/visible.ts';
import { cut, isBad, titleOf, type Announcement } from './announcement.ts';
import type { Message } from './message.ts';

type PagerDuty = Extract<Channel, { readonly kind: 'pagerduty' }>;

/** Limits of Events API v2. */
const SUMMARY = 1024;
const DEDUP_KEY = 255;

/**
 * An event of PagerDuty Events API v2: an alert while we may not go, and its end when we may. Every run of one file in
 * one environment has the same key, so that there is one alert and it ends.
 */
export const pagerDutyMessage = (
  { url, routingKey }: PagerDuty,
  announcement: Announcement,
  scope: string,
): Message => {
  const event = { routing_key: routingKey, dedup_key: dedupKey(scope), client: 'gonogo' };
  const request = { url, headers: {}, taken: { status: 202, body: null } };
  if (!isBad(announcement.verdict)) return { ...request, json: { ...event, event_action: 'resolve' } };
  const { blockers, more, name, environment, verdict, startedAt, reasons, run, totals, previous } = announcement;
  const [first] = blockers;
  const cause = first === undefined ? (reasons[0] ?? '') : `${first.check}: ${first.message}`;
  const links = blockers.flatMap(({ runbookUrl, runbook }) =>
    runbookUrl === null ? [] : [{ href: runbookUrl, text: `runbook ${runbook ?? ''}` }],
  );
  return {
    ...request,
    json: {
      ...event,
      event_action: 'trigger',
      payload: {
        summary: cut(`${titleOf(announcement)}${cause === '' ? '' : `: ${cause}`}`, SUMMARY),
        source: environment === null ? name : `${name} (${environment})`,
        severity: verdict === 'NO-GO' ? 'critical' : 'error',
        timestamp: startedAt,
        ...(first?.component === null || first === undefined ? {} : { component: first.component }),
        ...(first === undefined ? {} : { class: first.reasonCode }),
        custom_details: { run, previous, reasons, blockers, more, totals },
      },
      links: [...new Map(links.map((link) => [link.href, link])).values()],
    },
  };
};

const dedupKey = (scope: string): string => {
  const key = `gonogo ${visible(scope)}`;
  if (key.length <= DEDUP_KEY) return key;
  return `${key.slice(0, 180).toWellFormed()} ${createHash('sha256').update(scope).digest('hex')}`;
};
