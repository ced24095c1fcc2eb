import type { Channel } from '../config/notify.ts';
import type { Announcement } from './announcement.ts';
import type { Message } from './message.ts';

type Webhook = Extract<Channel, { readonly kind: 'webhook' }>;

/** The announcement as it is. The same run has the same key, so that a receiver can tell a repetition. */
export const webhookMessage = ({ url, headers }: Webhook, announcement: Announcement): Message => ({
  url,
  headers: { 'idempotency-key': announcement.run, ...headers },
  json: { schemaVersion: 1, event: 'verdict', ...announcement },
  taken: { status: null, body: null },
});
