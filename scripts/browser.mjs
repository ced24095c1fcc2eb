// Where Chromium is, and how to get one. Used by set-up and by everything that opens a browser in tests.
import { debianInstall, runFirst } from './install.mjs';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Browsers that Playwright's own install keeps: `chromium-1234/chrome-linux/chrome`. */
const playwrightBrowsers = () => {
  const caches = [
    process.env.PLAYWRIGHT_BROWSERS_PATH,
    join(homedir(), '.cache', 'ms-playwright'),
    join(homedir(), 'Library', 'Caches', 'ms-playwright'),
  ].filter((folder) => folder && existsSync(folder));
  const inside = [
    ['chrome-linux', 'chrome'],
    ['chrome-linux64', 'chrome'],
    ['chrome-mac', 'Chromium.app', 'Contents', 'MacOS', 'Chromium'],
  ];
  return caches.flatMap((cache) =>
    readdirSync(cache)
      .filter((name) => name.startsWith('chromium-'))
      .flatMap((name) => inside.map((parts) => join(cache, name, ...parts))),
  );
};

/** The path of a Chromium that is there, or null. `CHROMIUM_PATH` wins. */
export const findChromium = () =>
  [process.env.CHROMIUM_PATH, ...SYSTEM, ...playwrightBrowsers()].find((path) => path && existsSync(path)) ?? null;

/** Tries Debian's package, then Playwright's own install; answers what went wrong last. */
export const installChromium = (root) =>
  runFirst(
    [
      ...debianInstall('chromium'),
      [process.execPath, [join(root, 'node_modules', 'playwright-core', 'cli.js'), 'install', 'chromium']],
    ],
    () => findChromium() !== null,
  );
