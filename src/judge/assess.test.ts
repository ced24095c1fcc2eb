import { describe, expect, it } from 'vitest';
import type { Sign } from '../model/observation.ts';
import type { ReasonCode } from '../model/reason-code.ts';
import { assessAttempt } from './assess.ts';
import { catalogue } from './catalogue.ts';
import { attempt, broken, observed, result, unobserved } from './test-run.ts';

const sign = (code: Sign['code'], fact: string): Sign => ({ code, fact, message: `${code} seen` });

describe('one attempt', () => {
  it('passes when everything that was asked holds', () => {
    expect(assessAttempt(attempt())).toEqual({
      outcome: 'pass',
      code: null,
      transient: false,
      layer: null,
      message: '',
      codes: [],
    });
  });

  it('is unknown when nothing was asserted, even when warnings hold', () => {
    const nothing = { outcome: 'unknown', code: 'nothing-asserted' };
    expect(assessAttempt(attempt(observed(), []))).toMatchObject(nothing);
    expect(assessAttempt(attempt(observed(), [result({ level: 'warn' })]))).toMatchObject(nothing);
  });

  it('ends as the catalogue says when it could not look', () => {
    expect(assessAttempt(attempt(unobserved('connect-refused', 'refused')))).toEqual({
      outcome: 'fail',
      code: 'connect-refused',
      transient: false,
      layer: 'tcp',
      message: 'refused',
      codes: ['connect-refused'],
    });
    expect(assessAttempt(attempt(unobserved('timeout')))).toMatchObject({ outcome: 'fail', transient: true });
    expect(assessAttempt(attempt(unobserved('auth-required')))).toMatchObject({ outcome: 'unknown' });
    expect(assessAttempt(attempt(unobserved('missing-credential')))).toMatchObject({ outcome: 'skipped' });
  });

  it('is unknown, and not tried again, where what was sent may have taken effect', () => {
    const look = (code: ReasonCode, uncertain: boolean) => {
      const observation = { state: 'unobserved', code, message: 'no answer', facts: {}, signs: [], uncertain } as const;
      return assessAttempt(attempt(observation));
    };
    expect(look('timeout', true)).toEqual({
      outcome: 'unknown',
      code: 'timeout',
      transient: false,
      layer: 'http',
      message: 'no answer',
      codes: ['timeout'],
    });
    expect(look('missing-credential', true)).toMatchObject({ outcome: 'skipped' });
    expect(look('timeout', false)).toMatchObject({ outcome: 'fail', transient: true });
  });

  it('has the title of its reason where nothing else was said', () => {
    expect(assessAttempt(attempt(unobserved('timeout', ''))).message).toBe(catalogue.timeout.title);
    expect(assessAttempt(attempt(observed(), [])).message).toBe(
      'the look succeeded, but no expectation was held against it',
    );
  });

  it('has every reason why it fails, each once, and none of those that only warn', () => {
    const results = [
      broken({ break: 'type' }),
      broken({ fact: 'hits', break: 'missing' }),
      broken({ fact: 'a', break: 'type' }),
      broken({ fact: 'duration', code: 'slow', level: 'warn' }),
    ];
    const judged = assessAttempt(attempt(observed(), results));
    expect(judged).toMatchObject({ outcome: 'fail', code: 'type-mismatch', message: 'status: number 500 is not 2xx' });
    expect(judged.codes).toEqual(['type-mismatch', 'value-missing']);
    expect(assessAttempt(attempt(observed(), [result(), ...results.slice(3)])).codes).toEqual(['slow']);
  });

  it('takes the first of several reasons of one layer', () => {
    const look = observed({}, [sign('health-fail', 'status'), sign('health-warn', 'status')]);
    expect(assessAttempt(attempt(look, [broken()])).code).toBe('health-fail');
    const both = [broken({ fact: 'b', break: 'missing' }), broken({ fact: 'a' })];
    expect(assessAttempt(attempt(observed(), both)).code).toBe('value-missing');
    expect(assessAttempt(attempt(observed(), both.toReversed())).code).toBe('assertion-failed');
  });

  it('takes the sign of the lowest layer, wherever it stands', () => {
    const signs = [sign('index-stale', 'status'), sign('http-5xx', 'status'), sign('health-fail', 'status')];
    for (const order of [signs, signs.toReversed()]) {
      expect(assessAttempt(attempt(observed({}, order), [broken()])).code).toBe('http-5xx');
    }
  });

  it('is not saved by expectations that held before the look stopped', () => {
    expect(assessAttempt(attempt(unobserved('timeout'), [result()]))).toMatchObject({ outcome: 'fail' });
  });

  it('fails before it warns', () => {
    const both = [broken({ level: 'warn', code: 'slow', fact: 'duration' }), broken()];
    expect(assessAttempt(attempt(observed(), both))).toMatchObject({ outcome: 'fail', code: 'assertion-failed' });
  });

  it('warns with a reason, and is not tried again for it', () => {
    const warning = [result(), broken({ level: 'warn', fact: 'status' })];
    const look = observed({}, [sign('http-5xx', 'status')]);
    expect(assessAttempt(attempt(look, warning))).toMatchObject({
      outcome: 'warn',
      code: 'http-5xx',
      transient: false,
    });
  });

  it('takes a sign about the fact for the reason', () => {
    const look = observed({}, [sign('http-5xx', 'status')]);
    expect(assessAttempt(attempt(look, [broken()]))).toMatchObject({
      outcome: 'fail',
      code: 'http-5xx',
      transient: true,
      message: 'http-5xx seen',
    });
  });

  it('is unknown when the sign says that we may not look', () => {
    const look = observed({}, [sign('auth-required', 'status')]);
    expect(assessAttempt(attempt(look, [broken()]))).toMatchObject({ outcome: 'unknown', code: 'auth-required' });
    expect(assessAttempt(attempt(look, [result()]))).toMatchObject({ outcome: 'pass' });
  });

  it.each([
    ['health', 'health.status'],
    ['health.status', 'health'],
    ['json', '$.status'],
    ['$.a', 'body'],
    ['body', 'json'],
    ['json', 'json'],
    ['body', '$.a'],
    ['body', 'body'],
  ])('takes a sign about %s for one about %s', (shown, expected) => {
    const look = observed({}, [sign('health-fail', shown)]);
    expect(assessAttempt(attempt(look, [broken({ fact: expected })])).code).toBe('health-fail');
  });

  it.each([
    ['heal', 'health'],
    ['status', 'status-text'],
    ['duration', '$.duration'],
    ['json', 'body'],
    ['body', 'status'],
    ['status', 'body'],
    ['health.status', 'health.checks'],
    ['headers', 'head'],
  ])('does not take a sign about %s for one about %s', (shown, expected) => {
    const look = observed({}, [sign('health-fail', shown)]);
    expect(assessAttempt(attempt(look, [broken({ fact: expected })])).code).toBe('assertion-failed');
  });

  it('gives the reason of the outermost layer, of signs and of expectations', () => {
    const look = observed({}, [sign('index-stale', 'json'), sign('tls-expired', 'tls'), sign('not-json', 'json')]);
    const content = broken({ fact: '$.a' });
    expect(assessAttempt(attempt(look, [content])).code).toBe('not-json');
    expect(assessAttempt(attempt(look, [content, broken({ fact: 'tls.verified' })])).code).toBe('tls-expired');
  });

  it('falls back on the code of the expectation, then on how it broke', () => {
    const code = (given: Parameters<typeof broken>[0]) => assessAttempt(attempt(observed(), [broken(given)])).code;
    expect(code({ code: 'slow' })).toBe('slow');
    expect(code({ break: 'missing' })).toBe('value-missing');
    expect(code({ break: 'type' })).toBe('type-mismatch');
    expect(code({ break: 'different' })).toBe('assertion-failed');
  });

  it('says which fact broke and how', () => {
    expect(assessAttempt(attempt(observed(), [broken()])).message).toBe('status: number 500 is not 2xx');
  });
});
