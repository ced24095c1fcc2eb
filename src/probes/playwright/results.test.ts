import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_RESULTS, resultsAfter, type Results } from './results.ts';
import { sentenceOf } from './sentence.ts';

const SECRET = 'hunter2-not-for-you';
const redact = (text: string): string => text.replaceAll(SECRET, '***');

const after = (events: readonly object[], from: Results = NO_RESULTS): Results =>
  events.reduce<Results>((results, event) => resultsAfter(results, JSON.stringify(event), redact), from);

const ended = (given: object = {}): object => ({
  type: 'test',
  id: 'a',
  title: 'signs in',
  file: '/specs/a.spec.ts',
  line: 3,
  column: 1,
  project: '',
  outcome: 'expected',
  startedAt: '2026-11-21T12:00:00.000Z',
  duration: 12,
  retry: 0,
  expects: 1,
  error: null,
  errorLine: null,
  attachments: [],
  ...given,
});

describe('what the reporter tells', () => {
  it('is a test for each, as its last try left it', () => {
    const failed = {
      outcome: 'unexpected',
      error: 'Error: no',
      errorLine: 7,
      attachments: [{ name: 'x', path: '/x' }],
    };
    const { tests } = after([ended(failed), ended({ outcome: 'flaky', retry: 1 }), ended({ id: 'b', title: 'b' })]);
    expect([...tests.values()]).toMatchObject([
      { title: 'signs in', outcome: 'flaky', retries: 1, error: 'Error: no', message: 'no (line 7)', attachments: [] },
      { title: 'b', outcome: 'passed', error: null, message: null },
    ]);
  });

  it('names what is under way until it has ended', () => {
    const started = { type: 'start', id: 'a', title: 'signs in', file: '/specs/a.spec.ts', line: 3 };
    expect([...after([started]).running.values()]).toEqual(['"signs in" (a.spec.ts:3)']);
    expect(after([started, ended()]).running.size).toBe(0);
  });

  it('is finished only when the runner says so', () => {
    expect(after([{ type: 'begin', found: 2, files: ['/a', 1] }])).toMatchObject({
      found: 2,
      files: ['/a'],
      ended: false,
    });
    expect(after([{ type: 'end', status: 'passed' }]).ended).toBe(true);
  });

  it('counts an outcome that nobody knows as a failure', () => {
    expect(after([ended({ outcome: 'excellent' })]).tests.get('a')?.outcome).toBe('failed');
    expect(after([{ type: 'test' }]).tests.get('')?.outcome).toBe('failed');
  });

  it('holds no secret, and not the half of one where a text is cut', () => {
    const length = fc.nat({ max: 2100 });
    fc.assert(
      fc.property(length, (before) => {
        const text = `${'x'.repeat(before)}${SECRET} and more`;
        const told = after([
          { type: 'start', id: 'b', title: text },
          ended({ title: text, project: text, error: `Error: \u001b[31m${text}` }),
          { type: 'error', text },
        ]);
        expect(JSON.stringify([[...told.tests.values()], [...told.running], told.errors])).not.toContain('hunter');
      }),
    );
  });

  it('says that there are more tests than can be told of', () => {
    const many = Array.from({ length: 2001 }, (_, at) => ended({ id: String(at) }));
    const results = after(many);
    expect([results.tests.size, results.errors]).toEqual([
      2000,
      ['there are more than 2000 tests: run fewer in one step'],
    ]);
  });

  it('tells each error once, and no more than twenty', () => {
    const errors = Array.from({ length: 50 }, (_, at) => ({ type: 'error', text: `error ${Math.floor(at / 2)}` }));
    expect(after(errors).errors).toHaveLength(20);
    expect(new Set(after(errors).errors).size).toBe(20);
  });

  it.each(['', 'null', '[]', '3', '{', '{"type":"tset"}', '"test"', '{"type":1}', '{"__proto__":{"type":"end"}}'])(
    'leaves everything as it was after %j',
    (line) => {
      const before = after([ended()]);
      expect(resultsAfter(before, line, redact)).toBe(before);
    },
  );

  it('never throws, never grows without bound and never turns a failure into a pass, whatever a line holds', () => {
    const before = after([ended({ outcome: 'unexpected', error: 'Error: no' })]);
    const event = fc.record(
      {
        type: fc.constantFrom('test', 'begin', 'start', 'error', 'end'),
        id: fc.anything(),
        title: fc.oneof(fc.anything(), fc.string({ minLength: 500, maxLength: 3000 })),
        outcome: fc.constantFrom('unexpected', 'x', 1, null),
        error: fc.anything(),
        attachments: fc.anything(),
        startedAt: fc.anything(),
        found: fc.anything(),
        files: fc.anything(),
      },
      { requiredKeys: ['type'] },
    );
    fc.assert(
      fc.property(event, (told) => {
        const line = JSON.stringify(told);
        const results = resultsAfter(before, line ?? '', redact);
        expect([...results.tests.values()].every(({ outcome }) => outcome === 'failed')).toBe(true);
        const sizes = [...results.tests.values()].map((test) => JSON.stringify({ ...test, attachments: [] }).length);
        expect(Math.max(...sizes)).toBeLessThan(6000);
      }),
    );
  });
});

describe('an error of Playwright in one sentence', () => {
  it.each([
    [
      'Error: expect(locator).toHaveText(expected) failed\n\nLocator: getByTestId(\'status\')\nExpected string: "1"\nReceived string:  "0"\nTimeout: 5000ms\n\nCall log:\n  - waiting for getByTestId(\'status\')\n',
      'expect(locator).toHaveText(expected) failed: Locator: getByTestId(\'status\'); Expected string: "1"; Received string: "0"',
    ],
    [
      'Error: expect(received).toBe(expected) // Object.is equality\n\nExpected: 2\nReceived: 1',
      'expect(received).toBe(expected) // Object.is equality: Expected: 2; Received: 1',
    ],
    [
      "TimeoutError: locator.click: Timeout 1000ms exceeded.\nCall log:\n  - waiting for getByRole('button')\n",
      "TimeoutError: locator.click: Timeout 1000ms exceeded: waiting for getByRole('button')",
    ],
    ['Test timeout of 30000ms exceeded.', 'Test timeout of 30000ms exceeded'],
    ['', 'it failed without a reason'],
    ['\n \n', 'it failed without a reason'],
  ])('%j', (error, sentence) => {
    expect(sentenceOf(error)).toBe(sentence);
  });

  it('is one printable line of bounded length, whatever the error holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (error) => {
        const sentence = sentenceOf(error);
        expect(sentence).not.toMatch(/[\p{Cc}\p{Zl}]/u);
        expect(sentence).not.toBe('');
      }),
    );
    expect(sentenceOf('x'.repeat(5000)).length).toBeLessThan(310);
  });
});
