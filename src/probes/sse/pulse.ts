/** A time without a sign of life, and when it began. */
export type Silence = { readonly ms: number; readonly from: number };

/** Notes signs of life and finds the longest silence, in constant memory. Instants are monotonic milliseconds. */
export type Pulse = {
  readonly beat: (at: number) => void;
  /** The longest silence up to an instant: from the start to the first sign, between two, or since the last. */
  readonly longest: (until: number) => Silence;
};

/** Starts listening at an instant, which is no sign of life itself. */
export const startPulse = (from: number): Pulse => {
  let last = from;
  let found: Silence = { ms: 0, from };
  const longest = (until: number): Silence => (until - last > found.ms ? { ms: until - last, from: last } : found);
  return {
    longest,
    beat: (at) => {
      found = longest(at);
      last = Math.max(last, at);
    },
  };
};
