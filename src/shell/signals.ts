/** Exit codes of a process that a signal ended. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

type StopSignal = keyof typeof EXIT_CODES;

/** The part of the process that sends signals and ends. */
type SignalSource = Pick<NodeJS.Process, 'on' | 'off' | 'exit'>;

/** Listening to signals: `signal` aborts with the first one's name as its reason; `release` listens no more. */
export type StopSignals = { readonly signal: AbortSignal; readonly release: () => void };

/**
 * Turns SIGINT and SIGTERM into an abort, so that the run can end in order and write its report. A second signal ends
 * the process at once.
 */
export const listenForStop = (source: SignalSource = process): StopSignals => {
  const controller = new AbortController();
  const onSignal = (name: StopSignal) => (): void => {
    if (controller.signal.aborted) source.exit(EXIT_CODES[name]);
    controller.abort(name);
  };
  const onInterrupt = onSignal('SIGINT');
  const onTerminate = onSignal('SIGTERM');
  source.on('SIGINT', onInterrupt);
  source.on('SIGTERM', onTerminate);
  return {
    signal: controller.signal,
    release: () => {
      source.off('SIGINT', onInterrupt);
      source.off('SIGTERM', onTerminate);
    },
  };
};
