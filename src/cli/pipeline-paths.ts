import { realpathSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { PipelinePaths } from '../report/reporter.ts';
import type { World } from './world.ts';

/** Where GitHub, GitLab and Jenkins say that the checkout is. */
const WORKSPACES = ['GITHUB_WORKSPACE', 'CI_PROJECT_DIR', 'WORKSPACE'] as const;

/**
 * How reports name files, so that a pipeline finds them: from its workspace where the working folder lies in one, else
 * from the working folder. What lies outside keeps its name. `folder` is that of the run, as an absolute path.
 */
export const pipelinePaths = (folder: string | null, world: World): PipelinePaths => {
  const { workingDirectory, environment } = world;
  const spaces = WORKSPACES.flatMap((name) => environment[name] ?? []).map(real);
  const from = spaces.find((space) => within(space, real(workingDirectory)) !== null) ?? real(workingDirectory);
  const named = (path: string): string => within(from, resolve(real(workingDirectory), path)) ?? path;
  return { ofFile: named, ofEvidence: (path) => (folder === null ? path : named(join(real(folder), path))) };
};

const real = (path: string): string => {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
};

/** The way from a folder to something in it, with `/` between parts; null for what is not in it. */
const within = (folder: string, path: string): string | null => {
  const way = relative(folder, path).split(sep).join('/');
  return way === '..' || way.startsWith('../') || isAbsolute(way) ? null : way;
};
