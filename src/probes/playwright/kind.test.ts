import { describe, expect, it } from 'vitest';
import type { Facts } from '../../model/observation.ts';
import { playwright } from './kind.ts';
import type { Spec } from './schema.ts';
import { brokenDefaults } from './test-specs.ts';

const test = (outcome: string, title = 'signs in', message: string | null = null) => ({
  title,
  file: 'a.spec.ts',
  line: 3,
  outcome,
  ...(message === null ? {} : { message }),
});

const facts = (given: Facts): Facts => ({
  tests: [],
  total: 1,
  passed: 1,
  failed: 0,
  flaky: 0,
  skipped: 0,
  'not-run': 0,
  unasserted: 0,
  errors: [],
  'exit-code': 0,
  ...given,
});

const messagesOf = (given: Facts) =>
  new Set(playwright.explain(facts(given), { spec: 'a.spec.ts' }).map(({ message }) => message));

describe('the defaults', () => {
  it('hold for a run in which everything passed', () => {
    expect(brokenDefaults(facts({}))).toEqual([]);
  });

  it.each([
    [
      'a failed test, by what was seen',
      { tests: [test('failed')], passed: 0, failed: 1, 'exit-code': 1 },
      ['expect failed: assertion-failed', 'expect passed: assertion-failed', 'expect exit-code: assertion-failed'],
    ],
    ['a test that passed later', { tests: [test('flaky')], flaky: 1 }, ['warn flaky: assertion-failed']],
    ['only tests that are left out', { passed: 0, skipped: 1 }, ['expect passed: nothing-asserted']],
    [
      'no test',
      { passed: 0, total: 0, 'exit-code': 1 },
      ['expect passed: nothing-asserted', 'expect exit-code: nothing-asserted'],
    ],
    ['a test that asks nothing', { unasserted: 1 }, ['warn unasserted: nothing-asserted']],
    ['tests that never ran', { total: 2, 'not-run': 1 }, ['expect not-run: not-run']],
    [
      'a spec that cannot be loaded',
      { passed: 0, total: 0, errors: ['SyntaxError: x'], 'exit-code': 1 },
      ['expect passed: not-run', 'expect errors: not-run', 'expect exit-code: not-run'],
    ],
    ['another exit code for no reason that was told', { 'exit-code': 1 }, ['expect exit-code: exit-code']],
  ])('break for %s', (_what, given, broken) => {
    expect(brokenDefaults(facts(given))).toEqual(broken);
  });

  it('break for a runner that was killed', () => {
    const { 'exit-code': _, ...rest } = facts({ signal: 'SIGKILL', errors: ['the runner ended'] });
    expect(brokenDefaults(rest)).toContain('expect errors: not-run');
  });
});

describe('what was seen in words', () => {
  it('names the first failed tests with their places and reasons', () => {
    const tests = ['a', 'b', 'c', 'd'].map((title) => test('failed', title, `no ${title}`));
    expect(messagesOf({ tests, total: 4, passed: 0, failed: 4 })).toEqual(
      new Set([
        '4 tests failed: "a" (a.spec.ts:3): no a; "b" (a.spec.ts:3): no b; "c" (a.spec.ts:3): no c; and 1 more',
      ]),
    );
  });

  it('says what cannot be run', () => {
    expect(messagesOf({ errors: ['SyntaxError: x\n\n  at a.spec.ts\nmore', 'y'], total: 0, passed: 0 })).toContain(
      'the specs could not be run to their end: SyntaxError: x   at a.spec.ts; and 1 more',
    );
  });

  it.each([
    [{ total: 0, passed: 0 }, 'no test was found, so nothing was asserted'],
    [{ passed: 0, skipped: 1 }, 'the specs leave out their only test, so nothing was asserted'],
    [{ total: 3, passed: 0, skipped: 3 }, 'the specs leave out all of their 3 tests, so nothing was asserted'],
    [{ total: 3, passed: 2, 'not-run': 1 }, 'a test of 3 never ran'],
    [{ unasserted: 2 }, '2 tests passed without a single expect: what does not ask proves nothing'],
  ])('%j', (given, message) => {
    expect(messagesOf(given)).toEqual(new Set([message]));
  });

  it('says nothing of what was not looked at', () => {
    expect(playwright.explain({}, { spec: 'a.spec.ts' })).toEqual([]);
  });
});

describe('problems that are known before anything is run', () => {
  it.each<[Spec, string]>([
    [{ spec: '/etc/a.spec.ts' }, 'spec: "/etc/a.spec.ts" starts at the root: write it from this file'],
    [{ spec: ['a.spec.ts', '--ui'] }, 'spec.1: "--ui" looks like an option, not like a spec'],
    [{ spec: 'a.spec.ts', project: 'x' }, 'project: names a project, and there is no config: that has projects'],
    [{ spec: 'a.spec.ts', grep: '(' }, 'grep: is no pattern: Invalid regular expression: /(/: Unterminated group'],
    [{ spec: 'a.spec.ts', env: { NODE_OPTIONS: '' } }, 'env.NODE_OPTIONS: is a variable of the runner itself'],
    [
      { spec: 'a.spec.ts', env: { GONOGO_REPORT_MARK: '' } },
      'env.GONOGO_REPORT_MARK: is a variable of the runner itself',
    ],
    [
      { spec: 'a.spec.ts', config: 'c.ts', screenshots: true },
      'screenshots: has no meaning beside config: fields are covered only without one',
    ],
  ])('%j', (spec, problem) => {
    expect(playwright.problems(spec).map(({ path, message }) => `${path.join('.')}: ${message}`)).toEqual([problem]);
  });

  it('are none in a sound spec', () => {
    const spec = { spec: ['a.spec.ts', '../b/*.spec.ts'], config: 'c.ts', project: 'x', grep: '^a', env: { URL: 'x' } };
    expect(playwright.problems(spec)).toEqual([]);
  });
});

describe('the command for a person', () => {
  it('runs the same specs, and does not show what is sensitive', () => {
    const env = { URL: 'http://a.example/', PASSWORD: 'abc' };
    const spec = { spec: ['a.spec.ts', '../e2e/b.spec.ts'], config: 'c.ts', project: 'phone', grep: 'x', env };
    expect(playwright.tryCommand(spec)?.join(' ')).toBe(
      'env URL=http://a.example/ PASSWORD=*** npx playwright test a.spec.ts ../e2e/b.spec.ts --config c.ts --project phone --grep x',
    );
  });

  it.each([
    ['*.spec.ts', '/x/a.spec.ts', '/x/aspec.ts'],
    ['../e2e/**/{a,b}.spec.ts', '/x/e2e/deep/b.spec.ts', '/x/e2e/deep/c.spec.ts'],
    ['e2e/**/a?.spec.ts', '/x/e2e/ab.spec.ts', '/x/e2e/a.spec.ts'],
  ])('has patterns in the form that the runner takes: %s', (pattern, fits, fitsNot) => {
    const filter = new RegExp(playwright.tryCommand({ spec: pattern })?.at(-1) ?? '');
    expect([filter.test(fits), filter.test(fitsNot)]).toEqual([true, false]);
  });
});
