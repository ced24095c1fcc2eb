import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { Run } from '../model/run.ts';
import type { Plan } from '../plan/plan.ts';
import { newBaselineOf } from '../probes/answer/golden/new-baseline.ts';
import { writeFileAtomically } from '../shell/files.ts';
import type { World } from './world.ts';

/**
 * Puts the baselines that the checks of a run kept in the place of those that they compare with; answers a line for
 * each. Two checks that would leave different texts in one file leave it as it is. Rejects when a file cannot be written.
 */
export const updateBaselines = async (
  plan: Plan,
  run: Run,
  folder: string,
  world: World,
): Promise<readonly string[]> => {
  const texts = new Map<string, string | null>();
  for (const check of plan.checks) {
    const result = run.checks.find(({ id }) => id === check.id);
    const found = result === undefined ? null : newBaselineOf(check.spec, result.facts);
    if (found === null) continue;
    const path = resolve(world.workingDirectory, dirname(check.source.file), found.baseline);
    const text = readFileSync(join(folder, found.kept), 'utf8');
    const known = texts.get(path);
    texts.set(path, known === undefined || known === text ? text : null);
  }
  const lines: string[] = [];
  for (const [path, text] of texts) {
    const shown = relative(world.workingDirectory, path);
    if (text === null) {
      lines.push(`${shown} stays as it is: two checks would leave different baselines in it`);
      continue;
    }
    await writeFileAtomically(path, text);
    lines.push(`baseline ${shown} is what this run measured`);
  }
  return lines.length > 0 ? lines : ['no baseline is to be updated'];
};
