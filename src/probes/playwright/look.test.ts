import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, test, vi } from 'vitest';
import { brokenDefaults, factsOf, failureOf, specFolder, specOf } from './test-specs.ts';

// A runner, and often a browser, for each test: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 });

/** None of these specs opens a page, so none of them costs a browser. */

const leftBehind = (): readonly string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith('gonogo-playwright-'));

const MIXED = specOf(
  "test('passes', () => { expect(process.env['WHO']).toBe('smoke'); });",
  "test.describe('a group', () => { test('fails', () => { expect(1 + 1, 'sum').toBe(3); }); });",
  "test('is flaky', ({}, info) => { expect(info.retry).toBe(1); });",
  "test.skip('is left out', () => {});",
  "test('asks nothing', () => {});",
  "test('is expected to fail', () => { test.fail(); expect(1).toBe(2); });",
  "test('sees nothing of ours', () => { expect(Object.keys(process.env).filter((name) => /GONOGO_R|SECRET_OF_OURS/.test(name))).toEqual([]); });",
);

test('each test is told with its outcome, place and reason', async () => {
  const before = leftBehind();
  const told: string[] = [];
  const facts = await factsOf(
    { 'a.spec.ts': MIXED },
    { spec: 'a.spec.ts', retries: 1, env: { WHO: 'smoke' } },
    { tell: (progress) => told.push(progress), environment: { ...process.env, SECRET_OF_OURS: 'x' } },
  );
  expect(facts).toMatchObject({
    total: 7,
    passed: 5,
    failed: 1,
    flaky: 1,
    skipped: 1,
    'not-run': 0,
    unasserted: 1,
    errors: [],
    'exit-code': 1,
  });
  expect(facts['tests']).toMatchObject([
    { title: 'passes', file: 'a.spec.ts', line: 2, outcome: 'passed', retries: 0 },
    {
      title: 'a group: fails',
      line: 3,
      column: 34,
      outcome: 'failed',
      retries: 1,
      message: 'sum: Expected: 3; Received: 2 (line 3)',
      evidence: ['error-context.md', 'trace.zip', 'error-context.md', 'trace.zip'].map(
        (name) => `evidence/a.spec.ts-3-${name}`,
      ),
    },
    { title: 'is flaky', outcome: 'flaky', retries: 1, message: expect.stringContaining('Expected: 1; Received: 0') },
    { title: 'is left out', outcome: 'skipped' },
    { title: 'asks nothing', outcome: 'passed' },
    { title: 'is expected to fail', outcome: 'passed' },
    { title: 'sees nothing of ours', outcome: 'passed' },
  ]);
  expect(Number(facts['duration'])).toBeGreaterThan(0);
  expect(brokenDefaults(facts)).toEqual([
    'expect failed: assertion-failed',
    'warn flaky: assertion-failed',
    'warn unasserted: nothing-asserted',
    'expect exit-code: assertion-failed',
  ]);
  expect(told).toContain('0 of 7 tests ended; "passes" (a.spec.ts:2) runs');
  expect(told.at(-1)).toBe('7 of 7 tests ended');
  expect(leftBehind()).toEqual(before);
});

