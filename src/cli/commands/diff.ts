import { diffRuns } from '../../history/diff.ts';
import { keptRun } from '../../history/kept-run.ts';
import { isWorse } from '../../judge/verdict.ts';
import type { Execute } from '../command.ts';
import { diffText } from '../diff-text.ts';
import { print } from '../print.ts';
import { judgeAsThen } from '../saved-run.ts';

/**
 * `gonogo diff A B`: what changed from one saved run to another, each as it was judged when it ended. Exits 1 when
 * something is broken that was not, or the verdict is worse.
 */
export const execute: Execute = async (options, world) => {
  const [before = '', after = ''] = options.words;
  const runs = [judgeAsThen(before, world), judgeAsThen(after, world)] as const;
  const difference = diffRuns(keptRun(runs[0], before), keptRun(runs[1], after));
  const text = options.has('json') ? `${JSON.stringify(difference, null, 2)}\n` : diffText(difference, runs);
  const code = await print(world, text);
  const worse = difference.broken.length > 0 || isWorse(runs[1].verdict, runs[0].verdict);
  return code === 0 && worse ? 1 : code;
};
