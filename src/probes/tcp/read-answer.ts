import type { Incoming } from '../engine/incoming.ts';

/** What came back: `ended` when the peer closed its side, `found` null when no text is looked for. */
export type Received = { readonly bytes: Buffer; readonly found: boolean | null; readonly ended: boolean };

const MOST_BYTES = 64 * 1024;
/** How long a peer that has spoken may pause before what it said counts as all of it. */
const PAUSE_MS = 250;

type Progress = (bytes: Buffer) => void;

const readUntil = async (incoming: Incoming, text: string, progress: Progress): Promise<Received> => {
  const wanted = Buffer.from(text, 'utf8');
  let bytes = Buffer.alloc(0);
  for (;;) {
    const more = await incoming.next();
    if (more === null) return { bytes, found: false, ended: true };
    const from = Math.max(0, bytes.length - wanted.length);
    bytes = Buffer.concat([bytes, more]);
    progress(bytes);
    if (bytes.indexOf(wanted, from) !== -1) return { bytes, found: true, ended: false };
    if (bytes.length >= MOST_BYTES) return { bytes: bytes.subarray(0, MOST_BYTES), found: false, ended: false };
  }
};

const readUpTo = async (incoming: Incoming, limit: number, progress: Progress): Promise<Received> => {
  let bytes = Buffer.alloc(0);
  while (bytes.length < limit) {
    const next = incoming.next();
    const more = bytes.length === 0 ? await next : await beforePause(next);
    if (more === 'pause') break;
    if (more === null) return { bytes, found: null, ended: true };
    bytes = Buffer.concat([bytes, more]).subarray(0, limit);
    progress(bytes);
  }
  return { bytes, found: null, ended: false };
};

const beforePause = async (next: Promise<Uint8Array | null>): Promise<Uint8Array | null | 'pause'> => {
  let timer: NodeJS.Timeout | undefined;
  const pause = new Promise<'pause'>((resolve) => {
    timer = setTimeout(() => resolve('pause'), PAUSE_MS);
  });
  next.catch(() => {});
  const first = await Promise.race([next, pause]).finally(() => clearTimeout(timer));
  return first;
};

/**
 * Reads until a text has come, the peer ends or 64 KiB are there; or, given a number, at most so many bytes until the
 * peer ends or pauses. `progress` hears of everything so far. Rejects as the connection does.
 */
export const readAnswer = (incoming: Incoming, read: string | number, progress: Progress): Promise<Received> =>
  typeof read === 'string' ? readUntil(incoming, read, progress) : readUpTo(incoming, read, progress);
