import type { Browser, BrowserContextOptions } from 'playwright-core';
import { showDuration } from '../../../matchers/units.ts';
import { CouldNotLook } from '../../probe.ts';
import { parseHostPort } from '../../http/host-port.ts';
import { portOf } from '../../engine/proxy.ts';
import { printable } from '../../engine/printable.ts';
import type { Order } from '../order.ts';
import { viewportOf } from '../viewport.ts';
import { isTimeout } from './step-trouble.ts';
import { timeUntil } from './time-left.ts';

/** Beside Playwright's own: a visit talks to the page and to nobody else. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  '--disable-gpu',
];

/** Chromium's `MAP host:port host:port`: the name in the address, in Host and in SNI stay. */
const hostRules = (url: URL, connectTo: string | undefined): readonly string[] => {
  const target = connectTo === undefined ? null : parseHostPort(connectTo);
  if (target === null) return [];
  const to = target.host.includes(':') ? `[${target.host}]` : target.host;
  return [`--host-resolver-rules=MAP ${url.hostname}:${portOf(url)} ${to}:${target.port}`];
};

const importPlaywright = async () => {
  try {
    return await import('playwright-core');
  } catch (error) {
    const message = 'playwright-core is not installed: install it beside gonogo with `npm install playwright-core`';
    throw new CouldNotLook('browser-missing', message, {}, { cause: error });
  }
};

const SANDBOX = /no usable sandbox|sandbox_host_linux|setuid sandbox/i;

/** Why it did not start: what the browser itself said, not the arguments that Playwright lists around it. */
const startFailure = ({ executable, startMs }: Order, error: unknown): CouldNotLook => {
  if (isTimeout(error)) {
    const message = `the browser did not start within ${showDuration(Math.round(startMs))}: this machine is too slow or too busy`;
    return new CouldNotLook('probe-crashed', message, {}, { cause: error });
  }
  const said = error instanceof Error ? error.message : '';
  const line = /\[err\] (.*)/.exec(said)?.[1] ?? said.split('\n')[0] ?? '';
  const hint = SANDBOX.test(said)
    ? 'its sandbox is not allowed here: permit unprivileged user namespaces, or install a packaged browser, which brings its own'
    : printable(line, 300);
  return new CouldNotLook('browser-missing', `the browser ${executable} does not start: ${hint}`, {}, { cause: error });
};

/** Starts a browser with a profile of its own. It ends with this process, whatever ends it. */
export const launchBrowser = async (order: Order): Promise<Browser> => {
  const { chromium } = await importPlaywright();
  const { spec, executable, sandbox, proxy } = order;
  try {
    return await chromium.launch({
      executablePath: executable,
      headless: true,
      chromiumSandbox: sandbox,
      timeout: timeUntil(order.startMs).left(),
      // A page may open a window when somebody clicks, as for everybody else.
      ignoreDefaultArgs: ['--disable-popup-blocking'],
      args: [
        ...QUIET,
        ...(proxy === null ? ['--no-proxy-server'] : []),
        ...hostRules(new URL(spec.url), spec['connect-to']),
      ],
      ...(proxy === null ? {} : { proxy }),
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
  } catch (error) {
    throw startFailure(order, error);
  }
};

/** What the page gets: nothing is saved, no worker outlives it, and its policy is the one that it sends. */
export const contextOptions = ({ spec, storageState }: Order): BrowserContextOptions => {
  const viewport = viewportOf(spec.viewport);
  return {
    acceptDownloads: false,
    serviceWorkers: 'block',
    bypassCSP: false,
    ignoreHTTPSErrors: spec.tls?.verify === false,
    locale: 'en-US',
    ...(viewport === null ? {} : { viewport }),
    ...(storageState === null ? {} : { storageState }),
  };
};
