import { showDuration } from '../../matchers/units.ts';
import { showTime } from './show-time.ts';

const EVERY_MS = 1000;

/** What is known of a stream under way. */
export type Sofar = {
  /** Milliseconds since the opening. */
  readonly passedMs: number;
  /** `25 events, 3 heartbeats`. */
  readonly counts: string;
  readonly maxGapMs: number;
};

/** `4m12s of 10m, 25 events, longest gap 15.1 s`. */
export const progressText = ({ passedMs, counts, maxGapMs }: Sofar, forMs: number): string =>
  `${showTime(Math.min(passedMs, forMs))} of ${showDuration(forMs)}, ${counts}, longest gap ${showTime(maxGapMs)}`;

/** Tells every second how far a long look is; answers what ends that. */
export const tellProgress = (tell: (progress: string) => void, text: () => string): (() => void) => {
  const timer = setInterval(() => tell(text()), EVERY_MS);
  return () => clearInterval(timer);
};
