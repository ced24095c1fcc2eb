import type { Message } from './message.ts';

/** What came of one request. */
export type Answer =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfterMs: number | null; readonly said: string }
  /** `transient` when it may be different in a moment. */
  | { readonly kind: 'no-answer'; readonly message: string; readonly transient: boolean };

/** The world, as sending needs it. */
export type SendPorts = {
  readonly post: (message: Message, timeoutMs: number, signal: AbortSignal) => Promise<Answer>;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly monotonicMs: () => number;
};

/** What became of a message; `trouble` is a sentence, empty when it was taken. */
export type Sent = {
  readonly sent: boolean;
  readonly attempts: number;
  readonly status: number | null;
  readonly trouble: string;
};

const MOST_ATTEMPTS = 3;
const ONE_MS = 8000;
const PAUSE_MS = 500;

/** Sends a message, again where that can help, all within `withinMs`. Never rejects. */
export const sendMessage = async (
  message: Message,
  withinMs: number,
  ports: SendPorts,
  signal: AbortSignal,
): Promise<Sent> => {
  const endMs = ports.monotonicMs() + withinMs;
  let last: Sent = { sent: false, attempts: 0, status: null, trouble: 'there was no time for it' };
  for (let attempts = 1; attempts <= MOST_ATTEMPTS; attempts += 1) {
    const leftMs = endMs - ports.monotonicMs();
    if (leftMs <= 0 || signal.aborted) return last;
    const answer = await ports.post(message, Math.min(ONE_MS, leftMs), signal);
    last = sentOf(answer, attempts, message.taken);
    const pauseMs = last.sent ? null : pauseAfter(answer, attempts);
    if (pauseMs === null || ports.monotonicMs() + pauseMs >= endMs) return last;
    await ports.sleep(pauseMs, signal);
  }
  return last;
};

const sentOf = (answer: Answer, attempts: number, taken: Message['taken']): Sent => {
  if (answer.kind === 'no-answer') return { sent: false, attempts, status: null, trouble: answer.message };
  const { status, said } = answer;
  const expected = taken.status === null ? status >= 200 && status < 300 : status === taken.status;
  if (expected && (taken.body === null || taken.body === said)) return { sent: true, attempts, status, trouble: '' };
  return { sent: false, attempts, status, trouble: `it was answered with ${status}${said === '' ? '' : `: ${said}`}` };
};

/** How long to wait before it is worth another try; null when it is not. */
const pauseAfter = (answer: Answer, attempts: number): number | null => {
  const pauseMs = PAUSE_MS * 2 ** (attempts - 1);
  if (answer.kind === 'no-answer') return answer.transient ? pauseMs : null;
  if (answer.status === 429 || answer.status === 503) return Math.max(pauseMs, answer.retryAfterMs ?? 0);
  return answer.status >= 500 ? pauseMs : null;
};
