import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Json } from '../../../model/json.ts';
import { untilAborted } from '../deadline.ts';
import { isFit, type Fit } from './fit.ts';

/** How long a server's own schema may take to be compiled and applied, in time of its thread: a busy machine is no fault. */
const BUDGET_MS = 250;
const LONGEST_MS = 5000;
const MOST_MEGABYTES = 128;
/** Loading the validator is our time, not the schema's; this bounds it all the same. */
const STARTUP_MS = 10_000;
/** To start a thread costs more than most schemas do: it is kept for the next look, and holds up the end of nobody. */
const IDLE_MS = 2000;

const unapplied = (why: string): Fit => ({ fits: false, fault: 'schema', why });

/** The next message of a thread; null when it ended or when time is over. */
const nextMessage = (worker: Worker, waitMs: number): Promise<unknown> => {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const nothing = (): void => resolve(null);
  const timer = setTimeout(nothing, waitMs);
  worker.once('message', resolve).once('error', nothing).once('exit', nothing);
  return promise.finally(() => {
    clearTimeout(timer);
    worker.off('message', resolve).off('error', nothing).off('exit', nothing);
  });
};

const startWorker = async (): Promise<Worker | null> => {
  const worker = new Worker(new URL(`./worker${extname(import.meta.filename)}`, import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES, stackSizeMb: 4 },
    stdout: true,
    stderr: true,
  });
  worker.unref();
  worker.on('error', () => {});
  if ((await nextMessage(worker, STARTUP_MS)) === 'ready') return worker;
  await worker.terminate();
  return null;
};

/** The time that a thread has computed, also while it is stuck; what the clock says where that cannot be asked. */
const computedMs = async (worker: Worker): Promise<number> => {
  if (typeof worker.cpuUsage !== 'function') return performance.now();
  const used = await worker.cpuUsage().catch(() => null);
  return used === null ? Infinity : (used.user + used.system) / 1000;
};

/** What a thread answers to `request` within its budget; null when it does not. */
const answerOf = async (worker: Worker, request: readonly string[]): Promise<unknown> => {
  const [startMs, fromMs] = [await computedMs(worker), performance.now()];
  const answer = nextMessage(worker, LONGEST_MS);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  worker.postMessage(request);
  for (;;) {
    const pause = Promise.withResolvers<'pause'>();
    const timer = setTimeout(pause.resolve, BUDGET_MS, 'pause' as const);
    const said = await Promise.race([answer, pause.promise]).finally(() => clearTimeout(timer));
    if (said !== 'pause') return said;
    const spentMs = (await computedMs(worker)) - startMs;
    if (spentMs >= BUDGET_MS || performance.now() - fromMs >= LONGEST_MS) return null;
  }
};

let running: Promise<Worker | null> | null = null;
let last: Promise<unknown> = Promise.resolve();
let waiting = 0;
let idle: NodeJS.Timeout | undefined;

const stop = async (): Promise<void> => {
  const worker = await running;
  running = null;
  await worker?.terminate();
};

const apply = async (schema: object, value: Json): Promise<Fit> => {
  const worker = await (running ??= startWorker());
  if (worker === null) {
    running = null;
    return unapplied('the validator did not start');
  }
  const fit = await answerOf(worker, [JSON.stringify(schema), JSON.stringify(value)]);
  if (isFit(fit)) return fit;
  await stop();
  return unapplied(`that was not done within ${BUDGET_MS} ms and ${MOST_MEGABYTES} MB`);
};

const inTurn = async (schema: object, value: Json): Promise<Fit> => {
  waiting += 1;
  clearTimeout(idle);
  const turn = last.then(() => apply(schema, value));
  last = turn.catch(() => {});
  try {
    return await turn;
  } finally {
    waiting -= 1;
    if (waiting === 0) idle = setTimeout(() => void stop(), IDLE_MS).unref();
  }
};

/**
 * Whether a value fits a schema that came from a server. One that cannot be applied within 250 ms of computing, or refers
 * to another document, does not: never a pass. It is applied in a thread that all looks share, one after the other, and
 * that is ended when a schema keeps it: it can freeze nobody. Rejects with the reason of `signal`.
 */
export const checkFit = (schema: object, value: Json, signal: AbortSignal): Promise<Fit> =>
  untilAborted(inTurn(schema, value), signal);
