import { parseBytes, parseDuration } from '../../matchers/units.ts';
import type { Spec } from './schema.ts';

/** What a spec means once its defaults are filled in. */
export type Settings = {
  readonly forMs: number;
  /** Null when no gap is too long. */
  readonly heartbeatMs: number | null;
  /** Null when every event counts. */
  readonly names: readonly string[] | null;
  /** Bytes of one event, and of one line. */
  readonly eventLimit: number;
};

const DEFAULT_FOR_MS = 30_000;
const DEFAULT_EVENT_BYTES = 1024 * 1024;

/** The whole of a stream, decoded, unless the spec says otherwise: a burst may be decoded in one piece. */
export const DEFAULT_STREAM_BYTES = 64 * 1024 * 1024;

/** The bytes of a size in a spec; null for none, and for one that is no size. */
export const bytesOf = (size: string | number | undefined): number | null => {
  if (typeof size !== 'string') return size ?? null;
  const bytes = parseBytes(size);
  return bytes === null ? null : Math.floor(bytes);
};

/** Reads a spec without `sseProblems`. */
export const settingsOf = ({ for: length, heartbeat, event, limits }: Spec): Settings => ({
  forMs: parseDuration(length ?? '') ?? DEFAULT_FOR_MS,
  heartbeatMs: parseDuration(heartbeat ?? ''),
  names: event === undefined ? null : [event].flat(),
  eventLimit: bytesOf(limits?.event) ?? DEFAULT_EVENT_BYTES,
});
