import type { RunRecord } from '../execute/event.ts';
import { parseInstant } from '../matchers/instant.ts';
import { formatEffort, formatTime } from '../report/view/duration.ts';

const DAY_MS = 86_400_000;

/** That it was judged for another time than now, and that what it saw is old by then. */
export const timeTexts = ({ startedAt }: RunRecord, at: Date, asked: boolean): readonly string[] => {
  const age = at.getTime() - (parseInstant(startedAt) ?? at.getTime());
  return [
    ...(asked ? [`Judged for ${formatTime(at.toISOString())}, not for now`] : []),
    ...(age > DAY_MS
      ? [`The run looked ${formatEffort(age)} before it was judged: what it saw may be otherwise by then`]
      : []),
  ];
};

/** How a gate was made easier since the run; nothing when it was not. */
export const easierText = (gate: string, relaxed: readonly string[]): readonly string[] =>
  relaxed.length === 0 ? [] : [`The gate ${gate} asks for less than when the run was made: ${relaxed.join('; ')}`];
