import type { PlannedStep } from '../plan/plan.ts';
import type { Ports } from './ports.ts';
import { notRun, type CheckEnd } from './run-check.ts';
import { leaveOut, runStep, type Flow, type StepWorld } from './run-step.ts';
import type { RunStop } from './stop.ts';

/** Once a run has been stopped, cleaning up may take this long. */
export const CLEANUP_MS = 60_000;

/**
 * Does the cleanup of a scenario: each step, whatever became of the others. One that uses what was never captured has
 * nothing to act on; where a step may have made it all the same, that is unknown rather than left out.
 */
export const cleanUp = async (
  steps: readonly PlannedStep[],
  flow: Flow,
  world: StepWorld,
): Promise<readonly CheckEnd[]> => {
  const ends: CheckEnd[] = [];
  for (const step of steps) {
    const absent = step.uses.find((name) => !Object.hasOwn(flow.captured, name));
    const maker = step.uses.map((name) => flow.doubts.get(name)).find((name) => name !== undefined);
    if (!flow.begun) {
      leaveOut(step, 'nothing was done that would have to be cleaned up', world.ports);
    } else if (absent !== undefined && maker !== undefined) {
      const message = `the step "${maker}" may have made something, and "${absent}", which would name it, was never captured`;
      ends.push(notRun(step.check, 'not-run', message, world.ports));
    } else if (absent !== undefined) {
      leaveOut(step, `it has nothing to act on: "${absent}" was never captured`, world.ports);
    } else {
      const end = await runStep(step, flow, world);
      if (end !== 'left out') ends.push(end);
    }
  }
  return ends;
};

/** Aborts some time after the signal does, so that what is begun when a run is stopped can still be undone. */
export const watchCleanup = (outer: AbortSignal, sleep: Ports['sleep']): RunStop => {
  const stop = new AbortController();
  const finished = new AbortController();
  const onStop = (): void => {
    void sleep(CLEANUP_MS, finished.signal).then(() => {
      if (!finished.signal.aborted) stop.abort('deadline');
    });
  };
  if (outer.aborted) onStop();
  else outer.addEventListener('abort', onStop, { once: true });
  return {
    signal: stop.signal,
    release: () => {
      finished.abort();
      outer.removeEventListener('abort', onStop);
    },
  };
};
