/** Errors that this machine raises about itself, whatever the target does. */
const LOCAL_CODES: ReadonlySet<string> = new Set([
  'EMFILE',
  'ENFILE',
  'ENOMEM',
  'ENOBUFS',
  'ENOSPC',
  'EAGAIN',
  'ERR_MEMORY_ALLOCATION_FAILED',
  'ERR_WORKER_OUT_OF_MEMORY',
]);

const MAX_DEPTH = 10;

/**
 * The code of a limit of our own machine (`EMFILE`) in an error, its causes or the errors that it sums up; null when
 * there is none. Such trouble is never the target's.
 */
export const localLimit = (error: unknown, depth = 0): string | null => {
  if (!(error instanceof Error) || depth > MAX_DEPTH) return null;
  if ('code' in error && typeof error.code === 'string' && LOCAL_CODES.has(error.code)) return error.code;
  const parts: readonly unknown[] = error instanceof AggregateError ? [...error.errors, error.cause] : [error.cause];
  for (const part of parts) {
    const code = localLimit(part, depth + 1);
    if (code !== null) return code;
  }
  return null;
};
