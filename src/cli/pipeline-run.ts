import type { World } from './world.ts';

/** What pipelines call one run of all their jobs: the same on each machine, and after a job was started again. */
const NAMES = ['GITHUB_RUN_ID', 'CI_PIPELINE_ID', 'BUILDKITE_BUILD_ID', 'CIRCLE_WORKFLOW_ID', 'BUILD_BUILDID'] as const;

/** The run of a pipeline in which this process works; null where it is in none that we know. */
export const pipelineRun = ({ environment }: Pick<World, 'environment'>): string | null => {
  const name = NAMES.find((one) => (environment[one] ?? '') !== '');
  return name === undefined ? null : `${name}=${environment[name]}`;
};
