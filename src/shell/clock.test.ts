import { describe, expect, it } from 'vitest';
import { clock } from './clock.ts';

const never = new AbortController().signal;

describe('clock.sleep', () => {
  it('sleeps as long as it is told', async () => {
    const startedMs = clock.monotonicMs();
    await clock.sleep(30, never);
    expect(clock.monotonicMs() - startedMs).toBeGreaterThan(28);
  });

  it('wakes at once when the signal aborts, or has aborted', async () => {
    const stop = new AbortController();
    const startedMs = clock.monotonicMs();
    setTimeout(() => stop.abort(), 10);
    await clock.sleep(10_000, stop.signal);
    await clock.sleep(10_000, stop.signal);
    expect(clock.monotonicMs() - startedMs).toBeLessThan(1000);
  });

  it('does not wake at once from a sleep that is longer than a timer can be', async () => {
    const stop = new AbortController();
    let awake = false;
    const slept = clock.sleep(2 ** 33, stop.signal).then(() => (awake = true));
    await clock.sleep(20, never);
    expect(awake).toBe(false);
    stop.abort();
    await slept;
  });
});
