import type { HistoryStore, RunEntry, Scope } from '../history/store.ts';
import { TRIAGE_GATE } from '../plan/triage-plan.ts';

/** How far back a run is looked for that came to its end. */
const MOST_RUNS = 20;

/** How long each check and scenario took in the last whole run, in milliseconds; null where that is not known. */
export const recordedDurations = async (
  store: HistoryStore | null,
  scope: Scope,
): Promise<(id: string) => number | null> => {
  const runs = await store?.runs(scope, MOST_RUNS);
  const last = runs?.ok === true ? runs.value.find(isWhole) : undefined;
  const told = last === undefined ? undefined : await store?.run(last.id);
  const checks = told?.ok === true ? (told.value?.checks ?? []) : [];
  const known = new Map(checks.map(({ id, durationMs }) => [id, durationMs]));
  return (id) => known.get(id) ?? null;
};

/** A triage waits less than a run does. */
const isWhole = ({ complete, gates }: RunEntry): boolean => complete && !gates.some(({ id }) => id === TRIAGE_GATE);
