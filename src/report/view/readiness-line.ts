/** One line of a readiness report: `state` is a word in front, `id` what it is about, `text` the rest of the line. */
export type ReadinessLine = {
  readonly state: string;
  readonly tone: 'good' | 'doubt' | 'bad';
  readonly id: string;
  readonly text: string;
  /** It heads those that follow it, up to the next heading. */
  readonly heading?: true;
  /** It sums up what stands above it, and is none of that. */
  readonly sum?: true;
};

/** The parts of a line that there are. */
export const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('; ');
