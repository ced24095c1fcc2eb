import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Json } from '../../../model/json.ts';
import { isFit, type Fit } from './fit.ts';

/** Applies schemas that came from a server. */
export type Validator = {
  /**
   * Whether a value fits a schema. One that cannot be applied within 250 ms of computing, or refers to another
   * document, does not: never a pass. One after the other.
   */
  readonly check: (schema: object, value: Json) => Promise<Fit>;
  readonly close: () => Promise<void>;
};

/** How long a server's own schema may take to be compiled and applied, in time of its thread: a busy machine is no fault. */
const BUDGET_MS = 250;
const LONGEST_MS = 5000;
const MOST_MEGABYTES = 128;

/** Loading the validator is our time, not the schema's; this bounds it all the same. */
const STARTUP_MS = 10_000;

/** The time that a thread has computed, also while it is stuck; what the clock says where that cannot be asked. */
const computedMs = async (worker: Worker): Promise<number> => {
  if (typeof worker.cpuUsage !== 'function') return performance.now();
  const used = await worker.cpuUsage().catch(() => null);
  return used === null ? Infinity : (used.user + used.system) / 1000;
};

const unapplied = (why: string): Fit => ({ fits: false, fault: 'schema', why });

const startWorker = (): Worker =>
  new Worker(new URL(`./worker${extname(import.meta.filename)}`, import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES, stackSizeMb: 4 },
    stdout: true,
    stderr: true,
  });

/** The next message of a thread; null when it ended, when time is over, or when `signal` aborts. */
const nextMessage = (worker: Worker, waitMs: number, signal: AbortSignal): Promise<unknown> => {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const give = (message: unknown): void => resolve(message);
  const nothing = (): void => resolve(null);
  const timer = setTimeout(nothing, waitMs);
  worker.once('message', give);
  worker.once('error', nothing);
  worker.once('exit', nothing);
  signal.addEventListener('abort', nothing, { once: true });
  if (signal.aborted) nothing();
  return promise.finally(() => {
    clearTimeout(timer);
    worker.off('message', give).off('exit', nothing);
    signal.removeEventListener('abort', nothing);
  });
};

/** What a thread answers to `request` within its budget; null when it does not. */
const answerOf = async (worker: Worker, request: readonly string[], signal: AbortSignal): Promise<unknown> => {
  const [startMs, fromMs] = [await computedMs(worker), performance.now()];
  const answer = nextMessage(worker, LONGEST_MS, signal);
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

/**
 * A validator in a thread of its own, started when first needed, and ended whatever a schema does: it can freeze
 * nobody. `signal` is the deadline of the look.
 */
export const openValidator = (signal: AbortSignal): Validator => {
  let running: Promise<Worker | null> | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const start = async (): Promise<Worker | null> => {
    const worker = startWorker();
    worker.on('error', () => {});
    if ((await nextMessage(worker, STARTUP_MS, signal)) === 'ready') return worker;
    await worker.terminate();
    return null;
  };

  const close = async (): Promise<void> => {
    const worker = await running;
    running = null;
    await worker?.terminate();
  };

  const apply = async (schema: object, value: Json): Promise<Fit> => {
    const worker = await (running ??= start());
    if (worker === null) {
      running = null;
      return unapplied(signal.aborted ? 'the deadline came before' : 'the validator did not start');
    }
    const fit = await answerOf(worker, [JSON.stringify(schema), JSON.stringify(value)], signal);
    if (isFit(fit)) return fit;
    await close();
    return unapplied(
      signal.aborted ? 'the deadline came before' : `that was not done within ${BUDGET_MS} ms and ${MOST_MEGABYTES} MB`,
    );
  };

  return {
    check: (schema, value) => {
      const turn = last.then(() => apply(schema, value));
      last = turn.catch(() => {});
      return turn;
    },
    close,
  };
};
