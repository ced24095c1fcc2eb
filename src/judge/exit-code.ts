import type { Run, WaiverResult } from '../model/run.ts';

/** What the exit code of a run rests on. */
type Ended = Pick<Run, 'verdict'> & {
  readonly run: Pick<Run['run'], 'interruptedBy'>;
  readonly waivers?: readonly Pick<WaiverResult, 'state'>[];
};

/**
 * The exit code of a judged run: 0 to go, 1 not to go, 3 not proved, 130 and 143 when a signal stopped it. Strict, a
 * condition is not to go, nor is a waiver that accepts nothing any more.
 */
export const exitCode = (run: Ended, { strict }: { readonly strict: boolean }): 0 | 1 | 3 | 130 | 143 => {
  if (run.run.interruptedBy === 'SIGINT') return 130;
  if (run.run.interruptedBy === 'SIGTERM') return 143;
  switch (run.verdict) {
    case 'GO':
      return strict && run.waivers?.some(({ state }) => state === 'stale') === true ? 1 : 0;
    case 'CONDITIONAL':
      return strict ? 1 : 0;
    case 'NO-GO':
      return 1;
    case 'HOLD':
      return 3;
  }
};
