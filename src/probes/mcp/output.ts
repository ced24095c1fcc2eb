import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Json } from '../../model/json.ts';

/** How long a server's own schema may take to be compiled and applied. */
const BUDGET_MS = 250;

/** Loading the validator is our time, not the schema's; this bounds it all the same. */
const STARTUP_MS = 10_000;

/**
 * Whether a value fits a schema that came from a server: null when it does, else one sentence that says why not.
 * A schema that cannot be applied within 250 ms, or refers to another document, is a problem too, never a pass.
 * It runs in a worker thread of its own, which is ended whatever the schema does; nothing is fetched.
 */
export const outputProblem = (schema: object, value: Json | undefined, signal: AbortSignal): Promise<string | null> => {
  if (value === undefined)
    return Promise.resolve('the tool declares an output schema and returned no structured content');
  const worker = new Worker(new URL(`./output-worker${extname(import.meta.filename)}`, import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: 128, stackSizeMb: 4 },
    stdout: true,
    stderr: true,
  });
  const { promise, resolve } = Promise.withResolvers<string | null>();
  let timer = setTimeout(() => resolve('the validator of output schemas did not start'), STARTUP_MS);
  const abort = (): void => resolve('the deadline came before the output schema was applied');
  signal.addEventListener('abort', abort, { once: true });
  worker.on('message', (message: unknown) => {
    if (message !== 'ready') return resolve(typeof message === 'string' ? message : null);
    clearTimeout(timer);
    timer = setTimeout(() => resolve(`the output schema could not be applied within ${BUDGET_MS} ms`), BUDGET_MS);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage([JSON.stringify(schema), JSON.stringify(value)]);
  });
  worker.on('error', (error) => resolve(`the output schema could not be applied: ${error.message.slice(0, 200)}`));
  worker.on('exit', () => resolve('the output schema could not be applied: the validator ended'));
  return promise.finally(async () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    await worker.terminate();
  });
};
