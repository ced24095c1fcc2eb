import { parseDuration } from '../../matchers/units.ts';
import { bytesOf, DEFAULT_STREAM_BYTES } from '../sse/settings.ts';
import type { Spec } from './schema.ts';

/** What a spec means once its defaults are filled in. */
export type Settings = {
  readonly withinMs: number;
  /** Null when nothing is watched once the answer is there. */
  readonly forMs: number | null;
  /** Null when no gap is too long. */
  readonly heartbeatMs: number | null;
  /** Whether a message is waited for. */
  readonly awaitsAnswer: boolean;
  /** Whether the server is to close the connection. */
  readonly awaitsClose: boolean;
  readonly headerBytes: number;
  readonly messageBytes: number;
  readonly totalBytes: number;
};

const DEFAULT_WITHIN_MS = 5000;
const DEFAULT_HEADER_BYTES = 64 * 1024;
const DEFAULT_MESSAGE_BYTES = 1024 * 1024;

/** Reads a spec without `websocketProblems`. */
export const settingsOf = (spec: Spec): Settings => ({
  withinMs: parseDuration(spec.within ?? '') ?? DEFAULT_WITHIN_MS,
  forMs: parseDuration(spec.for ?? ''),
  heartbeatMs: parseDuration(spec.heartbeat ?? ''),
  awaitsAnswer: spec.send !== undefined || spec.answer !== undefined,
  awaitsClose: spec.close === true,
  headerBytes: bytesOf(spec.limits?.headers) ?? DEFAULT_HEADER_BYTES,
  messageBytes: bytesOf(spec.limits?.message) ?? DEFAULT_MESSAGE_BYTES,
  totalBytes: bytesOf(spec.limits?.body) ?? DEFAULT_STREAM_BYTES,
});

/** The longest that a server is listened to before anything is sent. */
const LISTENING_MS = 500;

/** The longest that a look can take once the connection is open, in milliseconds. */
export const lastsMs = (spec: Spec): number => {
  const { withinMs, forMs, awaitsAnswer, awaitsClose } = settingsOf(spec);
  const waiting = (awaitsAnswer ? withinMs : 0) + (awaitsClose ? withinMs : 0);
  return Math.max(waiting + LISTENING_MS, forMs ?? 0);
};
