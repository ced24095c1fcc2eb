import type { Run } from '../model/run.ts';

/** The exit code of a judged run: 0 to go, 1 not to go, 3 not proved, 130 and 143 when a signal stopped it. */
export const exitCode = (
  run: Pick<Run, 'verdict'> & { readonly run: Pick<Run['run'], 'interruptedBy'> },
  { strict }: { readonly strict: boolean },
): 0 | 1 | 3 | 130 | 143 => {
  if (run.run.interruptedBy === 'SIGINT') return 130;
  if (run.run.interruptedBy === 'SIGTERM') return 143;
  switch (run.verdict) {
    case 'GO':
      return 0;
    case 'CONDITIONAL':
      return strict ? 1 : 0;
    case 'NO-GO':
      return 1;
    case 'HOLD':
      return 3;
  }
};
