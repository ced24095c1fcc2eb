import { diffRuns } from '../../history/diff.ts';
import { keptRun } from '../../history/kept-run.ts';
import type { Execute } from '../command.ts';
import { diffText } from '../diff-text.ts';
import { print } from '../print.ts';
import { judgeSaved } from '../saved-run.ts';

/** `gonogo diff A B`: what changed from one saved run to another. Exits 1 when something is broken that was not. */
export const execute: Execute = async (options, world) => {
  const [before = '', after = ''] = options.words;
  const runs = [await judgeSaved(before, options, world), await judgeSaved(after, options, world)] as const;
  const difference = diffRuns(keptRun(runs[0], before), keptRun(runs[1], after));
  const text = options.has('json') ? `${JSON.stringify(difference, null, 2)}\n` : diffText(difference, runs);
  const code = await print(world, text);
  return code === 0 && difference.broken.length > 0 ? 1 : code;
};
