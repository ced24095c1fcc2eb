// A process that looks at the targets which it is told on stdin, and at nothing else, so that its memory is that of
// looking. Prints one JSON line a target, then one with what is left of it.
import { text } from 'node:stream/consumers';
import { preloadKinds } from '../../src/probes/preload.ts';
import type { Target } from './behaviour.ts';
import { lookAt, planned, type Seen } from './look.ts';
import { peakMib } from './peak.ts';

/** What the looker found. `peakMib` is the most memory that the process had up to then. */
export type Looked = { readonly name: string; readonly seen: Seen; readonly peakMib: number };
/** `baselineMib` is what it had before the first look; `uncaught` are errors that nobody handled. */
export type Left = {
  readonly baselineMib: number;
  readonly peakMib: number;
  readonly resources: readonly string[];
  readonly uncaught: readonly string[];
};

type Order = { readonly name: string; readonly target: Target };

const print = (line: Looked | Left): boolean => process.stdout.write(`${JSON.stringify(line)}\n`);

const uncaught: string[] = [];
process.on('uncaughtException', (error) => uncaught.push(String(error)));
process.on('unhandledRejection', (error) => uncaught.push(String(error)));

const orders: readonly Order[] = JSON.parse(await text(process.stdin));
await preloadKinds(['http', 'health']);
const checks = await planned(orders.map(({ target }) => target));
const baselineMib = peakMib();
for (const [at, check] of checks.entries()) {
  const { name, target } = orders[at] ?? { name: check.id, target: { environment: {} } };
  const { facts: _, ...seen } = await lookAt(check, target.environment);
  print({ name, seen: { ...seen, facts: {} }, peakMib: Math.round(peakMib()) });
}
// Handles that were closed in the last look are gone a turn of the loop later; what is still there was forgotten.
await new Promise((resolve) => setTimeout(resolve, 50));
print({
  baselineMib: Math.round(baselineMib),
  peakMib: Math.round(peakMib()),
  resources: process.getActiveResourcesInfo().filter((name) => name !== 'PipeWrap'),
  uncaught,
});
