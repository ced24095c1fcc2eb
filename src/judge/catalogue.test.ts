import { describe, expect, it } from 'vitest';
import { REASON_CODES } from '../model/reason-code.ts';
import { catalogue } from './catalogue.ts';

describe('the catalogue', () => {
  it.each(REASON_CODES)('explains %s in sentences of its own', (code) => {
    const { title, meaning, advice } = catalogue[code];
    expect(title.length).toBeLessThanOrEqual(60);
    expect(title).not.toMatch(/\.$/);
    for (const text of [meaning, advice]) expect(text).toMatch(/^[A-Z].{20,}\.$/);
  });

  it('has no text twice', () => {
    const texts = REASON_CODES.flatMap((code) => [catalogue[code].title, catalogue[code].meaning]);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('takes what we could not see for unknown, not for a failure', () => {
    const unknown = REASON_CODES.filter((code) => catalogue[code].outcome === 'unknown');
    expect(unknown).toEqual(
      expect.arrayContaining(['auth-required', 'auth-forbidden', 'rate-limited', 'control-failed', 'probe-crashed']),
    );
    const ofTheRun = REASON_CODES.filter((code) => catalogue[code].layer === 'run');
    expect(ofTheRun.filter((code) => catalogue[code].outcome === 'fail')).toEqual([]);
    expect(catalogue['missing-credential'].outcome).toBe('skipped');
    expect(catalogue['needs-failed'].outcome).toBe('blocked');
  });

  it('retries only what can pass by itself', () => {
    expect(REASON_CODES.filter((code) => catalogue[code].transient)).toEqual([
      'dns-servfail',
      'dns-timeout',
      'connect-timeout',
      'connect-reset',
      'http-5xx',
      'timeout',
      'closed-early',
      'rate-limited',
    ]);
  });
});
