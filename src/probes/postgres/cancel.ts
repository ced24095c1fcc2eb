import type { ProbeContext } from '../probe.ts';
import { watched } from '../tcp/watched.ts';
import { type Door, open } from './open.ts';

/** Within what a look has after it was told to end. */
const WITHIN_MS = 150;
const CANCEL_REQUEST = 80_877_102;

/** Length, the number that stands for "cancel, please", and the key of the session. */
const cancelMessage = (key: Uint8Array): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(head.length + key.length, 0);
  head.writeUInt32BE(CANCEL_REQUEST, 4);
  return Buffer.concat([head, key]);
};

/**
 * Asks the server to end what it still does for us, over a connection of its own as the protocol wants it. The server
 * answers by closing it. Never rejects: at the latest the timeout of the statement ends it.
 */
export const cancel = async (
  door: Door,
  key: Uint8Array,
  { monotonicMs, now }: Pick<ProbeContext, 'monotonicMs' | 'now'>,
): Promise<void> => {
  const context = { signal: AbortSignal.timeout(WITHIN_MS), monotonicMs, now, timeoutMs: WITHIN_MS };
  await watched(context, async (watch) => {
    const { stream, incoming } = await open(door, watch, context);
    stream.write(cancelMessage(key));
    await incoming.next();
  }).catch(() => {});
};
