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
  const { workingDirectory } = world;
  const from = workspaceOf(world) ?? real(workingDirectory);
  const named = (path: string): string => within(from, resolve(real(workingDirectory), path)) ?? path;
  return { ofFile: named, ofEvidence: (path) => (folder === null ? path : named(join(real(folder), path))) };
};

/**
 * Where the files of the working folder can be read at the commit of a pipeline of GitHub or GitLab, for a summary that
 * does not lie beside them: ends with `/`. Null elsewhere.
 */
export const commitUrl = (world: World): string | null => {
  const { environment, workingDirectory } = world;
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: gitHubCommit } = environment;
  const { CI_PROJECT_URL: project, CI_COMMIT_SHA: gitLabCommit } = environment;
  const gitHub = `${server ?? ''}/${repository ?? ''}/blob/${gitHubCommit ?? ''}/`;
  const gitLab = `${project ?? ''}/-/blob/${gitLabCommit ?? ''}/`;
  const workspace = workspaceOf(world);
  const base = [gitHub, gitLab].find((url) => /^https?:\/\/[\w.:-]+\/[\w./-]+\/blob\/[0-9a-f]{40,64}\/$/.test(url));
  if (workspace === null || base === undefined) return null;
  const way = within(workspace, real(workingDirectory)) ?? '';
  return way === '' ? base : `${base}${way.split('/').map(encodeURIComponent).join('/')}/`;
};

/** The workspace in which the working folder lies; null for none. */
const workspaceOf = ({ environment, workingDirectory }: World): string | null =>
  WORKSPACES.flatMap((name) => environment[name] ?? [])
    .map(real)
    .find((space) => within(space, real(workingDirectory)) !== null) ?? null;

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