describe('what would be a false green is none', () => {
  const NOTHING = ['expect passed: nothing-asserted', 'expect exit-code: nothing-asserted'];
  const SOUND = specOf("test('passes', () => { expect(1).toBe(1); });");

  test('a file without a test, beside one that passes', async () => {
    const files = { 'a.spec.ts': SOUND, 'b.spec.ts': specOf('expect(1).toBe(1);'), 'b2.spec.ts': specOf() };
    const facts = await factsOf(files, { spec: ['a.spec.ts', 'b*.spec.ts'] });
    expect(facts).toMatchObject({ passed: 1, errors: ['no test was found in b*.spec.ts'], 'exit-code': 0 });
    expect(brokenDefaults(facts)).toEqual(['expect errors: not-run']);
  });

  test('only tests that are left out', async () => {
    const facts = await factsOf({ 'a.spec.ts': specOf("test.skip('x', () => {});") }, { spec: 'a.spec.ts' });
    expect(facts).toMatchObject({ total: 1, passed: 0, skipped: 1 });
    expect(brokenDefaults(facts)).toEqual(['expect passed: nothing-asserted']);
  });

  test('no test at all', async () => {
    const facts = await factsOf({ 'a.spec.ts': specOf() }, { spec: 'a.spec.ts' });
    expect(facts).toMatchObject({ total: 0, passed: 0 });
    expect(brokenDefaults(facts)).toEqual(NOTHING);
  });

  test('a grep that fits nothing', async () => {
    const facts = await factsOf({ 'a.spec.ts': SOUND }, { spec: 'a.spec.ts', grep: 'nothing like it' });
    expect(brokenDefaults(facts)).toEqual(NOTHING);
  });

  test('a spec with a syntax error, which is named with its place', async () => {
    const facts = await factsOf({ 'a.spec.ts': SOUND, 'b.spec.ts': 'const = ;' }, { spec: '*.spec.ts' });
    expect(facts).toMatchObject({ passed: 0, errors: [expect.stringMatching(/^SyntaxError: b\.spec\.ts: /)] });
    expect(brokenDefaults(facts)).toContain('expect errors: not-run');
  });

  test('test.only, which leaves out the others', async () => {
    const spec = specOf("test.only('a', () => { expect(1).toBe(1); });", "test('b', () => { expect(1).toBe(2); });");
    const facts = await factsOf({ 'a.spec.ts': spec }, { spec: 'a.spec.ts' });
    expect(facts).toMatchObject({ passed: 0, errors: [expect.stringContaining('.only')] });
    expect(brokenDefaults(facts)).toContain('expect errors: not-run');
  });

  test('a spec that ends the runner with exit code 0 before anything was run', async () => {
    const facts = await factsOf({ 'a.spec.ts': SOUND, 'b.spec.ts': specOf('process.exit(0);') }, { spec: '*.spec.ts' });
    expect(facts).toMatchObject({ 'exit-code': 0, errors: ['the runner ended before it had found any test'] });
    expect(brokenDefaults(facts)).toContain('expect errors: not-run');
  });

  test('a test that ends its worker with exit code 0', async () => {
    const spec = specOf("test('a', () => { process.exit(0); });", "test('b', () => { expect(1).toBe(1); });");
    const facts = await factsOf({ 'a.spec.ts': spec }, { spec: 'a.spec.ts' });
    expect(facts).toMatchObject({
      passed: 1,
      failed: 1,
      tests: [{ message: expect.stringMatching(/worker process exited/) }, {}],
    });
  });

  test('a spec that prints what our reporter would', async () => {
    const forged = { type: 'test', id: 'x', title: 'forged', outcome: 'expected', expects: 1 };
    const print = `process.stdout.write('\\n' + (process.env['GONOGO_REPORT_MARK'] ?? 'gonogo-') + ${JSON.stringify(JSON.stringify(forged))} + '\\n');`;
    const files = {
      'a.spec.ts': specOf(print, `test('a', () => { ${print} expect(1).toBe(2); });`),
      'setup.ts': `export default () => { ${print} process.stdout.write('x'.repeat(5_000_000)); };`,
      'playwright.config.ts': "export default { globalSetup: './setup.ts' };",
    };
    const facts = await factsOf(files, { spec: 'a.spec.ts', config: 'playwright.config.ts' });
    expect(facts).toMatchObject({ total: 1, passed: 0, failed: 1, tests: [{ title: 'a' }] });
  });

  test('a runner that ends with exit code 0 when it is half done', async () => {
    const files = {
      'a.spec.ts': specOf("test('a', () => { expect(1).toBe(1); });"),
      'teardown.ts': 'export default () => { process.exit(0); };',
      'playwright.config.ts': "export default { globalTeardown: './teardown.ts' };",
    };
    const facts = await factsOf(files, { spec: 'a.spec.ts', config: 'playwright.config.ts' });
    expect(facts).toMatchObject({
      passed: 1,
      'exit-code': 0,
      errors: ['the runner ended before it said that it was done'],
    });
    expect(brokenDefaults(facts)).toEqual(['expect errors: not-run']);
  });
});

test('a configuration is used, with the project, the pattern of titles and the variables that are asked for', async () => {
  const files = {
    'e2e/a.spec.ts': specOf(
      "test('@smoke a', ({}, info) => { expect([info.project.name, process.env['WHO'], info.retry]).toEqual(['phone', 'me', 0]); });",
      "test('b', () => { expect(1).toBe(2); });",
    ),
    'e2e/more.a.spec.ts': specOf("test('@smoke c', () => { expect(1).toBe(2); });"),
    'e2e/playwright.config.ts':
      "export default { retries: 3, projects: [{ name: 'desktop' }, { name: 'phone' }], reporter: 'html' };",
  };
  const facts = await factsOf(files, {
    spec: 'e2e/a.spec.ts',
    config: 'e2e/playwright.config.ts',
    project: 'phone',
    grep: '@smoke',
    env: { WHO: 'me' },
  });
  expect(facts).toMatchObject({ total: 1, passed: 1, tests: [{ title: '@smoke a', project: 'phone' }] });
  expect(brokenDefaults(facts)).toEqual([]);
});

test('what is missing here is told as such', async () => {
  const files = { 'a.spec.ts': specOf("test('a', ({ page }) => {});") };
  expect(await failureOf(files, { spec: 'b.spec.ts' })).toMatchObject({ code: 'nothing-asserted' });
  const environment = { CHROMIUM_PATH: '/no/chromium' };
  expect(await failureOf(files, { spec: 'a.spec.ts' }, { environment })).toMatchObject({
    code: 'browser-missing',
    message: expect.stringContaining('CHROMIUM_PATH names /no/chromium'),
  });
  const { folder, remove } = specFolder({});
  remove();
  expect(await failureOf(files, { spec: 'a.spec.ts' }, { folder })).toMatchObject({ code: 'nothing-asserted' });
});

test('a browser that a configuration asks for and that is not there says nothing of the page', async () => {
  const files = {
    'a.spec.ts': specOf("test('a', async ({ page }) => { await page.goto('http://127.0.0.1:1/'); });"),
    'playwright.config.ts': "export default { use: { launchOptions: { executablePath: '/no/chromium' } } };",
  };
  const failure = await failureOf(files, { spec: 'a.spec.ts', config: 'playwright.config.ts' });
  expect(failure).toMatchObject({ code: 'browser-missing', facts: { failed: 1 } });
  expect(failure.message).toMatch(/^browserType\.launch: .*\/no\/chromium/);
});
