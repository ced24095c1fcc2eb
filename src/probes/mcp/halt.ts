/** How a conversation is ended from below, and why: the client library wraps that in errors which hide the cause. */
export type Halt = {
  /** Aborts at the deadline, and when the conversation was stopped. */
  readonly signal: AbortSignal;
  /** The first reason that was given; null while there is none. */
  readonly stopped: () => Error | null;
  readonly stop: (reason: Error) => void;
  /** What goes wrong from now on is of our own making and is not kept. */
  readonly seal: () => void;
};

/** A conversation that ends with `outer` at the latest. */
export const newHalt = (outer: AbortSignal): Halt => {
  const controller = new AbortController();
  let stopped: Error | null = null;
  let sealed = false;
  return {
    signal: AbortSignal.any([outer, controller.signal]),
    stopped: () => stopped,
    stop: (reason) => {
      if (sealed) return;
      stopped ??= reason;
      controller.abort();
    },
    seal: () => {
      sealed = true;
    },
  };
};
