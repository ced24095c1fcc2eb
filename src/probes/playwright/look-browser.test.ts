import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startSite, type Site } from '../page/test-site.ts';
import { factsOf, specOf, type Kept } from './test-specs.ts';

// A runner, and often a browser, for each test: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 });

/** Real pages in a real browser: what failed tests leave, and what must never be in it. */

const SECRET = 'hunter2-not-for-you';
const redact = (text: string): string => text.replaceAll(SECRET, '***');

let site: Site;

beforeAll(async () => {
  site = await startSite({
    '/': `<title>Sign in</title><h1>Sign in</h1><label>User <input name=user></label>
      <label>Password <input name=password type=password></label><label>Note <textarea></textarea></label>
      <p contenteditable role=textbox aria-label=Free></p><iframe srcdoc="<input aria-label=Inner>"></iframe>`,
    '/shows': `<title>Token</title><p>Your token is ${SECRET}</p>`,
  });
});
afterAll(() => site.close());

/** Types a secret everywhere, and fails. */
const TYPES = specOf(
  'const { URL: url, PASSWORD: password } = process.env;',
  "test('signs in', async ({ page }) => {",
  '  await page.goto(url);',
  "  for (const name of ['User', 'Password', 'Note']) await page.getByLabel(name).fill(password);",
  "  await page.getByLabel('Free').fill(password);",
  "  await page.frameLocator('iframe').getByLabel('Inner').fill(password);",
  "  await expect(page.getByLabel('User'), password).toHaveValue('ann', { timeout: 100 });",
  '});',
);

const bytesOf = (kept: Kept, name: RegExp): readonly string[] =>
  [...kept].filter(([one]) => name.test(one)).map(([, content]) => Buffer.from(content).toString('base64'));

const everything = (facts: object, kept: Kept): string =>
  [JSON.stringify(facts), ...[...kept.values()].map((content) => Buffer.from(content).toString('latin1'))].join('\n');

test('a failed test leaves a screenshot, a trace and what Playwright knows of the error', async () => {
  const kept: Kept = new Map();
  const files = { 'a.spec.ts': TYPES };
  const facts = await factsOf(files, { spec: 'a.spec.ts', env: { URL: site.origin, PASSWORD: 'abc' } }, {}, kept);
  expect([...kept.keys()].toSorted()).toEqual([
    'a.spec.ts-3-error-context.md',
    'a.spec.ts-3-test-failed-1.png',
    'a.spec.ts-3-trace.zip',
  ]);
  expect(String(kept.get('a.spec.ts-3-error-context.md'))).toMatch(/^# Test info\n/);
  expect(facts['withheld']).toBeUndefined();
  expect(facts['tests']).toMatchObject([
    {
      outcome: 'failed',
      message: expect.stringContaining('Locator: getByLabel(\'User\'); Expected: "ann"; Received: "abc" (line 8)'),
      evidence: [...kept.keys()].map((name) => `evidence/${name}`),
    },
  ]);
});

test('with a secret at hand no picture is kept, and texts are without it', async () => {
  const kept: Kept = new Map();
  const spec = { spec: 'a.spec.ts', env: { URL: site.origin, PASSWORD: SECRET } };
  const facts = await factsOf({ 'a.spec.ts': TYPES }, spec, { redact }, kept);
  expect([...kept.keys()]).toEqual(['a.spec.ts-3-error-context.md']);
  expect(facts['withheld']).toEqual(['screenshot: env holds a secret']);
  expect(everything(facts, kept)).not.toContain('hunter');
});

test('a screenshot that was asked for is the same whatever was typed', async () => {
  const pictures: (readonly string[])[] = [];
  for (const typed of [SECRET, `${SECRET} and more`]) {
    const kept: Kept = new Map();
    const spec = { spec: 'a.spec.ts', screenshots: true, env: { URL: site.origin, PASSWORD: typed } };
    await factsOf({ 'a.spec.ts': TYPES }, spec, { redact }, kept);
    expect(bytesOf(kept, /\.zip$/)).toEqual([]);
    pictures.push(bytesOf(kept, /\.png$/));
  }
  expect(pictures[0]).toHaveLength(1);
  expect(pictures[0]).toEqual(pictures[1]);
});

test('no picture is kept of a page that shows a secret in words', async () => {
  const shows = specOf(
    "test('a', async ({ page }) => {",
    '  await page.goto(process.env.URL);',
    "  await expect(page.getByRole('paragraph')).toHaveText('x', { timeout: 100 });",
    '});',
  );
  for (const env of [{ URL: `${site.origin}/shows` }, { URL: `${site.origin}/shows`, TOKEN: SECRET }]) {
    const kept: Kept = new Map();
    const facts = await factsOf(
      { 'a.spec.ts': shows },
      { spec: 'a.spec.ts', screenshots: true, env },
      { redact },
      kept,
    );
    expect([...kept.keys()]).toEqual(['a.spec.ts-2-error-context.md']);
    expect(everything({}, kept)).not.toContain('hunter');
    expect(facts['withheld']).toContain('screenshot: the test shows a secret');
  }
});

test('with a secret and a configuration of the user only texts are kept', async () => {
  const kept: Kept = new Map();
  const files = {
    'a.spec.ts': `${TYPES}\ntest.afterEach(async ({}, info) => { await info.attach('state', { body: process.env.PASSWORD, contentType: 'application/x-state' }); });`,
    'playwright.config.ts': `export default { use: { trace: 'on', screenshot: 'on', video: 'off', launchOptions: {
      executablePath: ${JSON.stringify(process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium')}, args: ['--no-sandbox'] } } };`,
  };
  const spec = { spec: 'a.spec.ts', config: 'playwright.config.ts', env: { URL: site.origin, PASSWORD: SECRET } };
  const facts = await factsOf(files, spec, { redact }, kept);
  expect(facts).toMatchObject({ failed: 1, withheld: ['screenshot: env holds a secret'] });
  expect(everything({}, kept)).not.toContain(SECRET);
  expect([...kept.keys()].some((name) => /\.(png|zip)$/.test(name))).toBe(false);
});
