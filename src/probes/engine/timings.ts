import type { Timings } from './answer.ts';

export type Phase = 'dns' | 'connect' | 'tls' | 'request' | 'wait' | 'transfer';

/** Says where an exchange is and how long each phase took. Phases follow each other; none is entered twice. */
export type PhaseClock = {
  /** Ends the phase before it. `at` is the instant of the event itself when that is known; it never runs backwards. */
  readonly enter: (phase: Phase, at?: number) => void;
  /** Ends the current phase; the time until the next one belongs to none. */
  readonly leave: (at?: number) => void;
  /** Ends the exchange: nothing counts after it. Later calls change nothing. */
  readonly stop: (at?: number) => void;
  readonly phase: () => Phase | null;
  readonly timings: () => Timings;
};

type Span = { readonly phase: Phase; readonly ms: number };

const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;

/** Phases and their total; what no phase accounts for is `other`, so that they always add up. */
export const timingsOf = (spans: readonly Span[], totalMs: number): Timings => {
  const phases = spans.map(({ phase, ms }) => [phase, rounded(ms)] as const);
  const sum = rounded(phases.reduce((total, [, ms]) => total + ms, 0));
  const other = Math.max(0, rounded(totalMs - sum));
  return { ...Object.fromEntries(phases), ...(other > 0 ? { other } : {}), total: rounded(sum + other) };
};

/** Starts counting now. `monotonicMs` is the clock of the context. */
export const startClock = (monotonicMs: () => number): PhaseClock => {
  const start = monotonicMs();
  const spans: Span[] = [];
  let latest = start;
  let current: { readonly phase: Phase; readonly from: number } | null = null;
  let stopped: number | null = null;

  const leave = (at = monotonicMs()): void => {
    if (stopped !== null) return;
    latest = Math.max(latest, at);
    if (current !== null) spans.push({ phase: current.phase, ms: latest - current.from });
    current = null;
  };

  return {
    leave,
    enter: (phase, at) => {
      if (stopped !== null) return;
      leave(at);
      current = { phase, from: latest };
    },
    stop: (at) => {
      leave(at);
      stopped ??= latest;
    },
    phase: () => current?.phase ?? null,
    timings: () => {
      const now = stopped ?? Math.max(latest, monotonicMs());
      const running = current === null ? [] : [{ phase: current.phase, ms: now - current.from }];
      return timingsOf([...spans, ...running], now - start);
    },
  };
};
