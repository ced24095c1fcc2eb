import type { ReasonCode } from '../../../model/reason-code.ts';
import { CouldNotLook, type ProbeContext } from '../../probe.ts';
import type { Answer } from '../answer.ts';
import type { Question } from './question.ts';

/** Asks one question and answers what came back. Throws `CouldNotLook` when there was no answer at all. */
export type Ask = (question: string, context: ProbeContext) => Promise<Answer>;

/** A question and what came of it; `ms` is the time until the answer or the failure. */
export type Asked = { readonly question: Question; readonly ms: number } & (
  { readonly answer: Answer } | { readonly failure: CouldNotLook }
);

/** What may happen to one question out of many; after anything else there is no use in asking the next one. */
const OF_ONE_QUESTION: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'timeout',
  'connect-reset',
  'closed-early',
  'http-4xx',
  'http-5xx',
  'http-status',
  'invalid-response',
  'decode-error',
  'body-limit',
  'not-json',
  'wrong-content-type',
  'value-missing',
  'tool-error',
  'schema-violation',
  'input-required',
  'mcp-protocol',
]);

export type Pace = {
  /** How many questions are asked at once. */
  readonly concurrency: number;
  /** How long one question may take. */
  readonly questionMs: number;
};

/**
 * Asks all questions, several at once, and answers what came of each in the order of the questions. Throws the
 * `CouldNotLook` after which asking on makes no sense: limits, credentials, a server that is gone, our own deadline.
 */
export const askAll = async (
  questions: readonly Question[],
  ask: Ask,
  { concurrency, questionMs }: Pace,
  context: ProbeContext,
): Promise<readonly Asked[]> => {
  const results: (Asked | undefined)[] = questions.map(() => undefined);
  const stopping = new AbortController();
  const signal = AbortSignal.any([context.signal, stopping.signal]);
  let next = 0;
  let done = 0;
  let lost = 0;
  let stop: CouldNotLook | null = null;
  const halt = (failure: CouldNotLook): void => {
    stop ??= failure;
    stopping.abort(failure);
  };
  const settle = (at: number, asked: Asked): void => {
    results[at] = asked;
    done += 1;
    if ('failure' in asked) lost += 1;
    context.tell(`${done} of ${questions.length} questions`);
    // Where the first ones all get no answer, the others will not either: nobody is served by two hundred timeouts.
    if ('failure' in asked && lost === done && done >= Math.min(concurrency, questions.length)) halt(asked.failure);
  };
  const work = async (): Promise<void> => {
    for (let at = next++; at < questions.length && !signal.aborted; at = next++) {
      const question = questions[at];
      if (question === undefined) return;
      const asked = await askOne(question, ask, questionMs, { ...context, signal }).catch((error: unknown) => {
        stopping.abort(error);
        throw error;
      });
      if (signal.aborted) return;
      if ('failure' in asked && !OF_ONE_QUESTION.has(asked.failure.code)) return halt(asked.failure);
      settle(at, asked);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, questions.length) }, work));
  const whole = results.filter((asked) => asked !== undefined);
  if (stop !== null) throw unfinished(stop, done, questions.length);
  if (whole.length < questions.length) throw outOfTime(done, questions.length, context);
  return whole;
};

const askOne = async (question: Question, ask: Ask, questionMs: number, context: ProbeContext): Promise<Asked> => {
  const startedMs = context.monotonicMs();
  const deadline = new AbortController();
  const late = new DOMException(`no answer within ${questionMs} ms`, 'TimeoutError');
  const timer = setTimeout(() => deadline.abort(late), questionMs);
  const signal = AbortSignal.any([context.signal, deadline.signal]);
  const took = (): number => Math.round((context.monotonicMs() - startedMs) * 1000) / 1000;
  try {
    const answer = await ask(question.ask, { ...context, signal, timeoutMs: questionMs });
    return { question, answer, ms: took() };
  } catch (error) {
    if (!(error instanceof CouldNotLook)) throw error;
    return { question, failure: error, ms: took() };
  } finally {
    clearTimeout(timer);
  }
};

const unfinished = ({ code, message, facts, cause }: CouldNotLook, done: number, all: number): CouldNotLook =>
  new CouldNotLook(code, `${message} (after ${done} of ${all} questions)`, { ...facts, asked: done }, { cause });

const outOfTime = (done: number, all: number, { timeoutMs }: ProbeContext): CouldNotLook =>
  new CouldNotLook('timeout', `only ${done} of ${all} questions were answered within ${timeoutMs} ms`, { asked: done });
