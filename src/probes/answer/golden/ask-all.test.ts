import { describe, expect, test } from 'vitest';
import { CouldNotLook, type ProbeContext } from '../../probe.ts';
import { testContext } from '../../test-context.ts';
import { readAnswer } from '../answer.ts';
import { askAll, type Ask } from './ask-all.ts';
import type { Question } from './question.ts';

const questions = (count: number): readonly Question[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `q${at}`,
    ask: `question ${at}`,
    expectIds: ['a'],
    mustContain: [],
    mustNotContain: [],
    abstain: false,
    digest: '',
    line: at + 1,
  }));

const ANSWER = readAnswer({ isError: false, texts: [], json: { hits: [{ id: 'a' }] } });
const PACE = { concurrency: 8, questionMs: 1000 };
const later = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const silence = (context: ProbeContext): Promise<never> =>
  new Promise((_, reject) => {
    const stop = (): void => reject(new CouldNotLook('timeout', 'no answer'));
    if (context.signal.aborted) stop();
    context.signal.addEventListener('abort', stop, { once: true });
  });

const troubleOf = async (promise: Promise<unknown>): Promise<CouldNotLook> => {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof CouldNotLook) return error;
  throw new Error(`it was no trouble: ${String(error)}`);
};

test('200 questions are all asked, never more than the limit at once, and reported in their order', async () => {
  let open = 0;
  let most = 0;
  const told: string[] = [];
  const ask: Ask = async () => {
    most = Math.max(most, ++open);
    await later();
    open -= 1;
    return ANSWER;
  };
  const asked = await askAll(questions(200), ask, PACE, testContext(5000, { tell: (progress) => told.push(progress) }));
  expect(asked.map(({ question }) => question.id)).toEqual(questions(200).map(({ id }) => id));
  expect(most).toBe(8);
  expect(told.at(-1)).toBe('200 of 200 questions');
});

test('one question that gets no answer in its time costs the others nothing', async () => {
  const ask: Ask = (question, context) => (question === 'question 3' ? silence(context) : later().then(() => ANSWER));
  const asked = await askAll(questions(12), ask, { ...PACE, questionMs: 50 }, testContext());
  expect(asked.filter((one) => 'failure' in one).map(({ question, ms }) => [question.id, ms >= 49])).toEqual([
    ['q3', true],
  ]);
});

describe('asking on makes no sense', () => {
  test.each(['rate-limited', 'auth-required', 'connect-refused', 'dns-nxdomain'] as const)('after %s', async (code) => {
    let count = 0;
    const ask: Ask = async () => {
      await later();
      if (++count === 20) throw new CouldNotLook(code, 'so it is', { status: 429 });
      return ANSWER;
    };
    const trouble = await troubleOf(askAll(questions(200), ask, PACE, testContext()));
    expect(trouble).toMatchObject({ code, facts: { status: 429 } });
    expect(trouble.message).toMatch(/^so it is \(after \d+ of 200 questions\)$/);
    expect(count).toBeLessThan(40);
  });

  test('when none of the first gets an answer', async () => {
    let count = 0;
    const ask: Ask = (_question, context) => {
      count += 1;
      return silence(context);
    };
    const trouble = await troubleOf(askAll(questions(200), ask, { ...PACE, questionMs: 30 }, testContext()));
    expect(trouble.code).toBe('timeout');
    expect(count).toBeLessThanOrEqual(16);
  });

  test('when our own time is over, and it is told how far it came', async () => {
    const controller = new AbortController();
    let count = 0;
    const ask: Ask = async (_question, context) => {
      if (++count <= 10) return later().then(() => ANSWER);
      controller.abort(new DOMException('over', 'TimeoutError'));
      return silence(context);
    };
    const startedMs = performance.now();
    const trouble = await troubleOf(
      askAll(questions(200), ask, PACE, testContext(5000, { signal: controller.signal })),
    );
    expect(trouble.code).toBe('timeout');
    expect(trouble.message).toMatch(/^only \d+ of 200 questions were answered/);
    expect(performance.now() - startedMs).toBeLessThan(250);
  });
});

test('a defect of our own is not taken for a failure of the question', async () => {
  const ask: Ask = () => Promise.reject(new TypeError('not a function'));
  await expect(askAll(questions(3), ask, PACE, testContext())).rejects.toThrow(TypeError);
});
