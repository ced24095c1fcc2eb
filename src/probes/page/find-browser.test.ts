import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { findBrowser } from './find-browser.ts';

const homes: string[] = [];

const homeWith = async (...files: readonly string[]): Promise<string> => {
  const home = await mkdtemp(join(tmpdir(), 'find-browser-'));
  homes.push(home);
  for (const file of files) {
    await mkdir(dirname(join(home, file)), { recursive: true });
    await writeFile(join(home, file), '');
  }
  return home;
};

afterEach(async () => {
  for (const home of homes.splice(0)) await rm(home, { recursive: true });
});

test('a browser that was named wins, then that of the system, then one that Playwright installed', async () => {
  const home = await homeWith('own/chrome', 'bin/chromium', '.cache/ms-playwright/chromium-1234/chrome-linux/chrome');
  const system = [join(home, 'bin', 'none'), join(home, 'bin', 'chromium')];
  const named = { HOME: home, CHROMIUM_PATH: join(home, 'own', 'chrome') };
  expect(await findBrowser(named, system)).toBe(join(home, 'own', 'chrome'));
  expect(await findBrowser({ HOME: home }, system)).toBe(join(home, 'bin', 'chromium'));
  expect(await findBrowser({ HOME: home }, [])).toBe(
    join(home, '.cache', 'ms-playwright', 'chromium-1234', 'chrome-linux', 'chrome'),
  );
});

test('the folder that Playwright was told to install to is looked into as well', async () => {
  const home = await homeWith('browsers/chromium-9/chrome-linux64/chrome');
  const found = await findBrowser({ PLAYWRIGHT_BROWSERS_PATH: join(home, 'browsers') }, []);
  expect(found).toBe(join(home, 'browsers', 'chromium-9', 'chrome-linux64', 'chrome'));
});

test('no browser is browser-missing with the command that installs one, and a named one is not replaced', async () => {
  const home = await homeWith('bin/chromium');
  await expect(findBrowser({ HOME: home }, [])).rejects.toMatchObject({
    code: 'browser-missing',
    message: expect.stringContaining('`npx playwright-core install chromium`'),
  });
  const named = { CHROMIUM_PATH: join(home, 'gone') };
  await expect(findBrowser(named, [join(home, 'bin', 'chromium')])).rejects.toMatchObject({ code: 'browser-missing' });
});
