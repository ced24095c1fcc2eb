import type { Json } from '../../model/json.ts';
import { fitTexts } from '../fit-texts.ts';
import type { Filled } from '../interpolate.ts';
import type { SourceFile } from '../source-file.ts';
import { valueAt } from '../value-at.ts';
import type { Path } from '../yaml/places.ts';

const AT: Path = ['scenarios', 'x', 'steps', 0];

/** `fitTexts` for one step, whose keys lie `depth` steps below the root: `port: ${env.PORT}` means a number here, too. */
export const fitStep = (value: Json, file: SourceFile, filled: readonly Filled[], depth: number): Json => {
  if (filled.length === 0) return value;
  const moved = filled.map((one) => ({ ...one, path: [...AT, ...one.path.slice(depth)] }));
  const whole = { version: 1, scenarios: { x: { steps: [value] } } };
  const fitted = fitTexts({ file, value: whole, filled: moved, byCheck: new Map(), findings: [] });
  return valueAt(fitted.value, AT) ?? value;
};
