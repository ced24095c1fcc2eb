import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterEach, expect, test } from 'vitest';
import { CouldNotLook } from '../probe.ts';
import { look } from './look.ts';
import { failureOf, startSite, visitContext, type Route, type Site } from './test-site.ts';

const sites: Site[] = [];

const site = async (routes: { readonly [path: string]: Route }): Promise<Site> => {
  const started = await startSite(routes);
  sites.push(started);
  return started;
};

afterEach(() => {
  for (const { close } of sites.splice(0)) close();
});

const folders = async (): Promise<readonly string[]> =>
  (await readdir(tmpdir())).filter((name) => name.startsWith('gonogo-page-'));

/** Processes that have a text in their arguments or their environment. */
const processesWith = async (text: string): Promise<readonly string[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const read = (path: string): Promise<string> => readFile(path, 'latin1').catch(() => '');
  const found = await Promise.all(
    pids.map(async (pid) => (await read(`/proc/${pid}/cmdline`)) + (await read(`/proc/${pid}/environ`))),
  );
  return pids.filter((_, index) => found[index]?.includes(text));
};

test.each<[string, string, RegExp]>([
  ['floods the console', '<script>for (;;) console.log(1)</script>', /more than 5000 messages on the console/],
  [
    'eats memory',
    '<script>const all = []; setInterval(() => { for (let i = 0; i < 20; i++) all.push(new Uint8Array(2e7).fill(1)) }, 5)</script>',
    /more than 1\.5 GiB of memory/,
  ],
])('a page that %s ends the visit, and holds up nobody else', async (_what, body, message) => {
  const { origin } = await site({ '/': body });
  const failure = await failureOf({ url: origin });
  expect(failure.message).toMatch(message);
  expect(failure.code).toBe('page-error');
});

test.each([500, 2000])('a visit that is stopped after %i ms leaves nothing behind', async (afterMs) => {
  const { origin } = await site({ '/': (_, response) => void response.writeHead(200).write('x') });
  const before = new Set(await folders());
  const controller = new AbortController();
  const visit = look({ url: origin }, visitContext({ signal: controller.signal })).catch((error: unknown) => error);
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  const folder = (await folders()).find((name) => !before.has(name)) ?? 'none';
  expect((await processesWith(folder)).length).toBeGreaterThan(0);
  const abortedMs = performance.now();
  controller.abort('cancelled');
  const error = await visit;
  expect(performance.now() - abortedMs).toBeLessThan(500);
  expect(error instanceof CouldNotLook && error.code).toBe('cancelled');
  expect(await processesWith(folder)).toEqual([]);
  expect(await folders()).not.toContain(folder);
});
