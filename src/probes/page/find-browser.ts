import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { printable } from '../engine/printable.ts';
import { CouldNotLook } from '../probe.ts';

type Environment = { readonly [name: string]: string | undefined };

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Where Playwright's own install puts the program, in a folder such as `chromium-1234`. */
const INSIDE = [
  ['chrome-linux', 'chrome'],
  ['chrome-linux64', 'chrome'],
  ['chrome-mac', 'Chromium.app', 'Contents', 'MacOS', 'Chromium'],
];

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

const playwrightBrowsers = async ({ HOME: home, PLAYWRIGHT_BROWSERS_PATH: own }: Environment) => {
  const caches = [
    ...(own === undefined || own === '' ? [] : [own]),
    ...(home === undefined || home === ''
      ? []
      : [join(home, '.cache', 'ms-playwright'), join(home, 'Library', 'Caches', 'ms-playwright')]),
  ];
  const found = await Promise.all(
    caches.map(async (cache) => {
      const names = await readdir(cache).catch(() => []);
      return names
        .filter((name) => name.startsWith('chromium-'))
        .flatMap((name) => INSIDE.map((parts) => join(cache, name, ...parts)));
    }),
  );
  return found.flat();
};

const INSTALL =
  'install one with `npx playwright-core install chromium` or the package chromium of the system, or set CHROMIUM_PATH';

/**
 * The path of a Chromium on this machine: `CHROMIUM_PATH`, the system's, or one that Playwright installed. A path that
 * was given and is not there is not replaced by another browser. `system` are the places of the system's.
 */
export const findBrowser = async (environment: Environment, system: readonly string[] = SYSTEM): Promise<string> => {
  const given = environment['CHROMIUM_PATH'];
  if (given !== undefined && given !== '') {
    if (await isFile(given)) return given;
    throw new CouldNotLook(
      'browser-missing',
      `CHROMIUM_PATH names ${printable(given, 200)}, which is not there: ${INSTALL}`,
    );
  }
  for (const path of [...system, ...(await playwrightBrowsers(environment))]) if (await isFile(path)) return path;
  throw new CouldNotLook('browser-missing', `there is no Chromium on this machine: ${INSTALL}`);
};
