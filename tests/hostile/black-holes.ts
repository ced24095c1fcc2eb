// A process that looks at a healthy target alone, and again beside many names that no server answers about. Reads its
// orders on stdin, prints one JSON line, and ends as soon as nothing keeps it.
import { text } from 'node:stream/consumers';
import type { PlannedCheck } from '../../src/plan/plan.ts';
import { preloadKinds } from '../../src/probes/preload.ts';
import { lookAt, plannedFrom } from './look.ts';

export type BlackHoleOrder = {
  /** The `http` spec of the target that is well. */
  readonly healthy: { readonly url: string; readonly resolver?: string };
  /** A name server that never answers. */
  readonly silent: string;
  readonly names: number;
  readonly looks: number;
  /** Milliseconds after which the run is stopped; null for one that goes to its end. */
  readonly stopAfterMs: number | null;
};

export type BlackHoleReport = {
  readonly alone: readonly number[];
  readonly beside: readonly number[];
  readonly outcomes: readonly string[];
  readonly lost: readonly string[];
  readonly doneAt: number;
};

const order: BlackHoleOrder = JSON.parse(await text(process.stdin));
await preloadKinds(['http']);
const healthy = await plannedFrom({ http: order.healthy });
const lost = await Promise.all(
  Array.from({ length: order.names }, (_, at) =>
    plannedFrom({ http: { url: `http://n${at}.test/`, resolver: order.silent }, timeout: '2s' }),
  ),
);

const stop = new AbortController();
const look = (check: PlannedCheck) => lookAt(check, {}, stop.signal);

const several = async (): Promise<{ readonly durations: readonly number[]; readonly outcomes: readonly string[] }> => {
  const durations: number[] = [];
  const outcomes: string[] = [];
  for (let count = 0; count < order.looks; count += 1) {
    const seen = await look(healthy);
    durations.push(seen.durationMs);
    outcomes.push(`${seen.outcome} ${seen.message}`.trim());
  }
  return { durations, outcomes };
};

await look(healthy);
const alone = await several();
const hanging = Promise.all(lost.map(look));
if (order.stopAfterMs !== null) setTimeout(() => stop.abort('SIGINT'), order.stopAfterMs);
const beside = order.stopAfterMs === null ? await several() : { durations: [], outcomes: [] };
const codes = (await hanging).map(({ code }) => code ?? 'none');
const report: BlackHoleReport = {
  alone: alone.durations,
  beside: beside.durations,
  outcomes: [...new Set([...alone.outcomes, ...beside.outcomes])],
  lost: [...new Set(codes)],
  doneAt: Date.now(),
};
process.stdout.write(`${JSON.stringify(report)}\n`);
