import { setTimeout as sleep } from 'node:timers/promises';
import type { TimeLeft } from './time-left.ts';
import type { Documents } from './watch-documents.ts';
import type { Requests } from './watch-requests.ts';

const POLL_MS = 50;
/** So long nothing may begin or end before a page counts as at rest: what it still does then, it does by itself. */
const QUIET_MS = 300;
/** Pages that poll or stream never rest. */
const MOST_MS = 2000;

type Watched = {
  readonly documents: Pick<Documents, 'isMoving'>;
  readonly requests: Pick<Requests, 'open' | 'lastMs'>;
};

/**
 * Waits until a page is at rest, at most two seconds: errors come late, and so do the answers to a click. While it is
 * on its way to another document there is no other limit than the time of the visit.
 */
export const settle = async ({ documents, requests }: Watched, time: TimeLeft): Promise<void> => {
  const startedMs = performance.now();
  for (;;) {
    await sleep(POLL_MS);
    const now = performance.now();
    const quiet = requests.open().length === 0 && now - Math.max(startedMs, requests.lastMs()) >= QUIET_MS;
    const enough = quiet || now - startedMs >= MOST_MS;
    if (time.isOver() || (enough && !documents.isMoving())) return;
  }
};
